import type { Ground } from '../ground.ts'
import { hubEntry } from './new-account.ts'
import type { AccountRow, WabaRow } from './rows.ts'
import type { World } from './world.ts'

/** 360dialog's entry of a WABA at a partner; one is made when its client is known and has none yet. */
export function wabaFor(
  ground: Ground,
  world: World,
  { account, partner, client }: { account: AccountRow; partner: string; client?: string | undefined },
): WabaRow | undefined {
  const known = world.wabas.values().find((one) => one.external_id === account.id && one.partner_id === partner)
  if (known) return known
  const owner = world.clients
    .values()
    .find((one) => one.partner_id === partner && (client ? one.id === client : one.business_id === account.business_id))
  if (!owner) return undefined
  const row = hubEntry(ground, world, account, owner)
  world.wabas.set(row.id, row)
  return row
}

/** What the account-sharing calls answer although they did their work: 429 or 500, so often. */
export interface SharingFaults {
  add(answer: 429 | 500, times: number): void
  take(): 429 | 500 | undefined
}

export function sharingFaults(): SharingFaults {
  const all: (429 | 500)[] = []
  return {
    add: (answer, times) => void all.push(...Array.from({ length: times }, () => answer)),
    take: () => all.shift(),
  }
}
