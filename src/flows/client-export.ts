import type { Channel, Client, Waba } from '../meta/facts.ts'

/** One number with what the lists of the Hub tell about it. */
export interface ExportedNumber {
  channel: Channel
  client?: Client | undefined
  /** The client's name as the channel tells it, for a client that the list does not hold. */
  clientName?: string | undefined
  waba?: Waba | undefined
  integrationState?: string | undefined
}

/** The columns of the export, one row per number (procedures.md 10, "Rules and limits"). */
const columns: readonly [title: string, value: (row: ExportedNumber) => string | undefined][] = [
  ['Company legal name', ({ client, clientName }) => client?.organisation ?? client?.name ?? clientName],
  ['WhatsApp number', ({ channel }) => channel.phone],
  ['Contact email', ({ client }) => client?.email],
  ['Account activation status: Message on behalf', ({ waba }) => waba?.onBehalfOf?.status],
  ['Account activation status: Meta business verification', ({ waba }) => waba?.fbAccountStatus],
  ['Account activation status: Number registration', registration],
]

/** What a channel's status means for its registration (procedures.md 5, "Immediate actions"). */
const registrations: Readonly<Record<string, string>> = {
  ready: 'registered',
  created: 'not finished',
  unverified: 'not finished',
  consents_signed: 'not finished',
  new_name_requested: 'display name in review',
  certificate_declined: 'display name declined',
  porting_ready: 'migration running',
  ready_for_migration: 'migration running',
  waiting_for_migration_code: 'migration running',
  migration_code_requested: 'migration running',
  error: 'error',
}

/** The platform's words stay, so that nothing is lost by our own: `registered (ready, running)`. */
function registration({ channel: { status }, integrationState }: ExportedNumber): string {
  const raw = [status, integrationState].filter(Boolean).join(', ')
  const meaning = status === undefined || !Object.hasOwn(registrations, status) ? undefined : registrations[status]
  return meaning === undefined ? raw : `${meaning} (${raw})`
}

/**
 * The numbers as CSV after RFC 4180: a header, every field in quotes, lines end with CRLF. A cell that a spreadsheet would
 * take for a formula begins with `'`.
 */
export function exportCsv(rows: readonly ExportedNumber[]): string {
  const header = columns.map(([title]) => title)
  const lines = rows.map((row) => columns.map(([, value]) => value(row) ?? ''))
  return [header, ...lines].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')
}

/** Also with blanks in front, in full width, and after a tab or line break: spreadsheets look through those. */
const formula = /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/

function cell(text: string): string {
  return `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
}

/** What of the procedure is not done as its table says. */
export const leftOut: Record<string, string> = {
  'ce-q-scope':
    'the words after the command are the filter, a part of the client’s name; without them it is all clients',
  'ce-q-to': 'the file always goes to the asker alone, and asking for it is the confirmation',
  'ce-c1': 'the set-up of the desk is the role table: whoever may speak for a partner in its chat may have its list',
}
