import type { Ground } from '../ground.ts'
import { hubId } from './ids.ts'
import type { ChannelRow, ClientRow } from './rows.ts'
import type { PartnerChangeRow } from './rows-hub.ts'
import { accountSide, changeAccountSide } from './sides.ts'
import { zuluTime } from './times.ts'
import type { World } from './world.ts'

/** How long the Hub's background job takes, on the sandbox's clock. */
const jobMs = 60_000

/** What the Client Hub says when two partners cannot take over from each other (procedures.md 4). */
export const otherProcessor = 'Destination partner is using a different payment processor.'

/** Both partners bill through the same payment processor. */
export const sameProcessor = (world: World, a: string, b: string) =>
  world.partners.get(a)?.billing_system === world.partners.get(b)?.billing_system

/** The client hands in a change. A partner with auto-approve takes it at once. */
export function requestChange(ground: Ground, world: World, client: ClientRow, to: string, channels: string[]) {
  const now = zuluTime(ground.clock.now())
  const row: PartnerChangeRow = {
    id: hubId('PC', 10),
    status: 'created',
    is_full_migration: channels.length === channelsOf(world, client.id).length,
    source_client_id: client.id,
    target_client_id: null,
    source_partner_id: client.partner_id,
    target_partner_id: to,
    channels,
    created_at: now,
    modified_at: now,
  }
  world.partnerChanges.set(row.id, row)
  return world.partners.get(to)?.auto_approve ? approveChange(ground, world, row) : row
}

/** The new partner agrees; a job of the Hub moves everything a minute later. */
export function approveChange(ground: Ground, world: World, row: PartnerChangeRow): PartnerChangeRow {
  world.agenda.in(jobMs, 'partner-change', row.id)
  return turn(ground, world, row, 'pending')
}

export const failChange = (ground: Ground, world: World, row: PartnerChangeRow) => turn(ground, world, row, 'failed')

/** What the agenda does to changes. */
export function partnerChangeActs(ground: Ground, world: World) {
  return {
    'partner-change': (id: string) => {
      const row = world.partnerChanges.get(id)
      if (row?.status === 'pending') completeChange(ground, world, row)
    },
  }
}

/** The client and its channels belong to the new partner; a part of them goes into a clone of the client. */
export function completeChange(ground: Ground, world: World, row: PartnerChangeRow): PartnerChangeRow {
  const client = world.clients.get(row.source_client_id)
  if (!client) return turn(ground, world, row, 'failed')
  const to = row.target_partner_id
  const target = { ...client, id: row.is_full_migration ? client.id : hubId('CL', 10), partner_id: to }
  // What the old partner wrote on the client is not the new one's to read.
  world.clients.set(target.id, { ...target, partner_payload: null, modified_at: zuluTime(ground.clock.now()) })
  const moved = row.channels.flatMap((id) => world.channels.get(id) ?? [])
  for (const channel of moved) moveChannel(world, channel, target)
  if (row.is_full_migration) {
    for (const waba of world.wabas.values()) if (waba.client_id === client.id) moveWaba(world, waba.id, target)
  }
  const done = { ...row, target_client_id: row.is_full_migration ? null : target.id }
  return turn(ground, world, done, 'completed')
}

function moveChannel(world: World, channel: ChannelRow, target: ClientRow) {
  const home = homeFor(world, channel, target)
  world.channels.set(channel.id, {
    ...channel,
    partner_id: target.partner_id,
    client_id: target.id,
    waba_account_id: home,
  })
  const aside = world.asides.get(channel.id)
  // Direct payment: the client has to share the key permission again (procedures.md 4).
  const shared = world.partners.get(target.partner_id)?.payment_required ?? false
  if (aside) world.asides.set(channel.id, { ...aside, shared })
}

/** The WABA under the new client: itself when nothing stays in it, else a second entry for the same WABA of Meta. */
function homeFor(world: World, channel: ChannelRow, target: ClientRow): string {
  const waba = world.wabas.get(channel.waba_account_id)
  if (!waba || waba.client_id === target.id) return channel.waba_account_id
  const twin = world.wabas
    .values()
    .find((one) => one.client_id === target.id && one.external_id === waba.external_id && one.id !== waba.id)
  if (twin) return twin.id
  const id = hubId('WA')
  world.wabas.set(id, { ...waba, id, client_id: target.id, partner_id: target.partner_id })
  shareWith(world, waba.external_id, target.partner_id)
  return id
}

function moveWaba(world: World, id: string, target: ClientRow) {
  const waba = world.wabas.get(id)
  if (!waba) return
  shareWith(world, waba.external_id, target.partner_id, waba.partner_id)
  world.wabas.set(id, { ...waba, partner_id: target.partner_id })
  for (const row of world.templates.values()) {
    if (row.waba_account_id === id) world.templates.set(row.id, { ...row, partner_id: target.partner_id })
  }
}

/** At Meta the new partner may see the WABA, and an old one no longer. */
function shareWith(world: World, account: string, to: string, from?: string) {
  const old = world.partners.get(from ?? '')?.business
  const business = world.partners.get(to)?.business
  const rest = accountSide(world, account).shared_with.filter((one) => one !== old && one !== business)
  changeAccountSide(world, account, { shared_with: [...rest, ...(business ? [business] : [])] })
}

function turn(ground: Ground, world: World, row: PartnerChangeRow, status: PartnerChangeRow['status']) {
  const turned = { ...row, status, modified_at: zuluTime(ground.clock.now()) }
  world.partnerChanges.set(row.id, turned)
  ground.changed()
  return turned
}

export const channelsOf = (world: World, client: string) =>
  world.channels.values().filter(({ client_id, terminated_at }) => client_id === client && !terminated_at)
