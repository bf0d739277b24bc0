import { z } from 'zod'
import { textsOf } from '../../kit/blocks.ts'
import type { Stage } from '../../kit/stage.ts'

/** Who reads what: the desk's channel of alerts and the chats of the partners, by 360dialog's id. */
export const rooms = ['desk', 'BrghtlPA', 'NordwnPA', 'SabiaxPA'] as const
export type Room = (typeof rooms)[number]

const chats: Record<Exclude<Room, 'desk'>, number> = { BrghtlPA: 7001, NordwnPA: -100200300, SabiaxPA: 7003 }

/** Everything that can be read in a room, oldest first. */
export function readIn({ sandbox }: Pick<Stage, 'sandbox'>, room: Room): string[] {
  const { slack, telegram } = sandbox.state()
  if (room !== 'desk')
    return plain(telegram.chats.find(({ id }) => id === chats[room])?.messages.map(({ text }) => text))
  const alerts = slack.channels.find(({ id }) => id === 'C0ALERTS')?.messages
  return plain(alerts?.map(({ blocks, text }) => (blocks.length ? textsOf(blocks).join('\n') : text)))
}

/** Everything that was ever sent to a room, also what an edit has replaced by now. */
export function sentTo({ sandbox }: Pick<Stage, 'sandbox'>, room: Room): string[] {
  const bodies = sandbox.ground.calls.since(0).flatMap(({ body }) => sentSchema.safeParse(body).data ?? [])
  const to = room === 'desk' ? 'C0ALERTS' : String(chats[room])
  return plain(
    bodies.flatMap(({ channel, chat_id, blocks, text }) => {
      if (String(channel ?? chat_id) !== to) return []
      return blocks ? textsOf(blocks).join('\n') : (text ?? [])
    }),
  )
}

const sentSchema = z.object({
  channel: z.string().optional(),
  chat_id: z.union([z.string(), z.number()]).optional(),
  blocks: z.array(z.looseObject({ type: z.string() })).optional(),
  text: z.string().optional(),
})

/** Without the marks of formatting. */
const plain = (texts: readonly string[] = []) =>
  texts.map((text) =>
    text.replaceAll(/[*~`]/g, '').replaceAll('\u00a0', ' ').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
  )

/** SQL that counts what platforms told and nobody has handled. */
export const unhandled = '((select count(*) from arrivals) + (select count(*) from inbox where handled_at is null))'

const owed = (now: number) => `select ${unhandled}
  + (select count(*) from notices where wanted > shown and delivery = 'live')
  + (select count(*) from notices where closed_at is null and look_at <= to_timestamp(${now} / 1000.0))
  + (select count(*) from deliveries where state = 'due') as n`

/** Webhooks that the desk has accepted leave the table. */
const underWay = ({ sandbox }: Pick<Stage, 'sandbox'>) => [...sandbox.ground.journal.table('webhooks').values()].length

/** Resolves when every webhook that was sent is accepted and handled. */
export async function allHeard(stage: Pick<Stage, 'ask' | 'sandbox'>): Promise<void> {
  for (;;) {
    const [row] = await stage.ask(`select ${unhandled} as n`)
    if (underWay(stage) + Number(row?.n) === 0) return
    await new Promise(setImmediate)
  }
}

/** Moves the clock on until everything that is to be told by now has been told: a room takes one message a second. */
export async function allTold(stage: Pick<Stage, 'ask' | 'clock' | 'sandbox'>): Promise<void> {
  await allHeard(stage)
  for (let seconds = 0; seconds < 900; seconds += 1) {
    const [row] = await stage.ask(owed(stage.sandbox.clock.now()))
    if (Number(row?.n) === 0) return
    await stage.clock.advance('PT1S')
  }
  throw new Error('something is owed to a room, and does not get there')
}

/** Resolves when a poll has found this, and it was handled. */
export async function polled({ ask }: Pick<Stage, 'ask'>, event: string): Promise<void> {
  const found = `select count(*) as n from inbox where source = 'poll' and handled_at is not null and body like '%"${event}"%'`
  for (;;) {
    const [row] = await ask(found)
    if (Number(row?.n) > 0) return
    await new Promise(setImmediate)
  }
}
