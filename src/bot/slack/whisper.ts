import type { Origin } from './origin.ts'
import { slackCode } from './send-problem.ts'
import type { KnownBlock, SlackClient } from './slack-types.ts'

export interface Whisper {
  user: string
  /** Without it, the person is told in direct messages. */
  origin: Origin | undefined
  text: string
  blocks: KnownBlock[]
  /** Takes the place of the ephemeral message that `origin.url` belongs to. */
  replace?: boolean
}

/** Shows something to one person: where they are if Slack allows it, else in direct messages. */
export async function whisper(client: SlackClient, { user, origin, text, blocks, replace }: Whisper): Promise<void> {
  const thread = origin?.thread ? { thread_ts: origin.thread } : {}
  if (origin?.url) {
    const kind = replace
      ? { replace_original: true }
      : { response_type: 'ephemeral', replace_original: false, ...thread }
    if (await posted(origin.url, { text, blocks, ...kind })) return
  }
  if (origin && origin.channel !== user) {
    try {
      await client.chat.postEphemeral({ channel: origin.channel, user, text, blocks, ...thread })
      return
    } catch (error) {
      if (!slackCode(error)) throw error
    }
  }
  await client.chat.postMessage({ channel: user, text, blocks, unfurl_links: false, unfurl_media: false })
}

/** Whether a `response_url` took the message; it does so five times within half an hour. */
async function posted(url: string, body: object): Promise<boolean> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    })
    return answer.ok
  } catch {
    return false
  }
}
