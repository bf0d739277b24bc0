import type { CaseState } from '../flows/engine/fold.ts'
import type { Flow } from '../flows/engine/types.ts'
import type { PhoneNumber, Problem } from '../meta/facts.ts'
import type { LookUp } from '../meta/look-up.ts'

/** The question that says which WABA a case is about, where that is its subject. */
export const wabaQuestion = 'waba'

export const isAboutWaba = (flow: Flow): boolean => flow.subject === wabaQuestion

/** A WABA that a case is about, and one of its numbers. */
export interface WabaLocated {
  partner?: string | undefined
  phone?: string | undefined
  /** Meta's id. */
  waba?: string | undefined
}

/** Where a case stays once it has found its WABA: numbers may leave it, the case does not. */
export function stayingWith(state: CaseState): WabaLocated | undefined {
  const { partner, phone } = state
  const waba = pinned(state)
  if (Object.keys(state.steps).length === 0 || partner === undefined || waba === undefined) return undefined
  return { partner, phone: numberNamed(state) ?? phone, waba }
}

/** Meta's id of the WABA, once it is known. */
export const pinned = ({ readings: { account } }: CaseState): string | undefined =>
  account?.state === 'known' ? account.value.id : undefined

/** Which of the WABA's numbers a case is about, where a person had to say it. */
export function numberNamed({ answers }: CaseState): string | undefined {
  const number = answers.number?.value
  return typeof number === 'string' ? number : undefined
}

/**
 * A WABA that is in no Hub, by its id at Meta. A partner may speak about one that was shared with its own portfolio; the
 * desk also about one where that cannot be found out.
 */
export async function atMeta(
  lookUp: LookUp,
  state: CaseState,
  { partner, waba }: { partner: string | undefined; waba: string },
): Promise<WabaLocated | { problem: Problem }> {
  if (partner === undefined || !/^\d{10,20}$/.test(waba)) return { partner }
  const about = { partner, phone: waba, waba }
  const { shared, wabaNumbers } = await lookUp.readings(about, ['shared', 'wabaNumbers'], { fresh: true })
  if (shared?.state === 'error') return { problem: shared.problem }
  const byDesk = state.openedBy.role !== 'partner' && shared?.state === 'unknown' && shared.why === 'no-id'
  if (shared?.state !== 'known' && !byDesk) return { partner }
  const numbers = wabaNumbers?.state === 'known' ? wabaNumbers.value.flatMap(digitsOf) : []
  return { partner, phone: numberNamed(state) ?? numbers[0], waba }
}

const digitsOf = ({ displayPhoneNumber = '' }: PhoneNumber): string[] => {
  const digits = displayPhoneNumber.replace(/\D/g, '')
  return digits === '' ? [] : [digits]
}
