import type { Logger } from 'pino'
import type { By } from '../flows/engine/events.ts'
import type { Secret } from '../meta/secret.ts'

/** Something for one person alone, about a call that was decided in a case. */
export interface Whispered {
  to: By
  case: number
  /** Digits of the number that the case is about. */
  phone: string | undefined
  /** Name of the call that answers the secret. */
  call: string
  /** Without it: it is on its way, so that nothing is made that could not be delivered. */
  secret?: Secret
}

/** Says it to that person in private, where nobody reads along. False when it did not arrive. */
export type Whisper = (whispered: Whispered) => Promise<boolean>

/** Nobody can be reached: for a desk without surfaces. */
export const noWhisper: Whisper = async () => false

/** The same, for whom an error is only another way of not arriving. Its details are logged, what was said is not. */
export const carefully =
  (whisper: Whisper, log: Logger): Whisper =>
  (whispered) =>
    whisper(whispered).catch((error: unknown) => {
      const words = error instanceof Error ? error.name : typeof error
      log.error({ case: whispered.case, call: whispered.call, error: words }, 'a private message failed')
      return false
    })
