import { randomUUID } from 'node:crypto'
import { setTimeout as timer } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { z } from 'zod'
import { circuit } from './circuit.ts'
import type { Problem } from './facts.ts'
import { type Pace, pacer } from './pace.ts'
import { PlatformError } from './problem.ts'
import { redact, secretsOf } from './redact.ts'
import { type Sending, transport } from './transport.ts'
import { slowdown, usageOf } from './usage.ts'
import { type Platform, type Verdict, verdict } from './verdict.ts'

export type Log = Pick<Logger, 'debug' | 'warn'>

export interface HttpOptions {
  platform: Platform
  baseUrl: string
  /** The headers that prove who we are; asked before each call. */
  auth: () => Record<string, string> | Promise<Record<string, string>>
  timeoutMs?: number
  log?: Log | undefined
  now: () => number
  sleep?: (ms: number) => Promise<unknown>
  /** A number from 0 to 1 that spreads retries. */
  fetchJitter?: () => number
}

interface Call<T> {
  schema: z.ZodType<T>
  params?: Record<string, string | number | undefined>
  /** Spaces these calls out. */
  pace?: Pace
}

/** One platform over HTTP. Both methods throw `PlatformError`, and nothing else, when there is no answer to work with. */
export interface Http {
  /** Reads; tried again up to twice when that may help. */
  get<T>(path: string, call: Call<T>): Promise<T>
  /** Changes something; tried again only when declared `safe`. */
  post<T>(path: string, call: Call<T> & { body?: unknown; safe?: boolean }): Promise<T>
}

interface About {
  trace: string
  asked: string
}

const mostRetries = 2
/** The longest wait before an attempt; whoever names a longer one is taken at his word and not asked. */
const patienceMs = 5_000

/**
 * The one way to a platform: authentication, retries, limits, a circuit, logs without secrets, and answers that are
 * checked before anyone sees them.
 */
export function platformHttp(options: HttpOptions): Http {
  const { platform, baseUrl, auth, timeoutMs = 10_000, log, now, sleep = timer, fetchJitter = Math.random } = options
  const send = transport({ baseUrl, timeoutMs })
  const fuse = circuit({ now })
  const places = pacer({ now, patienceMs })
  const usage = slowdown(now)

  async function call<T>(sending: Sending, wanted: Call<T>, mayRepeat: boolean): Promise<T> {
    const trace = randomUUID()
    const headers = await auth()
    const secrets = secretsOf(headers, sending.body)
    const path = sending.path.replace(/^(\/partners\/)[^/]+/, '$1…')
    const asked = redact(`${sending.method} ${platform} ${path}`, secrets)
    const resting = notAsked(fuse.restMs(), 'Unavailable', 'it failed several times in a row')
    const result = resting ?? (await tryUntilGood({ ...sending, headers }, { trace, asked }, wanted.pace, mayRepeat))
    if (!resting) judge(result)
    if (result.good) return parse(result.data, wanted.schema, asked, trace)
    const { mayHaveHappened } = result
    throw new PlatformError({ ...presentable(result.problem, secrets), asked }, { trace, mayHaveHappened })
  }

  async function tryUntilGood(sending: Sending, about: About, pace: Pace | undefined, mayRepeat: boolean) {
    for (let attempt = 1; ; attempt += 1) {
      const result = await tryOnce(sending, about, pace)
      note(result, { ...about, platform, attempt })
      if (result.good || !result.again || !mayRepeat || attempt > mostRetries) return result
      const waitMs = result.problem.retryAfterMs ?? backoff(attempt)
      if (waitMs > patienceMs) return result
      await sleep(waitMs)
    }
  }

  async function tryOnce(sending: Sending, about: About, pace: Pace | undefined): Promise<Verdict> {
    const paceMs = pace === undefined ? 0 : places.take(pace)
    const tooMany = pace && notAsked(paceMs > patienceMs ? paceMs : 0, 'RateLimited', paceText(pace))
    if (tooMany) return tooMany
    const waitMs = Math.max(paceMs, usage.waitMs())
    if (waitMs > 0) {
      log?.debug({ ...about, waitMs }, 'slowing down before a limit')
      await sleep(waitMs)
    }
    const answer = await send(sending)
    if (answer.came) usage.heard(usageOf(answer.headers))
    return verdict(platform, answer, now())
  }

  function judge(result: Verdict): void {
    const kind = result.good ? undefined : result.problem.kind
    if (kind === 'Unavailable') fuse.bad()
    // A limit, theirs or ours, says nothing about how the platform is.
    else if (kind !== 'RateLimited') fuse.good()
  }

  function note(result: Verdict, about: object): void {
    if (result.good) log?.debug(about, 'platform call')
    else log?.warn({ ...about, kind: result.problem.kind, answered: result.problem.answered }, 'platform call failed')
  }

  const backoff = (attempt: number) => Math.round(200 * 2 ** (attempt - 1) * (0.5 + fetchJitter()))

  return {
    get: (path, wanted) => call(sendingOf('GET', path, wanted), wanted, true),
    post: (path, { body = {}, safe = false, ...wanted }) =>
      call({ ...sendingOf('POST', path, wanted), body }, wanted, safe),
  }
}

function sendingOf<T>(method: Sending['method'], path: string, { params }: Call<T>): Sending {
  return { method, path, headers: {}, ...(params === undefined ? {} : { params }) }
}

function notAsked(retryAfterMs: number, kind: Problem['kind'], why: string): Verdict | undefined {
  if (retryAfterMs <= 0) return undefined
  const answered = `not asked: ${why}; next try in ${Math.ceil(retryAfterMs / 1000)} s`
  return { good: false, problem: { kind, answered, retryAfterMs }, again: false, mayHaveHappened: false }
}

const paceText = ({ calls, perMs }: Pace) => `${calls} calls in ${perMs / 1000} s are used up`

function presentable<P extends { words?: string }>(problem: P, secrets: string[]): P {
  if (problem.words === undefined) return problem
  return { ...problem, words: redact(problem.words, secrets).replace(/\s+/g, ' ').trim().slice(0, 300) }
}

function parse<T>(data: unknown, schema: z.ZodType<T>, asked: string, trace: string): T {
  const result = schema.safeParse(data)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const where = issue?.path.join('.') || 'the answer'
  const answered = `an answer of an unknown shape: ${where}: ${issue?.message ?? 'unreadable'}`
  throw new PlatformError({ kind: 'Unavailable', asked, answered }, { trace, mayHaveHappened: true })
}
