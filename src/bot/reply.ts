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
  /** Hands over a file, to nobody but the person who asked. */
  | { do: 'file'; file: FileReply }
  /** Refuses the values of a form, by field. */
  | { do: 'errors'; errors: Record<string, string> }

export interface FileReply {
  name: string
  content: string
  /** Said with the file. */
  text: string
  /** Said where the person asked, when the file went to their direct messages. */
  elsewhere: string
  /** Said where the person asked, when their direct messages could not be reached. */
  failed: string
}
