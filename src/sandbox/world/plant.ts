import { type Ago, channelRow, clientRow, partnerRow, templateRows, wabaRow } from './plant-hub.ts'
import { accountRow, businessRow, numberRow } from './plant-meta.ts'
import { type ClientSeed, clients, partners, type WabaSeed, wabas } from './seed-accounts.ts'
import { numbers } from './seed-numbers.ts'
import type { World } from './world.ts'

/** Fills the empty tables with the seed. */
export function plant(world: World, ago: Ago) {
  for (const partner of partners) {
    world.partners.set(partner.id, partnerRow(partner))
    world.businesses.set(partner.business, businessRow(partner.business, `${partner.name} GmbH`))
  }
  for (const client of clients) {
    world.clients.set(client.id, clientRow(client, ago))
    world.businesses.set(client.business, businessRow(client.business, client.organisation, client.verification))
  }
  for (const seed of wabas) {
    const client = owner(seed)
    world.wabas.set(seed.id, wabaRow(seed, client, ago))
    world.accounts.set(seed.meta, accountRow(seed, client, ago))
    for (const row of templateRows(seed, client, ago)) world.templates.set(row.id, row)
  }
  for (const seed of numbers) {
    const waba = wabas.find((one) => one.id === seed.waba)
    if (!waba) throw new Error(`seed: ${seed.phone} names the WABA ${seed.waba}, which is not there`)
    const client = owner(waba)
    world.channels.set(seed.channel, channelRow(seed, client, ago))
    if (seed.meta) world.numbers.set(seed.meta, numberRow(seed, seed.meta, waba, ago))
    world.asides.set(seed.channel, {
      id: seed.channel,
      balance: seed.balance ?? 0,
      currency: client.country === 'BR' ? 'usd' : 'eur',
      last_renewal: seed.balance ? { amount: 100, date: ago(11) } : null,
      shared: seed.shared ?? true,
      note: seed.note,
    })
  }
}

function owner(waba: WabaSeed): ClientSeed {
  const client = clients.find((one) => one.id === waba.client)
  if (!client) throw new Error(`seed: ${waba.id} names the client ${waba.client}, which is not there`)
  return client
}
