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

/** The channel of a phone number in any spelling, with or without the extra 9 of Brazilian mobiles. */
export function channelByPhone(world: World, phone: string): ChannelRow | undefined {
  const wanted = canonical(phone)
  return world.channels.values().find(({ setup_info }) => canonical(setup_info.phone_number) === wanted)
}

/** Digits only; a Brazilian mobile loses its extra 9, so that both spellings compare as one. */
function canonical(phone: string): string {
  const digits = phone.replace(/\D/g, '').replace(/^00/, '')
  return digits.replace(/^(55\d\d)9([6-9]\d{7})$/, '$1$2')
}
