import type { DeskConfig } from '../config.ts'
import { immediateActions, statusChecks } from '../flows/channel-status.ts'
import type { Finding } from '../flows/engine/types.ts'
import { knownFacts } from '../flows/engine/view.ts'
import { ownershipOfFacts } from '../flows/ownership.ts'
import type { FactName, Facts, Problem, Readings, Subject } from '../meta/facts.ts'
import type { Finder, Hit } from '../meta/find.ts'
import type { LookUp } from '../meta/look-up.ts'
import type { Actor } from './actor.ts'
import type { Ledger } from './ledger.ts'

/** What a look-up found out about one number, as far as this person may see it. */
export interface StatusReport {
  subject: Subject
  /** For the desk only; a partner knows who it is. */
  partnerName?: string
  payment: 'direct' | 'partner' | undefined
  readings: Readings
  facts: Partial<Facts>
  ownership: 'client_owned' | 'obo' | undefined
  checks: { id: string; finding: Finding }[]
  /** What the client has to do now, as text keys. */
  todo: string[]
  /** The open case about this number. */
  openCase?: number
}

export type StatusFound =
  | { kind: 'one'; report: StatusReport }
  | { kind: 'many'; hits: (Hit & { partnerName?: string })[]; more: boolean }
  | { kind: 'none' }
  | { kind: 'problem'; problem: Problem }

const everybody: readonly FactName[] = ['channel', 'client', 'waba', 'phone', 'account', 'templates', 'permission']

/**
 * Looks a number up by what a person typed (procedures.md 5). Partners find their own numbers only: another partner's
 * number does not exist for them. Balances and contact data are for the desk (procedures.md 5, "Outcomes").
 */
export async function lookUpStatus(
  { config, finder, lookUp, ledger }: { config: DeskConfig; finder: Finder; lookUp: LookUp; ledger: Ledger },
  actor: Actor,
  text: string,
): Promise<StatusFound> {
  const all = config.partners.map(({ id }) => id)
  const desk = actor.role !== 'partner'
  const found = await finder.find(text, desk ? all : all.filter((id) => id === actor.partner))
  const nameOf = (partner: string) => config.partners.find(({ id }) => id === partner)?.name
  if (found.kind === 'many') {
    const hits = found.hits.map((hit) => {
      const partnerName = desk ? nameOf(hit.subject.partner) : undefined
      return { ...hit, ...(partnerName !== undefined && { partnerName }) }
    })
    return { ...found, hits }
  }
  if (found.kind !== 'one') return found
  const { subject } = found
  const payment = config.partners.find(({ id }) => id === subject.partner)?.payment
  const money = desk && payment === 'direct'
  const first = await lookUp.readings(subject, money ? [...everybody, 'balance'] : everybody)
  const told = sendsFreely(first) ? first : { ...first, ...(await lookUp.readings(subject, ['health'])) }
  const readings = desk ? told : withoutContact(told)
  const facts = knownFacts(readings)
  const openCase = await ledger.openCaseAbout(found.channel.phone, subject.partner, 0)
  const partnerName = desk ? nameOf(subject.partner) : undefined
  const report: StatusReport = {
    subject: { ...subject, phone: found.channel.phone },
    ...(partnerName !== undefined && { partnerName }),
    payment,
    readings,
    facts,
    ownership: ownershipOfFacts(facts),
    checks: statusChecks
      .filter(({ id }) => money || id !== 'balance')
      .map(({ id, judge }) => ({ id, finding: judge(facts) })),
    todo: immediateActions(facts),
    ...(openCase !== undefined && { openCase }),
  }
  return { kind: 'one', report }
}

/** Only what keeps a number from sending is worth another call to Meta. */
function sendsFreely({ phone }: Readings): boolean {
  const sending = phone?.state === 'known' ? phone.value.canSendMessage : undefined
  return sending === undefined || sending === 'AVAILABLE'
}

function withoutContact({ client, ...readings }: Readings): Readings {
  if (client?.state !== 'known') return { ...readings, ...(client && { client }) }
  const { email: _, ...value } = client.value
  return { ...readings, client: { ...client, value } }
}
