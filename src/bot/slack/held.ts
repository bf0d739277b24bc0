import type { App, ReceiverEvent } from '@slack/bolt'

/** What to answer Slack: the body of an ack, nothing special, or that the work is still going on. */
export type Held = { acked: unknown } | 'done' | 'late' | 'failed'

/** The part of a Bolt app that takes requests. */
export type Taker = Pick<App, 'processEvent'>

/**
 * Hands a request to Bolt and waits until its work is safe: an event until its listener is done (Bolt itself acks events
 * before any listener runs), anything else until the listener acks. `late` after `ms` real milliseconds.
 */
export async function held(app: Taker, event: Omit<ReceiverEvent, 'ack'>, ms: number): Promise<Held> {
  const isEvent = event.body.type === 'event_callback'
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Held>((resolve) => {
      timer = setTimeout(() => resolve('late'), ms)
      const ack = async (body?: unknown) => {
        if (!isEvent) resolve({ acked: body })
      }
      app.processEvent({ ...event, ack }).then(
        () => resolve('done'),
        () => resolve('failed'),
      )
    })
  } finally {
    clearTimeout(timer)
  }
}
