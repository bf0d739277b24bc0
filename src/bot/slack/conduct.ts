import { randomBytes } from 'node:crypto'
import type { Reply } from '../reply.ts'
import type { Answer } from './answer.ts'
import type { Ack, Side } from './side.ts'

/** One act of a person, from its work to its answer. */
export interface Act {
  /** What must be safe before Slack is told that the act was taken. */
  work: () => Promise<Reply[]>
  ack?: Ack
  answer: Answer
  /** Called when the work takes a while; may name another place for the answer. */
  slow?: () => Promise<Answer | undefined>
  language: string | undefined
}

/** Does the work, acknowledges it, answers. Never throws. */
export async function conduct(side: Side, { work, ack, answer, slow, language }: Act): Promise<void> {
  const pending = settled(side, work, language)
  let place = answer
  if (slow && (await within(pending, side.slowMs)) === undefined) {
    place = (await quietly(side, slow)) ?? answer
  }
  const replies = await pending
  await quietly(side, async () => ack?.())
  await quietly(side, () => place(replies))
}

/** The replies of the work; when it fails, the failure is logged under a short id and the person is told that id. */
export async function settled(
  { log, words }: Side,
  work: () => Promise<Reply[]>,
  language: string | undefined,
): Promise<Reply[]> {
  try {
    return await work()
  } catch (error) {
    const id = randomBytes(4).toString('hex')
    log.error({ err: error, id }, 'an act from Slack failed')
    return [{ do: 'toast', text: words.sorry(language, id), alert: true }]
  }
}

/** What the promise resolves with, or `undefined` after `ms` real milliseconds. */
export async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** The act itself is done by now: that Slack could not be told is only logged. */
export async function quietly<T>({ log }: Side, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    log.warn({ err: error }, 'an answer did not reach Slack')
    return undefined
  }
}
