import type { Ground } from '../ground.ts'
import { secret } from './ids.ts'
import { tellPartner } from './new-account.ts'
import type { AccountRow } from './rows.ts'
import { accountSide, changeAccountSide, systemUser } from './sides.ts'
import type { World } from './world.ts'

/** How long the code of an Embedded Signup lives (meta.md 3.10). */
const codeMs = 30_000

/** The client takes its WABA away from a partner: from now on it cannot send (meta.md 4.2). */
export function unshare(ground: Ground, world: World, account: AccountRow, partner: string): void {
  const { shared_with } = accountSide(world, account.id)
  changeAccountSide(world, account.id, {
    shared_with: shared_with.filter((one) => one !== partner),
    stop: 'switch',
    switched: true,
    users: [],
    apps: [],
  })
  tellPartner(world, 'PARTNER_REMOVED', { partner, account })
  ground.changed()
}

export interface Resharing {
  /** Business portfolio of the new partner. */
  partner: string
  solution?: string | undefined
  /** Whether the new partner's system user is assigned at once, as with a business token. */
  assign: boolean
}

/** The client goes through the new partner's Embedded Signup with its old WABA. Gives the code that the page gets. */
export function reshare(
  ground: Ground,
  world: World,
  account: AccountRow,
  { partner, solution, assign }: Resharing,
): string {
  const { shared_with, solutions } = accountSide(world, account.id)
  changeAccountSide(world, account.id, {
    shared_with: [...new Set([...shared_with, partner])],
    solutions: solution ? [...new Set([...solutions, solution])] : solutions,
    users: assign ? [{ id: systemUser.id, name: systemUser.name, tasks: ['MANAGE'] }] : [],
  })
  tellPartner(world, 'PARTNER_ADDED', { partner, account, solution })
  ground.changed()
  return signupCode(ground, world)
}

/** A code as Embedded Signup gives it to the partner's page: for one use, for 30 seconds. */
export function signupCode(ground: Ground, world: World): string {
  const id = `AQ${secret()}`
  world.tokens.set(id, { id, kind: 'code', until: ground.clock.now() + codeMs, used: false })
  return id
}

/** A token of a business that signed up: never ends. */
export function businessToken(world: World): string {
  const id = `EAAB${secret()}`
  world.tokens.set(id, { id, kind: 'business', until: null, used: false })
  return id
}
