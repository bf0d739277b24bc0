/** A neutral picture of a case, a question or an answer; each surface draws it in its own way. All texts are plain. */
export interface Card {
  title: string
  /** What it is about: number, client. */
  subtitle?: string
  /** Where it stands, in a few words. */
  state?: { text: string; tone: Tone }
  progress?: { done: number; total: number }
  /** What to know or to do, in short paragraphs. */
  text?: string[]
  fields?: Field[]
  items?: Item[]
  buttons?: Button[]
  /** Small print: "as of" and source. */
  footer?: string[]
}

export type Tone = 'open' | 'waiting' | 'attention' | 'critical' | 'done' | 'stopped' | 'info'

export interface Field {
  label: string
  value: string
}

/** A line of a checklist. */
export interface Item {
  mark: 'done' | 'open' | 'waiting' | 'failed' | 'warning' | 'checking' | 'skipped' | 'hidden' | 'info'
  title: string
  /** Owner, due time, evidence, what to do. */
  notes: string[]
}

export interface Button {
  label: string
  /** An encoded press; or a link. */
  press?: string
  url?: string
  style?: 'primary' | 'danger'
  /** Asked before the press counts. */
  confirm?: Confirm
}

export interface Confirm {
  title: string
  text: string
  yes: string
  no: string
}
