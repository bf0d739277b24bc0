import type { Logger } from 'pino'
import type { By, NewEvent } from '../flows/engine/events.ts'
import type { CaseState } from '../flows/engine/fold.ts'
import type { Secret } from '../meta/secret.ts'
import type { CaseRow } from './ledger.ts'
import type { Whisper } from './whisper.ts'

/** What proves that a call happened. People read it, so it never holds a secret. */
export type Evidence = Record<string, string | number | boolean>

/** An answer with a part that only one person may see. It is in memory until it was delivered, and nowhere else. */
export interface SecretAnswer {
  evidence: Evidence
  secret: Secret
}

/** The case and the step that a call is made for. */
export interface CallFor {
  case: number
  step: string
}

/** One call that changes something outside, by the name that flows give it. */
export interface ActionCall {
  /** Makes the call. Answers what proves it; throws PlatformError. */
  run(state: CaseState, about?: CallFor): Promise<Evidence>
  /** Asks the platform whether it happened; `undefined` when it cannot tell. For `repeat: 'verify'`. */
  happened?(state: CaseState): Promise<boolean | undefined>
}

/** A call whose answer holds a secret. */
export interface SecretCall {
  /** Who alone gets the secret. That person is written to before the call is made. */
  receiver(state: CaseState, about: CallFor): By | undefined
  runInPrivate(state: CaseState, about: CallFor): Promise<SecretAnswer>
}

/** A call that sets a secret which is made up here, such as a PIN: whoever gets it has it before, so that none is set and lost. */
export interface SettingCall {
  /** Who alone gets the secret. */
  receiver(state: CaseState, about: CallFor): By | undefined
  makeUp(): Secret
  runWith(state: CaseState, secret: Secret): Promise<Evidence>
  /** As of an `ActionCall`. */
  happened?(state: CaseState): Promise<boolean | undefined>
}

export type AnyCall = ActionCall | SecretCall | SettingCall

/**
 * Makes a call and answers what to write. A secret goes to its receiver: when that person cannot be written to, the call
 * is not made at all; when the secret does not arrive it is lost, and the case says so. Throws what `run` throws.
 */
export async function makeCall(
  action: AnyCall,
  row: CaseRow,
  { step, call, whisper, log }: { step: string; call: string; whisper: Whisper; log: Logger },
): Promise<NewEvent> {
  const about = { case: row.id, step }
  const done = (evidence: Evidence): NewEvent => ({ type: 'action-done', data: { step, evidence } })
  const failed = (problem: string): NewEvent => ({ type: 'action-failed', data: { step, problem } })
  if ('run' in action) return done(await action.run(row.state, about))
  const to = action.receiver(row.state, about)
  const message = to && { to, case: row.id, phone: row.state.phone, call }
  if (!message) return failed('receiver-not-reached')
  if ('runWith' in action) {
    const secret = action.makeUp()
    return (await whisper({ ...message, secret }))
      ? done(await action.runWith(row.state, secret))
      : failed('receiver-not-reached')
  }
  if (!(await whisper(message))) return failed('receiver-not-reached')
  const { evidence, secret } = await action.runInPrivate(row.state, about)
  if (await whisper({ ...message, secret })) return done(evidence)
  log.warn({ ...about, evidence }, 'a secret was made and could not be delivered: it is lost')
  return failed('secret-not-delivered')
}
