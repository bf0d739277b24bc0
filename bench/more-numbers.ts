import type { Sandbox } from '../src/sandbox/index.ts'
import type { AsideRow, ChannelRow, NumberRow } from '../src/sandbox/world/rows.ts'

/** The healthy number of the sandbox that the others are like; it is Brightline's. */
const like = { channel: 'Kd73LmCH', node: '106381927740556' }

/** Gives Brightline's client so many more numbers, at 360dialog and at Meta. Answers their digits. */
export function plantNumbers({ ground: { journal } }: Sandbox, count: number): string[] {
  const channels = journal.table<ChannelRow>('world.channels')
  const nodes = journal.table<NumberRow>('world.numbers')
  const asides = journal.table<AsideRow>('world.asides')
  const channel = channels.get(like.channel)
  const node = nodes.get(like.node)
  const aside = asides.get(like.channel)
  if (!channel || !node || !aside) throw new Error('The sandbox does not have the number that the others are like')
  return Array.from({ length: count }, (_, n) => {
    const phone = `4930232${26000 + n}`
    const id = `Bn${String(n).padStart(4, '0')}CH`
    const meta = `1063819288${String(n).padStart(5, '0')}`
    channels.set(id, { ...channel, id, external_id: meta, setup_info: { ...channel.setup_info, phone_number: phone } })
    nodes.set(meta, { ...node, id: meta, display_phone_number: `+${phone}` })
    asides.set(id, { ...aside, id })
    return phone
  })
}
