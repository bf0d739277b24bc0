import { type Ago, wabaRow } from './plant-hub.ts'
import { accountRow } from './plant-meta.ts'
import type { ClientSeed } from './seed-accounts.ts'
import type { homes } from './seed-elsewhere.ts'
import type { World } from './world.ts'

/** A WABA at 360dialog without numbers, of a certain age. */
export function plantHome(world: World, home: (typeof homes)[number], client: ClientSeed, ago: Ago) {
  const seed = { id: home.id, client: home.client, meta: home.meta, ownership: 'CLIENT_OWNED' } as const
  const made = ago(home.ageDays)
  world.wabas.set(home.id, { ...wabaRow(seed, client, ago), created_at: made })
  const creation_time = Math.floor(Date.parse(made) / 1000)
  world.accounts.set(home.meta, { ...accountRow(seed, client, ago), creation_time })
}
