import type { Readable } from 'node:stream'
import axios from 'axios'
import { z } from 'zod'

/** Where the time comes from. Nothing in Portdesk asks the machine's clock by itself. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Called when the time jumped, so that timers can look again. Returns the way to stop listening. */
  onJump(listener: () => void): () => void
}

export const systemClock: Clock = { now: () => Date.now(), onJump: () => () => {} }

/** A time zone's name, such as `Europe/Berlin`. */
export const timeZoneName = z
  .string()
  .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', 'is no IANA time zone')

const tickSchema = z.object({ offsetMs: z.number() })

function readTick(text: string): z.infer<typeof tickSchema> | undefined {
  try {
    return tickSchema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/**
 * Follows a clock that another process serves as server-sent events with `{"offsetMs": n}` (`CLOCK_URL`): for drills
 * that move time. Resolves once the first event has come; throws when the address does not answer.
 */
export async function followClock(url: string): Promise<Clock & { close(): void }> {
  const listeners = new Set<() => void>()
  let offset = 0
  let closed = false
  let current: Readable | undefined

  const open = async (onOpen?: () => void, onLost?: (error: unknown) => void): Promise<void> => {
    const answer = await axios.get<Readable>(url, { responseType: 'stream', headers: { accept: 'text/event-stream' } })
    current = answer.data
    let rest = ''
    current.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (!line.startsWith('data:')) continue
        const tick = readTick(line.slice(5))
        if (!tick) continue
        const moved = tick.offsetMs !== offset
        offset = tick.offsetMs
        onOpen?.()
        if (moved) for (const listener of listeners) listener()
      }
    })
    current.on('close', () => !closed && onLost?.(new Error('the clock stopped talking')))
    current.on('error', () => undefined)
  }
  const again = () => {
    if (!closed) setTimeout(() => open(undefined, again).catch(again), 500).unref()
  }
  await new Promise<void>((resolve, reject) => {
    const lost = (error: unknown) => {
      reject(error)
      again()
    }
    open(resolve, lost).catch(reject)
  })
  return {
    now: () => Date.now() + offset,
    onJump(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      closed = true
      current?.destroy()
    },
  }
}
