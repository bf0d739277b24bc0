/** What an error of the Client Hub means for a change of partner (procedures.md 4, "Errors people paste"). */
export type ChangeError = 'other-processor' | 'unknown-partner' | 'unknown'

/** Reads what a person copied from the Client Hub. */
export function changeErrorIn(text: string): ChangeError {
  if (/payment processor/i.test(text)) return 'other-processor'
  return /partner.?id/i.test(text) && /unknown|invalid|not found|not exist|wrong/i.test(text)
    ? 'unknown-partner'
    : 'unknown'
}
