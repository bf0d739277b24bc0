import { z } from 'zod'
import type { Cache } from './cache.ts'
import type { Reading, Source } from './facts.ts'
import { PlatformError } from './problem.ts'

const ttlMs = 30_000

const kept = z.looseObject({
  state: z.literal('known'),
  asOf: z.string(),
  source: z.enum(['hub', 'graph', 'web']),
  value: z.union([z.looseObject({}), z.array(z.unknown())]),
})

/** Turns questions to a platform into readings. */
export interface Reader {
  /**
   * Asks once, however often it is wanted within one look-up; known answers rest in the cache for 30 s. `undefined` from
   * `ask` is `absent`.
   */
  once<T extends object>(name: string, source: Source, ask: () => Promise<T | undefined>): Promise<Reading<T>>
  unknown(why: 'no-id' | 'no-token'): Reading<never>
}

interface Flight {
  /** The question has gone out: what comes back may be older than a look-up that begins now. */
  progress: { sent: boolean }
  reading: Promise<Reading<unknown>>
}

/** The questions that are on their way, shared by all look-ups of one process: those that begin together ask once. */
export type Flights = Map<string, Flight>

interface ReaderOptions {
  /** What is asked about. */
  prefix: string
  now: () => number
  cache: Cache
  fresh: boolean
  flights: Flights
}

export function reader({ prefix, now, cache, fresh, flights }: ReaderOptions): Reader {
  const asked = new Map<string, Promise<Reading<unknown>>>()
  const asOf = () => new Date(now()).toISOString()

  async function fromCache<T>(key: string): Promise<Reading<T> | undefined> {
    if (fresh) return undefined
    // A cache that fails costs a call, never an answer.
    const found = kept.safeParse(await cache.get(key).catch(() => undefined)).data
    return found && { state: 'known', value: found.value as T, asOf: found.asOf, source: found.source, cached: true }
  }

  async function send<T>(key: string, source: Source, question: () => Promise<T | undefined>) {
    const reading = await outcome(source, question, asOf)
    if (reading.state === 'known') await cache.set(key, reading, ttlMs).catch(() => undefined)
    return reading
  }

  function join<T>(key: string, source: Source, question: () => Promise<T | undefined>): Promise<Reading<T>> {
    const running = flights.get(key)
    if (running && !(fresh && running.progress.sent)) return running.reading as Promise<Reading<T>>
    const progress = { sent: false }
    const reading = soon()
      .then(() => {
        progress.sent = true
        return send(key, source, question)
      })
      .finally(() => {
        if (flights.get(key)?.progress === progress) flights.delete(key)
      })
    flights.set(key, { progress, reading })
    return reading
  }

  async function read<T>(name: string, source: Source, question: () => Promise<T | undefined>): Promise<Reading<T>> {
    const key = `look-up:${prefix}:${name}`
    return (await fromCache<T>(key)) ?? join(key, source, question)
  }

  return {
    once<T extends object>(name: string, source: Source, question: () => Promise<T | undefined>) {
      const running = asked.get(name) ?? read(name, source, question)
      asked.set(name, running)
      return running as Promise<Reading<T>>
    },
    unknown: (why) => ({ state: 'unknown', asOf: asOf(), why }),
  }
}

/** Lets look-ups that begin in the same moment find each other. */
const soon = () => new Promise<void>((resolve) => setImmediate(resolve))

async function outcome<T>(source: Source, ask: () => Promise<T | undefined>, asOf: () => string): Promise<Reading<T>> {
  try {
    const value = await ask()
    if (value === undefined) return { state: 'absent', asOf: asOf(), source }
    return { state: 'known', value, asOf: asOf(), source }
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error
    const { problem } = error
    if (problem.kind === 'NotFound' && !maybeInvisible(error)) return { state: 'absent', asOf: asOf(), source }
    return { state: 'error', asOf: asOf(), source, problem }
  }
}

/** Meta's 100/33 means "not there, or not for your eyes": no proof of absence (procedures.md 16). */
const maybeInvisible = ({ problem }: PlatformError) => problem.code === 100 && problem.subcode === 33

/** The reading with another value, or what kept us from having one. */
export function mapped<A, B>(reading: Reading<A>, pick: (value: A) => B): Reading<B> {
  return reading.state === 'known' ? { ...reading, value: pick(reading.value) } : reading
}

/**
 * Goes on with a value that was read. When the way there failed, so does what lies behind it; when there is nothing there,
 * what lies behind it cannot be asked.
 */
export async function follow<A, B>(
  reading: Reading<A>,
  noId: () => Reading<never>,
  next: (value: A) => Promise<Reading<B>> | Reading<B>,
): Promise<Reading<B>> {
  if (reading.state === 'known') return next(reading.value)
  return reading.state === 'absent' ? noId() : reading
}
