import { createHmac } from 'node:crypto'
import type { Ground } from '../ground.ts'
import { isJson, type Json, parsed } from './json.ts'
import type { Ack, EnvelopeType, Retry, Sockets } from './sockets.ts'

/** How the app took a delivery. `ms` is real time. */
export type Taken =
  | { ok: true; ms: number; body: unknown }
  | { ok: false; ms: number; reason: FailReason; error: string; noRetry?: boolean }

type FailReason = 'http_timeout' | 'http_error' | 'connection_failed'

/** The way to the app: one of its sockets when there are any, else a signed POST. */
export interface Deliver {
  command(form: Record<string, string>): Promise<Taken>
  interaction(payload: Json): Promise<Taken>
  event(body: Json, retry?: Retry): Promise<Taken>
  close(): void
}

export interface DeliverOptions {
  sockets: Sockets
  /** Real milliseconds in which the app has to answer. */
  withinMs: number
}

export function deliveries(ground: Ground, { sockets, withinMs }: DeliverOptions): Deliver {
  const closing = new AbortController()
  const send = async (type: EnvelopeType, payload: Json, posted: Posted, retry?: Retry) => {
    const started = performance.now()
    const ms = () => Math.round(performance.now() - started)
    if (sockets.open()) return acknowledged(await sockets.send(type, payload, withinMs, retry), ms(), withinMs)
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(withinMs)])
    try {
      const answer = await fetch(`${ground.botUrl}/slack/events`, {
        method: 'POST',
        headers: { ...signed(ground, posted), ...retryHeaders(retry) },
        body: posted.body,
        redirect: 'manual',
        signal,
      })
      const body = answerBody(await answer.text())
      if (answer.ok) return { ok: true as const, ms: ms(), body }
      const noRetry = answer.headers.get('x-slack-no-retry') === '1'
      return failure('http_error', ms(), `the app answered HTTP ${answer.status}`, noRetry)
    } catch {
      if (signal.aborted && !closing.signal.aborted) return tooLate(ms(), withinMs)
      return failure('connection_failed', ms(), 'the app could not be reached')
    }
  }
  return {
    command: (form) => send('slash_commands', form, formEncoded(form)),
    interaction: (payload) => send('interactive', payload, formEncoded({ payload: JSON.stringify(payload) })),
    event: (body, retry) => send('events_api', body, { type: 'application/json', body: JSON.stringify(body) }, retry),
    close: () => closing.abort(),
  }
}

interface Posted {
  type: string
  body: string
}

const formEncoded = (form: Record<string, string>): Posted => ({
  type: 'application/x-www-form-urlencoded',
  body: new URLSearchParams(form).toString(),
})

/** Signed with real time: the app compares it with its own system clock. */
function signed({ secrets }: Ground, { type, body }: Posted): Record<string, string> {
  const at = Math.floor(Date.now() / 1000)
  const mac = createHmac('sha256', secrets.slackSigningSecret).update(`v0:${at}:${body}`).digest('hex')
  return { 'content-type': type, 'x-slack-request-timestamp': String(at), 'x-slack-signature': `v0=${mac}` }
}

const retryHeaders = (retry?: Retry): Record<string, string> =>
  retry ? { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason } : {}

const answerBody = (text: string) => (text.trim() === '' ? undefined : (parsed(text) ?? text))

const failure = (reason: FailReason, ms: number, error: string, noRetry = false): Taken => ({
  ok: false,
  ms,
  reason,
  error,
  noRetry,
})

const tooLate = (ms: number, withinMs: number) =>
  failure('http_timeout', ms, `the app did not answer within ${withinMs / 1000} seconds`)

function acknowledged(ack: Ack, ms: number, withinMs: number): Taken {
  if (ack === 'timeout') return tooLate(ms, withinMs)
  if (ack === 'gone') return failure('connection_failed', ms, 'the app closed its connection without an answer')
  // Clients send an empty object when they have nothing to say.
  const empty = isJson(ack.payload) && Object.keys(ack.payload).length === 0
  return { ok: true, ms, body: empty ? undefined : ack.payload }
}
