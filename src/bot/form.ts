/** Questions to fill in at once (a modal in Slack) or one after the other (Telegram). */
export interface Form {
  /** What the answers are for; comes back with them. */
  ref: FormRef
  title: string
  /** Shown above the fields. */
  intro?: string[]
  fields: FormField[]
  submit: string
  cancel: string
}

export type FormRef =
  | CaseFormRef
  /** What about a notice shall be silent, how long and why. */
  | { form: 'quiet'; notice: number }

/** A form about a case. */
export type CaseFormRef =
  /** The first answers of a new case. */
  | { form: 'open'; flow: string }
  /** Open questions of a case, or a change of given answers. */
  | { form: 'answers'; case: number }
  /** The words of an item that somebody adds to a case. */
  | { form: 'item'; case: number }
  /** Why a step is declined or skipped. */
  | { form: 'reason'; verb: 'decline' | 'skip'; case: number; step: string }

export interface FormField {
  /** Question id, `reason` or `item`. */
  id: string
  kind: 'text' | 'long-text' | 'choice' | 'choices' | 'date'
  label: string
  hint?: string
  placeholder?: string
  options?: { value: string; label: string }[]
  /** What is filled in already; a list for `choices`. */
  value?: string | string[]
  optional?: boolean
  /** What was wrong with the last try. */
  error?: string
}
