import type { Card } from './card.ts'
import type { Form } from './form.ts'

/** What a surface is asked to do for the person who spoke or pressed, in order. */
export type Reply =
  /** Shows a card to this person: a new message in Telegram, an ephemeral one in Slack. */
  | { do: 'show'; card: Card }
  /** Puts a card in the place of the message that was pressed; without one, shows it. */
  | { do: 'replace'; card: Card }
  /** One sentence for this person alone: a toast in Telegram, an ephemeral message in Slack. */
  | { do: 'toast'; text: string; alert?: boolean }
  /** Asks for input: a modal in Slack, one question after the other in Telegram. */
  | { do: 'form'; form: Form }
  /** Refuses the values of a form, by field. */
  | { do: 'errors'; errors: Record<string, string> }
