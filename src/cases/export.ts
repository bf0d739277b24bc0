import type { Logger } from 'pino'
import type { DeskConfig } from '../config.ts'
import { exportCsv } from '../flows/client-export.ts'
import type { Problem } from '../meta/facts.ts'
import type { Rosters } from '../meta/roster.ts'
import type { Actor } from './actor.ts'
import type { PartnerName } from './partner-list.ts'

/** The clients of one partner as a file. */
export type Exported =
  | { kind: 'file'; partner: PartnerName; csv: string; rows: number; complete: boolean; filter: string }
  | { kind: 'which'; partners: PartnerName[] }
  | { kind: 'problem'; problem: Problem | undefined }

export interface ExportOptions {
  config: DeskConfig
  rosters: Rosters
  log: Logger
}

/**
 * Every number of a partner's clients as CSV (procedures.md 10). A partner gets its own; the desk names the partner first. The
 * rest of the text is a part of the client's name. What was handed out to whom is in the log, without the data itself.
 */
export async function exportClients(
  { config, rosters, log }: ExportOptions,
  actor: Actor,
  text: string,
): Promise<Exported> {
  const { partner, filter } = wanted(config, actor, text.trim())
  if (partner === undefined) return { kind: 'which', partners: config.partners.map(({ id, name }) => ({ id, name })) }
  const roster = await rosters.of(partner.id, { fresh: true })
  if (roster.rows.length === 0 && !roster.complete) return { kind: 'problem', problem: roster.problem }
  const clients = new Map(roster.clients.map((client) => [client.id, client]))
  const all = roster.rows.map((row) => ({ ...row, client: clients.get(row.channel.clientId) }))
  const low = filter.toLowerCase()
  const rows = all.filter(({ client, clientName }) =>
    [client?.organisation, client?.name, clientName].some((name = '') => name.toLowerCase().includes(low)),
  )
  const { complete } = roster
  log.info({ by: actor.id, partner: partner.id, rows: rows.length, complete }, 'A list of clients was exported')
  return { kind: 'file', partner, csv: exportCsv(rows), rows: rows.length, complete, filter }
}

/** The desk names a partner by its id or its name, in front of the filter; with a single partner it need not. */
function wanted(
  { partners }: DeskConfig,
  actor: Actor,
  text: string,
): { partner: PartnerName | undefined; filter: string } {
  if (actor.role === 'partner') {
    const own = partners.find(({ id }) => id === actor.partner)
    if (!own) throw new Error(`There is no partner ${actor.partner} in the set-up`)
    return { partner: own, filter: text }
  }
  const low = text.toLowerCase()
  for (const partner of partners) {
    const said = [partner.id, partner.name].find((name) => `${low} `.startsWith(`${name.toLowerCase()} `))
    if (said !== undefined) return { partner, filter: text.slice(said.length).trim() }
  }
  return partners.length === 1 ? { partner: partners[0], filter: text } : { partner: undefined, filter: text }
}
