import type { Ground } from '../ground.ts'
import { metaId } from './ids.ts'
import { makeAccount, tellPartner } from './new-account.ts'
import { type Refusal, refusals } from './refusals.ts'
import type { AccountRow } from './rows.ts'
import type { IntentRow } from './rows-meta.ts'
import { accountSide, changeAccountSide } from './sides.ts'
import type { World } from './world.ts'

/** A WABA that is only added to a solution is taken to agree after 90 days of silence (meta.md 3.4). */
const silenceMs = 90 * 86_400_000

const isOpen = ({ status }: IntentRow) => status === 'INITIATED' || status === 'ACCEPTED'

/** The youngest open intent of a WABA. */
export const openIntent = (world: World, waba: string) =>
  world.intents.values().findLast((one) => one.waba_id === waba && isOpen(one))

/** The intent that made this WABA. */
export const intentInto = (world: World, waba: string) =>
  world.intents.values().find((one) => one.destination === waba && one.status !== 'REJECTED')

/** Tags a WABA for a solution, or (with an app) to leave its solution. The same wish again answers the same intent. */
export function tag(
  world: World,
  account: AccountRow,
  wish: { solution: string } | { app: string },
): IntentRow | { refusal: Refusal } {
  const solution_id = 'solution' in wish ? wish.solution : null
  const app_id = 'app' in wish ? wish.app : null
  const open = openIntent(world, account.id)
  if (open && open.kind !== 'obo') {
    const same = open.solution_id === solution_id && open.app_id === app_id
    return same ? open : { refusal: refusals.taggedElsewhere }
  }
  const { solutions } = accountSide(world, account.id)
  const inActive = solutions.some((id) => id !== solution_id && world.solutions.get(id)?.status === 'ACTIVE')
  const kind = app_id !== null || inActive ? 'move' : 'add'
  return begin(world, { waba_id: account.id, kind, solution_id, app_id })
}

/** Offers an on-behalf-of WABA to its business (meta.md 3.6). */
export function offer(world: World, account: AccountRow, solution_id: string | null): IntentRow | { refusal: Refusal } {
  const before = world.intents.values().find((one) => one.waba_id === account.id && one.kind === 'obo')
  if (before?.solution_id && before.solution_id !== solution_id) return { refusal: refusals.mobilityFixed }
  const open = openIntent(world, account.id)
  if (open?.kind === 'obo' && open.solution_id === solution_id) return open
  return begin(world, { waba_id: account.id, kind: 'obo', solution_id, app_id: null })
}

function begin(world: World, given: Pick<IntentRow, 'waba_id' | 'kind' | 'solution_id' | 'app_id'>): IntentRow {
  const row: IntentRow = { id: metaId(), status: 'INITIATED', destination: null, ...given }
  world.intents.set(row.id, row)
  if (row.kind === 'add') world.agenda.in(silenceMs, 'intent-silence', row.id)
  return row
}

/** The customer refuses under Requests. */
export function refuseIntent(ground: Ground, world: World, row: IntentRow): void {
  world.intents.set(row.id, { ...row, status: 'REJECTED' })
  ground.changed()
}

/** The customer agrees under Requests, or was silent for long enough. */
export function acceptIntent(ground: Ground, world: World, row: IntentRow): void {
  const account = world.accounts.get(row.waba_id)
  if (!account) return
  if (row.kind === 'obo') claim(world, account)
  const destination = row.kind === 'move' ? newHome(ground, world, account, row) : account
  const status = row.kind === 'obo' ? 'COMPLETED' : 'ACCEPTED'
  world.intents.set(row.id, { ...row, status, destination: row.kind === 'move' ? destination.id : null })
  if (row.kind !== 'move' && row.solution_id) join(world, account.id, row.solution_id)
  for (const partner of accountSide(world, destination.id).shared_with) {
    tellPartner(world, 'PARTNER_ADDED', { partner, account: destination, solution: row.solution_id ?? undefined })
  }
  ground.changed()
}

function join(world: World, account: string, solution: string) {
  const { solutions, shared_with } = accountSide(world, account)
  const business = world.solutions.get(solution)?.business_id
  changeAccountSide(world, account, {
    solutions: [...new Set([...solutions, solution])],
    shared_with: [...new Set([...shared_with, ...(business ? [business] : [])])],
  })
}

/** A move makes a new WABA in the customer's portfolio, shared with the partners of the solution. */
function newHome(ground: Ground, world: World, from: AccountRow, { solution_id }: IntentRow): AccountRow {
  const solution = world.solutions.get(solution_id ?? '')
  const client = world.clients
    .values()
    .find((one) => one.partner_id === solution?.hub_partner && one.business_id === from.business_id)
  return makeAccount(ground, world, {
    business: from.business_id,
    name: from.name,
    currency: String(from.currency),
    timezone: String(from.timezone_id),
    country: String(from.country),
    shared: solution ? [solution.business_id] : [],
    solutions: solution ? [solution.id] : [],
    client: client?.id,
  })
}

/** An on-behalf-of WABA becomes its business's own; there is no way back. */
function claim(world: World, account: AccountRow) {
  const owner = world.businesses.get(account.business_id)
  const { on_behalf_of_business_info: _, ...rest } = account
  const info = { id: account.business_id, name: owner?.name ?? account.name }
  world.accounts.set(account.id, { ...rest, ownership_type: 'CLIENT_OWNED', owner_business_info: info } as AccountRow)
  for (const waba of world.wabas.values()) {
    if (waba.external_id !== account.id) continue
    const on_behalf_of_business_info = { ...waba.on_behalf_of_business_info, type: 'SELF' }
    world.wabas.set(waba.id, { ...waba, on_behalf_of_business_info })
  }
}

/** What the agenda does to intents. */
export function intentActs(ground: Ground, world: World) {
  return {
    'intent-silence': (id: string) => {
      const row = world.intents.get(id)
      if (row?.status === 'INITIATED') acceptIntent(ground, world, row)
    },
  }
}
