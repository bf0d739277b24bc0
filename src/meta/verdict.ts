import type { Problem } from './facts.ts'
import { graphRefusal, hubRefusal, messagingRefusal, type Refusal } from './refusal.ts'
import type { Answer } from './transport.ts'
import { usageOf } from './usage.ts'

/** 360dialog's Partner API, Meta's Graph API, 360dialog's Messaging API. */
export type Platform = 'hub' | 'graph' | 'messaging'

const refusals: Record<Platform, (status: number, body: unknown) => Refusal | undefined> = {
  hub: hubRefusal,
  graph: graphRefusal,
  messaging: messagingRefusal,
}

/** What an answer amounts to. */
export type Verdict =
  | { good: true; data: unknown }
  | {
      good: false
      problem: Omit<Problem, 'asked'>
      /** HTTP status of a refusal. */
      status?: number
      /** Nothing came within the time limit. */
      timedOut?: boolean
      /** Asking again soon may help, after `problem.retryAfterMs` when there is one. */
      again: boolean
      /** No clear refusal: what the call was to change may have happened. */
      mayHaveHappened: boolean
    }

/** Tells data from refusals, and both from what is no answer at all: web pages, empty or broken bodies, redirects. */
export function verdict(platform: Platform, answer: Answer, now: number): Verdict {
  if (!answer.came) {
    const { answered, again, sent, timedOut = false } = answer
    return { ...unavailable(answered, again, sent), timedOut }
  }
  const { status, headers, text } = answer
  const redirected = status >= 300 && status < 400
  if (redirected) return unavailable(`HTTP ${status}, a redirect that is not followed`, false, true)
  const body = read(text)
  if (body.kind === 'page') return unavailable(`HTTP ${status} with a web page instead of data`, true, true)
  const refusal = refusals[platform](status, body.data)
  if (refusal === undefined) {
    if (body.kind === 'data') return { good: true, data: body.data }
    const what = body.kind === 'empty' ? 'an empty answer' : 'an answer that is not JSON'
    return unavailable(`HTTP ${status} with ${what}`, true, true)
  }
  const retryAfterMs = retryAfter(headers, now)
  return {
    good: false,
    status,
    problem: { ...refusal, answered: `HTTP ${status}`, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
    again: refusal.kind === 'Unavailable' || (refusal.kind === 'RateLimited' && retryAfterMs !== undefined),
    mayHaveHappened: refusal.kind === 'Unavailable',
  }
}

function unavailable(answered: string, again: boolean, mayHaveHappened: boolean) {
  return { good: false as const, problem: { kind: 'Unavailable' as const, answered }, again, mayHaveHappened }
}

type Body = { kind: 'data'; data: unknown } | { kind: 'empty' | 'page' | 'broken'; data?: undefined }

function read(text: string): Body {
  const body = text.trim()
  if (body === '') return { kind: 'empty' }
  if (body.startsWith('<')) return { kind: 'page' }
  try {
    return { kind: 'data', data: JSON.parse(body) }
  } catch {
    return { kind: 'broken' }
  }
}

/** The wait that a platform names: `Retry-After` in seconds or as a date, or Meta's minutes until access comes back. */
function retryAfter(headers: Record<string, string>, now: number): number | undefined {
  const named = headers['retry-after']
  if (named !== undefined && /^\d+(\.\d+)?$/.test(named.trim())) return Math.round(Number(named) * 1000)
  const date = named === undefined ? Number.NaN : Date.parse(named)
  if (!Number.isNaN(date)) return Math.max(0, date - now)
  return Math.max(0, ...usageOf(headers).map(({ regainMs }) => regainMs)) || undefined
}
