import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import type { Env } from '../config.ts'
import { isSignedByMeta } from '../meta/webhooks.ts'
import { parseExactly } from './exact-json.ts'
import { hubGate, isSecret } from './hub-gate.ts'
import type { Inbox } from './inbox.ts'
import { type Change, splitHub, splitMeta } from './split.ts'
import { wholeBody } from './whole-body.ts'

export interface DoorOptions {
  env: Pick<
    Env,
    'META_APP_SECRET' | 'META_VERIFY_TOKEN' | 'HUB_WEBHOOK_SECRET' | 'HUB_WEBHOOK_HEADER' | 'HUB_WEBHOOK_ADDRESSES'
  >
  inbox: Pick<Inbox, 'take'>
  log: Logger
}

/** How posts ended since the start. */
export interface DoorCounts {
  /** Posts that were answered 200, and the changes of them that were kept. */
  taken: number
  changes: number
  /** Posts that could not be committed and were answered 503. */
  failed: number
  refused: Record<Refusal, number>
}

export interface WebhookDoor {
  /** Answers the request when it is one of the platforms' webhooks; otherwise false, and nothing was touched. */
  (request: IncomingMessage, response: ServerResponse): boolean
  counts(): DoorCounts
}

/** What the other side is told, and nothing else. */
const refusals = {
  'not-found': [404, 'nothing here'],
  'wrong-method': [405, 'not this way'],
  'wrong-token': [403, 'wrong verify token'],
  'wrong-header': [401, 'not known'],
  'wrong-address': [403, 'not from here'],
  unsigned: [401, 'not signed'],
  malformed: [400, 'not readable'],
  'too-large': [413, 'too large'],
} as const
type Refusal = keyof typeof refusals

const prefix = '/webhooks/'
/** Meta's limit of a post (meta.md 5.1), in bytes. */
const maxSize = 3 * 1024 * 1024
/** How often a kind of refusal is worth a line in the log at most, in ms: anybody can cause them. */
const complainEvery = 60_000

/**
 * Where the platforms' webhooks come in: `/webhooks/meta` (signed) and `POST /webhooks/hub/:secret` (the Hub does not sign,
 * so the address is the secret); two secrets each hold during a rotation. It stands in front of the web framework, for it
 * is the one place where thousands a second knock. 200 only once every change is committed to the inbox; anything else
 * makes the platform send the post again. What is refused is counted and never stored.
 */
export function webhookDoor({ env, inbox, log }: DoorOptions): WebhookDoor {
  const gate = hubGate(env)
  const counts: DoorCounts = { taken: 0, changes: 0, failed: 0, refused: noRefusals() }
  const complain = sparingly(log)

  const refuse = (response: ServerResponse, why: Refusal) => {
    counts.refused[why] += 1
    complain(why, counts.refused[why])
    const [status, text] = refusals[why]
    // Whoever is refused may still be sending; what follows is not read.
    answer(response, status, text, { connection: 'close', ...(status === 405 && { allow: 'GET, POST' }) })
  }
  const keep = async (response: ServerResponse, changes: Change[] | undefined) => {
    if (!changes) return refuse(response, 'malformed')
    try {
      await inbox.take(changes)
    } catch {
      // The inbox has said why, once for all posts that it happened to.
      counts.failed += 1
      return answer(response, 503, 'try again', { 'retry-after': '5' })
    }
    counts.taken += 1
    counts.changes += changes.length
    response.writeHead(200).end()
  }
  const post = (request: IncomingMessage, response: ServerResponse, from: 'meta' | 'hub') =>
    wholeBody(request, maxSize, (body) => {
      if (!body) return refuse(response, 'too-large')
      if (from === 'meta' && !isSignedByMeta(body, signatureOf(request), env.META_APP_SECRET ?? [])) {
        return refuse(response, 'unsigned')
      }
      void keep(response, read(body, from === 'meta' ? splitMeta : splitHub))
    })
  const shakeHands = (request: IncomingMessage, response: ServerResponse) => {
    const challenge = challengeOf(request.url ?? '', env.META_VERIFY_TOKEN)
    if (challenge === undefined) return refuse(response, 'wrong-token')
    answer(response, 200, challenge)
  }
  const enter = (request: IncomingMessage, response: ServerResponse, path: string) => {
    const { method } = request
    if (path === 'meta' && method === 'GET') return shakeHands(request, response)
    const notFound = path.startsWith('hub/') ? gate(request, path.slice('hub/'.length)) : path !== 'meta' && 'not-found'
    if (notFound) return refuse(response, notFound)
    if (method !== 'POST') return refuse(response, 'wrong-method')
    post(request, response, path === 'meta' ? 'meta' : 'hub')
  }

  const door = (request: IncomingMessage, response: ServerResponse) => {
    const { url = '' } = request
    if (!url.startsWith(prefix)) return false
    const query = url.indexOf('?')
    enter(request, response, url.slice(prefix.length, query < 0 ? undefined : query))
    return true
  }
  return Object.assign(door, { counts: () => structuredClone(counts) })
}

function answer(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(text)
}

/** What Meta wants to have back when it asks whether this is the right place (meta.md 5.1). */
function challengeOf(url: string, token: string | undefined): string | undefined {
  const query = new URLSearchParams(url.slice(url.indexOf('?') + 1))
  if (token === undefined || query.get('hub.mode') !== 'subscribe') return undefined
  return isSecret(query.get('hub.verify_token') ?? '', token) ? (query.get('hub.challenge') ?? '') : undefined
}

const signatureOf = ({ headers }: IncomingMessage): string => String(headers['x-hub-signature-256'] ?? '')

/** The changes in a body; `undefined` when it is no JSON, no envelope or nested too deeply. */
function read(body: Uint8Array, split: (payload: unknown) => Change[] | undefined): Change[] | undefined {
  try {
    return split(parseExactly(Buffer.from(body.buffer, body.byteOffset, body.length).toString()))
  } catch {
    return undefined
  }
}

const noRefusals = () => Object.fromEntries(Object.keys(refusals).map((why) => [why, 0])) as DoorCounts['refused']

/** Says that posts are refused, once a minute for each reason, with how many there were so far. */
function sparingly(log: Logger): (why: Refusal, sofar: number) => void {
  const last = new Map<Refusal, number>()
  return (why, sofar) => {
    const now = performance.now()
    if (now - (last.get(why) ?? Number.NEGATIVE_INFINITY) < complainEvery) return
    last.set(why, now)
    log.warn({ why, sofar }, 'webhooks are refused')
  }
}
