import { z } from 'zod'
import type { WriteInPrivate } from '../private-message.ts'
import { blockLimits } from './limits.ts'
import { mrkdwn } from './mrkdwn.ts'
import { sending } from './send-problem.ts'
import type { SlackClient } from './slack-types.ts'
import { paragraph, section } from './text-objects.ts'

const opened = z.object({ channel: z.object({ id: z.string() }) })

/** Writes into the person's direct messages with the app. A secret stands in the message alone, not in its notification. */
export const slackInPrivate =
  (client: SlackClient): WriteInPrivate =>
  async (user, { text, secret }) => {
    const { channel } = opened.parse(await sending(client.conversations.open({ users: user })))
    const shown = secret && section(`\`\`\`${mrkdwn(secret.value, blockLimits.section.text.max_length - 6)}\`\`\``)
    await sending(
      client.chat.postMessage({
        channel: channel.id,
        text: text[0] ?? '',
        blocks: [...text.map(paragraph), ...(shown ? [shown] : [])],
        unfurl_links: false,
        unfurl_media: false,
      }),
    )
  }
