import { Hono } from 'hono'
import { z } from 'zod'
import type { SandboxClock } from './clock.ts'
import { durationMs } from './duration.ts'
import { eventStreams } from './live.ts'

/** The sandbox's time as people and other processes see it. */
export function clockNow(clock: SandboxClock): { now: string; offsetMs: number } {
  return { now: new Date(clock.now()).toISOString(), offsetMs: clock.offset() }
}

/**
 * `GET` tells the time, once or (asked for `text/event-stream`) at once and at each jump; `POST {advance}` moves it
 * forward.
 */
export function clockApi(clock: SandboxClock): { routes: Hono; close(): void } {
  const streams = eventStreams()
  const event = () => `data: ${JSON.stringify(clockNow(clock))}`
  const stop = clock.onJump(() => streams.send(event()))
  const routes = new Hono()
  routes.get('/', (c) =>
    c.req.header('accept')?.includes('text/event-stream') ? streams.open(event()) : c.json(clockNow(clock)),
  )
  routes.post('/', async (c) => {
    const { advance } = z.object({ advance: z.string() }).parse(await c.req.json())
    const ms = durationMs(advance)
    if (ms === undefined) {
      const error = `"${advance}" is no step forward in time: give an ISO 8601 duration such as PT10M, PT48H or P3D.`
      return c.json({ error }, 400)
    }
    clock.advance(ms)
    return c.json({ now: clockNow(clock).now })
  })
  return {
    routes,
    close() {
      stop()
      streams.close()
    },
  }
}
