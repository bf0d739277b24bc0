/** Work that is looked for again and again: by the clock, and whenever somebody says that there may be some. */
export interface Rounds {
  start(): void
  /** There may be work: a round follows, at once or after the one that runs. Before the start it is remembered. */
  wake(): void
  /** Whether it was started and not stopped; a long round may end early when not. */
  going(): boolean
  /** Begins no further round, for good. Resolves when the last one has ended. */
  stop(): Promise<void>
}

/** Never two rounds at once. `every`: ms of real time. What a round throws is told to `failed`, and the next one comes. */
export function rounds(options: {
  every: number
  work: () => Promise<void>
  failed: (error: unknown) => void
}): Rounds {
  const { every, work, failed } = options
  let going = false
  let over = false
  let again = false
  let running: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  const run = async () => {
    while (again && going) {
      again = false
      await work().catch(failed)
    }
    running = undefined
  }
  const wake = () => {
    again = true
    if (going) running ??= run()
  }
  return {
    start() {
      if (over) return
      going = true
      timer = setInterval(wake, every)
      wake()
    },
    wake,
    going: () => going,
    async stop() {
      over = true
      going = false
      clearInterval(timer)
      await running
    },
  }
}
