/** Open server-sent event streams, and the one place that ends them all. */
export interface EventStreams {
  /** A new stream as an HTTP answer. `first` is sent at once. */
  open(first?: string): Response
  /** Sends an event, as the text of its lines, to every open stream. */
  send(event: string): void
  close(): void
}

/** Streams with a comment as heartbeat every `heartbeatMs`, so that a dead connection is noticed. */
export function eventStreams({ heartbeatMs = 15_000 } = {}): EventStreams {
  const open = new Set<ReadableStreamDefaultController<Uint8Array>>()
  const encoder = new TextEncoder()
  const send = (event: string) => {
    const bytes = encoder.encode(`${event}\n\n`)
    for (const stream of open) stream.enqueue(bytes)
  }
  const heart = setInterval(() => send(': still here'), heartbeatMs)
  heart.unref()
  return {
    open(first) {
      let own: ReadableStreamDefaultController<Uint8Array>
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          own = controller
          open.add(controller)
          controller.enqueue(encoder.encode(`${first ?? ': hello'}\n\n`))
        },
        cancel: () => void open.delete(own),
      })
      return new Response(body, {
        headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
      })
    },
    send,
    close() {
      clearInterval(heart)
      for (const stream of open) stream.close()
      open.clear()
    },
  }
}

/** Calls `act` once for all calls that come within `ms` of the first one. */
export function coalesced(act: () => void, ms: number): () => void {
  let waiting = false
  return () => {
    if (waiting) return
    waiting = true
    setTimeout(() => {
      waiting = false
      act()
    }, ms).unref()
  }
}
