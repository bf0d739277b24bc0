import { isServed } from './migration-checks.ts'
import type { AccountRow, AsideRow, ChannelRow, NumberRow, WabaRow } from './rows.ts'
import type { World } from './world.ts'

/** One number with everything that belongs to it. `number` is missing while Meta does not know it yet. */
export interface Entry {
  channel: ChannelRow
  aside: AsideRow
  waba: WabaRow
  account: AccountRow
  number?: NumberRow
}

/** One number as Meta has it, with what 360dialog has of it. */
export interface MetaSide {
  number: NumberRow
  account: AccountRow
  channel?: ChannelRow
  waba?: WabaRow
}

/** Everything about a number of Meta, as it is now. */
export function metaSideOf(world: World, id: string): MetaSide | undefined {
  const number = world.numbers.get(id)
  const account = number && world.accounts.get(number.waba_id)
  if (!account) return undefined
  const channel = world.channels.values().findLast(({ external_id }) => external_id === id)
  const waba =
    (channel && world.wabas.get(channel.waba_account_id)) ??
    world.wabas.values().find(({ external_id }) => external_id === account.id)
  return { number, account, ...(channel && { channel }), ...(waba && { waba }) }
}

/** Meta's id of a WABA by that id, by 360dialog's, or by a phone number in it. */
export function accountByAny(world: World, given: string): AccountRow | undefined {
  const known = world.accounts.get(given) ?? world.accounts.get(world.wabas.get(given)?.external_id ?? '')
  if (known) return known
  const channel = channelByPhone(world, given)
  const waba = channel && world.wabas.get(channel.waba_account_id)
  return world.accounts.get(waba?.external_id ?? numberByPhone(world, given)?.waba_id ?? '')
}

/** Everything about a channel, as it is now. */
export function entryOf(world: World, channelId: string): Entry | undefined {
  const channel = world.channels.get(channelId)
  const waba = channel && world.wabas.get(channel.waba_account_id)
  const account = waba && world.accounts.get(waba.external_id)
  const aside = world.asides.get(channelId)
  if (!channel || !waba || !account || !aside) return undefined
  const number = channel.external_id ? world.numbers.get(channel.external_id) : undefined
  return { channel, aside, waba, account, ...(number && { number }) }
}

/** The channel that is not over yet comes first. */
const young = (a: ChannelRow, b: ChannelRow) => Number(a.terminated_at !== null) - Number(b.terminated_at !== null)

/** The node that serves a phone number now, wherever that is. */
export function servingNumber(world: World, phone: string): NumberRow | undefined {
  const wanted = canonical(phone)
  return world.numbers.values().findLast((one) => isServed(one) && canonical(one.display_phone_number) === wanted)
}

/** Meta's node of a phone number: that of its channel at 360dialog, else the one in use, else the youngest. */
export function numberByPhone(world: World, phone: string): NumberRow | undefined {
  const channel = channelByPhone(world, phone)
  if (channel) return channel.external_id ? world.numbers.get(channel.external_id) : undefined
  const wanted = canonical(phone)
  const all = world.numbers.values().filter((one) => canonical(one.display_phone_number) === wanted)
  return servingNumber(world, phone) ?? all.at(-1)
}

/** The channel of a phone number in any spelling, with or without the extra 9 of Brazilian mobiles. */
export function channelByPhone(world: World, phone: string): ChannelRow | undefined {
  const wanted = canonical(phone)
  return world.channels
    .values()
    .filter(({ setup_info }) => canonical(setup_info.phone_number) === wanted)
    .sort(young)[0]
}

/** Digits only; a Brazilian mobile loses its extra 9, so that both spellings compare as one. */
export function canonical(phone: string): string {
  const digits = phone.replace(/\D/g, '').replace(/^00/, '')
  return digits.replace(/^(55\d\d)9([6-9]\d{7})$/, '$1$2')
}
