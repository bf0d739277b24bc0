import type { NumberState } from '../state.ts'
import { canonical, entryOf, metaSideOf } from './find.ts'
import { type MoreLevers, moreButtons, moreLevers } from './levers-more.ts'
import { isServed } from './migration-checks.ts'
import type { AccountRow, NumberRow } from './rows.ts'
import type { World } from './world.ts'

/** A number as the page shows it. What its levers depend on beside that is not part of the state's JSON. */
export type NumberInWorld = NumberState & MoreLevers

/** All numbers of the world, as the page shows them beside their levers: those at 360dialog, then those elsewhere. */
export function numberStates(world: World): NumberInWorld[] {
  const here = world.channels.values().flatMap(({ id }) => {
    const entry = entryOf(world, id)
    if (!entry) return []
    const { channel, aside, account, number } = entry
    const client = channel.client_id
    return {
      phone: channel.setup_info.phone_number,
      name: channel.setup_info.phone_name ?? 'no display name yet',
      partner: channel.partner_id,
      client,
      channel: id,
      waba: account.id,
      ownership: ownershipOf(account),
      pin: pinOf(number),
      status: number?.status ?? 'not yet at Meta',
      hub_status: channel.hub_status,
      quality: channel.current_quality_rating ?? 'UNKNOWN',
      note: aside.note,
      [moreLevers]: () => moreButtons(world, { phone: channel.setup_info.phone_number, account, number, client }),
    }
  })
  const known = new Set(here.map(({ phone }) => canonical(phone)))
  const elsewhere = world.numbers.values().filter((one) => {
    return isServed(one) && !known.has(canonical(one.display_phone_number))
  })
  return [...here, ...elsewhere.flatMap((number) => outsider(world, number))]
}

/** A number that 360dialog does not have. */
function outsider(world: World, number: NumberRow): NumberInWorld[] {
  const side = metaSideOf(world, number.id)
  if (!side) return []
  const phone = number.display_phone_number.replace(/\D/g, '')
  const client = world.clients.values().find((one) => one.business_id === side.account.business_id)?.id
  return [
    {
      phone,
      name: typeof number.verified_name === 'string' ? number.verified_name : 'no display name yet',
      partner: '',
      client: '',
      channel: '',
      waba: side.account.id,
      ownership: ownershipOf(side.account),
      pin: pinOf(number),
      status: number.status,
      hub_status: 'not at 360dialog',
      quality: typeof number.quality_rating === 'string' ? number.quality_rating : 'UNKNOWN',
      note: `at another provider, WABA ${side.account.name}`,
      [moreLevers]: () => moreButtons(world, { phone, account: side.account, number, client }),
    },
  ]
}

const ownershipOf = ({ ownership_type }: AccountRow): NumberState['ownership'] =>
  ownership_type === 'ON_BEHALF_OF' ? 'ON_BEHALF_OF' : 'CLIENT_OWNED'

const pinOf = (number: NumberRow | undefined) =>
  typeof number?.is_pin_enabled === 'boolean' ? number.is_pin_enabled : null
