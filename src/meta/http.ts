import { randomUUID } from 'node:crypto'
import { setTimeout as timer } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { z } from 'zod'
import { type Budget, budget } from './budget.ts'
import { type Circuit, circuit } from './circuit.ts'
import type { Problem } from './facts.ts'
import { type Pace, pacer } from './pace.ts'
import { PlatformError } from './problem.ts'
import { redact, secretsOf } from './redact.ts'
import { limitsEveryone } from './refusal.ts'
import { type Sending, transport } from './transport.ts'
import { type Platform, type Verdict, verdict } from './verdict.ts'
import { whereWrong } from './where-wrong.ts'

export type Log = Pick<Logger, 'debug' | 'warn'>

/** What the clients of all platforms are told alike. */
export interface ClientOptions {
  now: () => number
  log?: Log | undefined
  sleep?: ((ms: number) => Promise<unknown>) | undefined
  /** Shared by all clients of one platform, so that a dead one is found out once. */
  circuit?: Circuit | undefined
  timeoutMs?: number | undefined
}

export interface HttpOptions extends ClientOptions {
  platform: Platform
  baseUrl: string
  /** The headers that prove who we are; asked before each call. */
  auth: () => Record<string, string> | Promise<Record<string, string>>
  /** Gets new ones after a 401, once in a call. */
  renew?: ((refused: Record<string, string>) => Promise<unknown>) | undefined
  budget?: Budget | undefined
  /** Hears of each 401 and 403, before whoever asked does. Never throws. */
  refused?: ((refusal: RefusedCall) => Promise<unknown>) | undefined
  /** A number from 0 to 1 that spreads retries. */
  fetchJitter?: () => number
}

/** A call that the platform says we may not make. */
export interface RefusedCall {
  path: string
  status: number
  problem: Problem
}

export interface Call<T> {
  schema: z.ZodType<T>
  params?: Record<string, string | number | undefined>
  /** Whose limit this call counts against: the client itself when nothing is said. */
  account?: string
  /** Spaces these calls out. */
  pace?: Pace
  /** Sends no proof of who we are: it is in the call itself. */
  unsigned?: boolean
  timeoutMs?: number
}

/** `safe`: repeating it does no harm. */
export type Change<T> = Call<T> & { body?: unknown; safe?: boolean }

/** One platform over HTTP. All methods throw `PlatformError`, and nothing else, when there is no answer to work with. */
export interface Http {
  /** Reads; tried again up to twice when that may help. `safe: false` for a read that uses something up. */
  get<T>(path: string, call: Call<T> & { safe?: boolean }): Promise<T>
  /** Changes something; tried again only when declared `safe`. */
  post<T>(path: string, call: Change<T>): Promise<T>
  patch<T>(path: string, call: Change<T>): Promise<T>
  delete<T>(path: string, call: Change<T>): Promise<T>
}

interface Doing extends Sending {
  trace: string
  asked: string
  account: string
  pace: Pace | undefined
  safe: boolean
}

const mostRetries = 2
/** The longest wait before an attempt; whoever names a longer one is taken at his word and not asked. */
const patienceMs = 5_000

/**
 * The one way to a platform: authentication, retries, limits, a circuit, logs without secrets, and answers that are
 * checked before anyone sees them.
 */
export function platformHttp(options: HttpOptions): Http {
  const { platform, baseUrl, auth, renew, refused, timeoutMs = 10_000, log, now, sleep = timer } = options
  const { circuit: fuse = circuit({ now }), budget: left = budget(now), fetchJitter = Math.random } = options
  const send = transport({ baseUrl, timeoutMs })
  const places = pacer({ now, patienceMs })

  async function call<T>(sending: Omit<Sending, 'headers'>, wanted: Call<T>, safe: boolean): Promise<T> {
    const trace = randomUUID()
    const { schema, account = '', pace, unsigned = false } = wanted
    const headersNow = async () => (unsigned ? {} : await auth())
    let headers = await headersNow()
    let secrets = secretsOf(headers, sending.body, sending.params)
    const asked = redact(
      `${sending.method} ${platform} ${sending.path.replace(/^(\/partners\/)[^/]+/, '$1…')}`,
      secrets,
    )
    const doing = { ...sending, trace, asked, account, pace, safe }
    let result = await guarded({ ...doing, headers })
    if (renew && !unsigned && !result.good && result.status === 401) {
      await renew(headers)
      headers = await headersNow()
      secrets = [...secrets, ...secretsOf(headers)]
      result = await guarded({ ...doing, headers })
    }
    const changes = sending.method !== 'GET' || !safe
    if (result.good) return parse(result.data, schema, { asked, trace, secrets, changes })
    const mayHaveHappened = changes && result.mayHaveHappened
    const problem = { ...presentable(result.problem, secrets), asked }
    const { status } = result
    if (status === 401 || status === 403) await refused?.({ path: sending.path, status, problem })
    throw new PlatformError(problem, { trace, mayHaveHappened })
  }

  /** Asks unless the platform is known to be down, and learns from the outcome whether it is. */
  async function guarded(doing: Doing): Promise<Verdict> {
    const silent = Math.round(fuse.silentMs() / 1000)
    const resting = notAsked(fuse.restMs(), 'Unavailable', `the platform has not answered for ${silent} s`)
    if (resting) {
      log?.debug({ ...traced(doing), platform, answered: resting.problem.answered }, 'platform not called')
      return resting
    }
    const startedAt = now()
    const result = await tryUntilGood(doing)
    const kind = result.good ? undefined : result.problem.kind
    const timedOut = !result.good && result.timedOut === true && doing.timeoutMs === undefined
    if (kind === 'Unavailable') fuse.bad(timedOut ? { silentSince: startedAt } : {})
    // A limit, theirs or ours, says nothing about how the platform is.
    else if (kind !== 'RateLimited') fuse.good()
    return result
  }

  async function tryUntilGood(doing: Doing): Promise<Verdict> {
    for (let attempt = 1; ; attempt += 1) {
      const result = await tryOnce(doing)
      note(result, { ...traced(doing), platform, attempt })
      if (result.good || !result.again || !doing.safe || attempt > mostRetries) return result
      const waitMs = result.problem.retryAfterMs ?? backoff(attempt)
      if (waitMs > patienceMs) return result
      await sleep(waitMs)
    }
  }

  async function tryOnce(doing: Doing): Promise<Verdict> {
    const { account, pace } = doing
    const named = left.wait(account)
    const refusing = named.asked && named.ms > patienceMs && notAsked(named.ms, 'RateLimited', 'it asked us to wait')
    if (refusing) return refusing
    const paceMs = pace === undefined ? 0 : places.take(pace)
    const tooMany = pace && notAsked(paceMs > patienceMs ? paceMs : 0, 'RateLimited', paceText(pace))
    if (tooMany) return tooMany
    const waitMs = Math.max(paceMs, named.ms)
    if (waitMs > 0) {
      log?.debug({ ...traced(doing), waitMs }, 'slowing down before a limit')
      await sleep(waitMs)
    }
    const answer = await send(doing)
    if (answer.came) left.heard(account, answer.headers)
    const result = verdict(platform, answer, now())
    rememberWait(account, result)
    return result
  }

  function rememberWait(account: string, result: Verdict): void {
    if (result.good || result.problem.kind !== 'RateLimited') return
    const { retryAfterMs = 0, code } = result.problem
    if (retryAfterMs > 0) left.refused(account, retryAfterMs, limitsEveryone(code))
  }

  function note(result: Verdict, about: object): void {
    if (result.good) log?.debug(about, 'platform call')
    else log?.warn({ ...about, kind: result.problem.kind, answered: result.problem.answered }, 'platform call failed')
  }

  const backoff = (attempt: number) => Math.round(200 * 2 ** (attempt - 1) * (0.5 + fetchJitter()))

  const change =
    (method: 'POST' | 'PATCH') =>
    <T>(path: string, { body = {}, safe = false, ...wanted }: Change<T>) =>
      call({ ...sendingOf(method, path, wanted), body }, wanted, safe)

  return {
    get: (path, { safe = true, ...wanted }) => call(sendingOf('GET', path, wanted), wanted, safe),
    post: change('POST'),
    patch: change('PATCH'),
    delete: (path, { body, safe = false, ...wanted }) =>
      call({ ...sendingOf('DELETE', path, wanted), ...(body === undefined ? {} : { body }) }, wanted, safe),
  }
}

function sendingOf<T>(method: Sending['method'], path: string, { params, timeoutMs }: Call<T>) {
  return {
    method,
    path,
    ...(params === undefined ? {} : { params }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  }
}

const traced = ({ trace, asked }: Doing) => ({ trace, asked })

function notAsked(retryAfterMs: number, kind: Problem['kind'], why: string) {
  if (retryAfterMs <= 0) return undefined
  const answered = `not asked: ${why}; next try in ${Math.ceil(retryAfterMs / 1000)} s`
  return { good: false as const, problem: { kind, answered, retryAfterMs }, again: false, mayHaveHappened: false }
}

const paceText = ({ calls, perMs }: Pace) => `${calls} calls in ${perMs / 1000} s are used up`

function presentable<P extends { words?: string }>(problem: P, secrets: string[]): P {
  if (problem.words === undefined) return problem
  return { ...problem, words: redact(problem.words, secrets).replace(/\s+/g, ' ').trim().slice(0, 300) }
}

function parse<T>(
  data: unknown,
  schema: z.ZodType<T>,
  { asked, trace, secrets, changes }: { asked: string; trace: string; secrets: string[]; changes: boolean },
): T {
  const result = schema.safeParse(data)
  if (result.success) return result.data
  const answered = redact(`an answer of an unknown shape: ${whereWrong(result.error)}`, secrets)
  throw new PlatformError({ kind: 'Unavailable', asked, answered }, { trace, mayHaveHappened: changes })
}
