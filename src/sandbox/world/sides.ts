import type { NumberRow } from './rows.ts'
import type { AccountSideRow, NumberSideRow } from './rows-meta.ts'
import type { World } from './world.ts'

/** The app and the system user behind the sandbox's Graph token. */
export const ownApp = { id: '440019283746551', name: 'Portdesk sandbox', link: 'https://portdesk.example' }
export const systemUser = { id: '61000000000001', name: 'Portdesk desk', role: 'ADMIN' }

/** The PIN of every number of the seed whose two-step verification is on. */
export const seedPin = '142857'

/** The hidden side of a WABA. Unless something else is written down, its 360dialog partner may work on it. */
export function accountSide(world: World, id: string): AccountSideRow {
  const known = world.accountSides.get(id)
  if (known) return known
  const partner = world.wabas.values().find(({ external_id }) => external_id === id)?.partner_id
  const business = partner && world.partners.get(partner)?.business
  return {
    id,
    shared_with: business ? [business] : [],
    solutions: [],
    apps: business ? [{ app: ownApp.id }] : [],
    users: business ? [{ id: systemUser.id, name: systemUser.name, tasks: ['MANAGE'] }] : [],
    stop: null,
    switched: false,
  }
}

export function changeAccountSide(world: World, id: string, change: Partial<AccountSideRow>): void {
  world.accountSides.set(id, { ...accountSide(world, id), ...change })
}

/** The hidden side of a number. */
export function numberSide(world: World, id: string): NumberSideRow {
  const known = world.numberSides.get(id)
  if (known) return known
  return {
    id,
    pin: world.numbers.get(id)?.is_pin_enabled === false ? null : seedPin,
    migrating_from: null,
    codes: [],
    verified_at: null,
    registers: [],
    blocked_until: null,
    guesses: [],
    deleted_at: null,
    maintenance: false,
  }
}

export function changeNumberSide(world: World, id: string, change: Partial<NumberSideRow>): void {
  world.numberSides.set(id, { ...numberSide(world, id), ...change })
}

/** The PIN that a number has now; `null`: two-step is off. What the node tells wins. */
export function pinOf(world: World, { id, is_pin_enabled: told }: NumberRow): string | null {
  if (told === false) return null
  const { pin } = numberSide(world, id)
  return told === true ? (pin ?? seedPin) : pin
}

/** Switches two-step on with that PIN, or off with `null`. */
export function setPin(world: World, id: string, pin: string | null): void {
  changeNumberSide(world, id, { pin })
  const row = world.numbers.get(id)
  if (row) world.numbers.set(id, { ...row, is_pin_enabled: pin !== null })
}
