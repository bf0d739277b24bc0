import type { DeskConfig } from '../config.ts'
import { immediateActions, statusChecks } from '../flows/channel-status.ts'
import type { Finding } from '../flows/engine/types.ts'
import type { Channel, Problem } from '../meta/facts.ts'
import type { Roster, RosterRow, Rosters } from '../meta/roster.ts'
import type { Actor } from './actor.ts'
import type { Ledger } from './ledger.ts'

export interface PartnerName {
  /** Our id. */
  id: string
  name: string
}

/** One number of a list, as far as the Hub's lists tell: what needs a look-up of its own is told there. */
export interface ListedNumber {
  channel: Channel
  clientName?: string
  /** `bad` and `warn` need somebody; `ended` is gone. */
  state: 'bad' | 'warn' | 'good' | 'ended'
  /** What the client has to do now, as text keys. */
  todo: string[]
  /** What proves that a check did not pass. */
  failing: NonNullable<Finding['evidence']>[]
  /** The open case about this number. */
  openCase?: number
}

/** One page of a partner's numbers, those with a problem first. */
export interface NumberPage {
  kind: 'numbers'
  /** Named for the desk only; a partner knows who it is. */
  partner: PartnerName
  numbers: ListedNumber[]
  page: number
  pages: number
  total: number
  /** How many of all need somebody. */
  attention: number
  complete: boolean
  problem?: Problem
  /** ISO 8601. */
  asOf: string
}

/** One page of partners with how their numbers are, for the desk. */
export interface PartnerPage {
  kind: 'partners'
  partners: (PartnerName & { total: number; attention: number; problem?: Problem; complete: boolean })[]
  page: number
  pages: number
}

export type Listed = NumberPage | PartnerPage

/** How many numbers or partners stand on one page. */
export const pageSize = 10

export interface ListOptions {
  config: DeskConfig
  rosters: Rosters
  ledger: Ledger
}

/**
 * The numbers of one partner, or for the desk all partners to choose from (procedures.md 5 cs-s2). A partner sees its own,
 * whatever it names. Pages count from 0; one that does not exist any more is the last one.
 */
export async function listNumbers(
  { config, rosters, ledger }: ListOptions,
  actor: Actor,
  { partner: named, page = 0 }: { partner?: string | undefined; page?: number },
): Promise<Listed> {
  const { partners } = config
  const only = partners.length === 1 ? partners[0]?.id : undefined
  const id = actor.role === 'partner' ? actor.partner : (named ?? only)
  const partner = partners.find((each) => each.id === id)
  if (!partner && actor.role === 'partner') throw new Error(`There is no partner ${actor.partner} in the set-up`)
  if (!partner) return listPartners(partners, rosters, page)
  const roster = await rosters.of(partner.id)
  const judged = judge(roster)
  const shown = pageOf(judged, page)
  const numbers = await Promise.all(
    shown.items.map(async (number) => {
      const { phone } = number.channel
      const openCase = phone === '' ? undefined : await ledger.openCaseAbout(phone, partner.id, 0)
      return { ...number, ...(openCase !== undefined && { openCase }) }
    }),
  )
  const { complete, problem, asOf } = roster
  return {
    kind: 'numbers',
    partner: { id: partner.id, name: partner.name },
    numbers,
    page: shown.page,
    pages: shown.pages,
    total: judged.length,
    attention: judged.filter(needsSomebody).length,
    complete,
    ...(problem && { problem }),
    asOf,
  }
}

async function listPartners(partners: readonly PartnerName[], rosters: Rosters, page: number): Promise<PartnerPage> {
  const shown = pageOf(partners, page)
  const told = shown.items.map(async ({ id, name }) => {
    const roster = await rosters.of(id)
    const { complete, problem } = roster
    const attention = judge(roster).filter(needsSomebody).length
    return { id, name, total: roster.rows.length, attention, complete, ...(problem && { problem }) }
  })
  return { kind: 'partners', partners: await Promise.all(told), page: shown.page, pages: shown.pages }
}

function pageOf<T>(all: readonly T[], wanted: number): { items: T[]; page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(all.length / pageSize))
  const page = Math.min(Math.max(0, wanted), pages - 1)
  return { items: all.slice(page * pageSize, (page + 1) * pageSize), page, pages }
}

const needsSomebody = ({ state }: ListedNumber) => state === 'bad' || state === 'warn'
const order: readonly ListedNumber['state'][] = ['bad', 'warn', 'good', 'ended']

function judge({ rows }: Roster): ListedNumber[] {
  const judged = rows.map(judgeOne)
  const rank = ({ state }: ListedNumber) => order.indexOf(state)
  const nameOf = ({ clientName = '', channel }: ListedNumber) => `${clientName} ${channel.name ?? ''} ${channel.phone}`
  return judged.sort((a, b) => rank(a) - rank(b) || nameOf(a).localeCompare(nameOf(b)))
}

function judgeOne({ channel, clientName, waba }: RosterRow): ListedNumber {
  const about = { channel, ...(clientName !== undefined && { clientName }) }
  if (isOver(channel)) return { ...about, state: 'ended', todo: [], failing: [] }
  const facts = { channel, ...(waba && { waba }) }
  const found = statusChecks.map(({ judge }) => judge(facts))
  const failing = found
    .filter(({ result }) => result === 'fail' || result === 'warn')
    .map(({ evidence = {} }) => evidence)
  const todo = immediateActions(facts)
  const bad = found.some(({ result }) => result === 'fail')
  return { ...about, state: bad ? 'bad' : failing.length + todo.length > 0 ? 'warn' : 'good', todo, failing }
}

const over = ['deleted', 'terminated', 'cancelled']
const isOver = ({ terminatedAt, hubStatus = '' }: Channel) => terminatedAt !== undefined || over.includes(hubStatus)
