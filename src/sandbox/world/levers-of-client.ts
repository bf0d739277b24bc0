import type { Around, LeverButton } from './levers-more.ts'
import { sameProcessor } from './partner-change.ts'
import { siteDown } from './site.ts'
import type { World } from './world.ts'

const asksToChange = (world: World, client: string) =>
  world.partnerChanges
    .values()
    .some((row) => row.source_client_id === client && ['created', 'pending'].includes(row.status))

/** An open request for another partner can be decided. */
export const changeButtons = (world: World, client: string): LeverButton[] =>
  asksToChange(world, client)
    ? ['approve', 'decline', 'fail', 'complete'].map((decision) => ({
        label: `Partner change: ${decision}`,
        body: { partner_change: { client, decision } },
      }))
    : []

/** What a client does or has. */
export function clientButtons(world: World, client: string): LeverButton[] {
  const owner = world.clients.get(client)
  if (!owner) return []
  const open = asksToChange(world, client)
  const others = world.partners
    .values()
    .filter(({ id }) => id !== owner.partner_id && sameProcessor(world, id, owner.partner_id))
  const down = world.switches.get(siteDown(client)) === true
  return [
    ...(open
      ? []
      : others.map(({ id, brand_name }) => ({
          label: `Ask to change to ${brand_name}`,
          body: { partner_change: { client, to: id } },
        }))),
    { label: down ? 'Website up' : 'Website down', body: { website: { client, up: down } } },
    { label: 'New WABA now', body: { waba_created: { client } } },
  ]
}

/** For a number elsewhere: into the youngest WABA that its business has at 360dialog. */
export function importButtons(world: World, { phone, account, client, number }: Around): LeverButton[] {
  const homes = world.wabas.values().filter(({ client_id, external_id }) => {
    return client_id === client && external_id !== account.id
  })
  const home = homes.sort((a, b) => (a.created_at < b.created_at ? 1 : -1))[0]
  const away = number && !world.wabas.values().some(({ external_id }) => external_id === account.id)
  return home && away ? [{ label: 'Import to 360dialog', body: { imported: { phone, waba: home.external_id } } }] : []
}
