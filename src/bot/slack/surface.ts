import { z } from 'zod'
import type { Card } from '../card.ts'
import type { MessageId, Room, SayOptions, Surface } from '../surface.ts'
import { cardBlocks, cardText } from './blocks.ts'
import { sending, slackCode } from './send-problem.ts'
import type { SlackClient } from './slack-types.ts'

export interface SlackSurfaceOptions {
  /** Our bot id, once known: only our own messages are adopted. */
  botId: () => string | undefined
}

const eventType = 'portdesk'
/** Messages looked through for an earlier try, in pages. */
const page = 200
const pages = 5

/** Where the courier posts and edits cards in Slack. Every message carries its key in its metadata. */
export function slackSurface(client: SlackClient, { botId }: SlackSurfaceOptions): Surface {
  const post = async (room: Room, card: Card, { thread, broadcast, key }: SayOptions): Promise<MessageId> => {
    const inThread = thread ? { thread_ts: thread, reply_broadcast: broadcast ?? false } : {}
    const answer = await sending(
      client.chat.postMessage({
        channel: room.id,
        ...content(card),
        ...inThread,
        metadata: { event_type: eventType, event_payload: { key } },
        unfurl_links: false,
        unfurl_media: false,
      }),
    )
    return z.string().parse(answer.ts)
  }
  const edit = async (room: Room, card: Card, messageId: MessageId): Promise<MessageId> => {
    await sending(client.chat.update({ channel: room.id, ts: messageId, ...content(card) }))
    return messageId
  }
  const earlier = ({ id: channel }: Room, { key, thread, perhapsSaid }: SayOptions) =>
    perhapsSaid ? sending(findByKey(client, { channel, key, thread, botId: botId() })) : undefined
  return {
    name: 'slack',
    async show(room, card, { messageId, ...options }) {
      const known = messageId ?? (await earlier(room, options))
      return known ? edit(room, card, known) : post(room, card, options)
    },
    async say(room, card, options) {
      return (await earlier(room, options)) ?? post(room, card, options)
    },
  }
}

const content = (card: Card) => ({ text: cardText(card), blocks: cardBlocks(card) })

const messageSchema = z.object({
  ts: z.string(),
  bot_id: z.string().optional(),
  metadata: z.object({ event_type: z.string(), event_payload: z.object({ key: z.unknown() }).loose() }).optional(),
})

interface Wanted {
  channel: string
  key: string
  thread: string | undefined
  botId: string | undefined
}

/** The message of ours that carries the key, if it reached the room. */
async function findByKey(client: SlackClient, { channel, key, thread, botId }: Wanted): Promise<string | undefined> {
  let cursor: string | undefined
  for (let count = 0; count < pages; count += 1) {
    const options = { channel, limit: page, include_all_metadata: true, ...(cursor && { cursor }) }
    const answer = await (thread
      ? client.conversations.replies({ ...options, ts: thread })
      : client.conversations.history(options)
    ).catch((error: unknown) => {
      if (slackCode(error) === 'thread_not_found') return undefined
      throw error
    })
    for (const raw of answer?.messages ?? []) {
      const { data } = messageSchema.safeParse(raw)
      const ours = data?.metadata?.event_type === eventType && data.metadata.event_payload.key === key
      if (data && ours && (!botId || data.bot_id === botId)) return data.ts
    }
    cursor = answer?.response_metadata?.next_cursor || undefined
    if (!cursor) return undefined
  }
  return undefined
}
