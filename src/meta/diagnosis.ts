/** Who has to move. All but `meta` and `source-bsp` (the old provider) are owners in a case; `bot`: waiting helps. */
export type Mover = 'client' | 'partner' | 'destination-partner' | 'support' | 'bot' | 'meta' | 'source-bsp'

/** The procedure that helps, by its id (procedures.md 0.7). */
export type RelatedFlow =
  | 'number-migration'
  | 'number-migration-onprem'
  | 'port-out'
  | 'two-step-disable'
  | 'partner-change'
  | 'channel-status'
  | 'api-key'
  | 'cancellation'
  | 'refund'
  | 'profile-templates-commerce'
  | 'client-export'
  | 'switch-solution-partner'
  | 'migrate-between-solutions'
  | 'add-waba-to-solution'
  | 'waba-ownership-transfer'

/** One known error. What it means and what to do next is in `locales/<language>/diagnoses.yaml` under its id. */
export interface Diagnosis {
  /** Rows of procedures.md: the section and the row of its error table, `16#2`. */
  ref: readonly string[]
  /** Who has to act, the first before the others. */
  who: readonly [Mover, ...Mover[]]
  flow?: RelatedFlow
  /** Meta's numbers; each may come as `code` or as `error_subcode`. */
  codes?: readonly number[]
  /** HTTP statuses, for answers that say no more than that. */
  statuses?: readonly number[]
  /** Words that tell one meaning of a number from its other ones: with them, numbers count only beside these words. */
  hints?: readonly string[]
  /** Distinctive parts of the message, in the words of procedures.md, of the platforms or of people who describe it. */
  says?: readonly string[]
  /** Texts that mean it only when nothing else is said. */
  alone?: readonly string[]
}
