import type { FileReply, Reply } from '../reply.ts'
import { slackCode } from './send-problem.ts'
import type { Side } from './side.ts'
import type { SlackClient } from './slack-types.ts'

export type WithoutFile = Exclude<Reply, { do: 'file' }>

/** Sends the files among the replies to the person's direct messages; in their place stands a sentence that says so. */
export async function withFilesSent({ client, log }: Side, user: string, replies: Reply[]): Promise<WithoutFile[]> {
  const told: WithoutFile[] = []
  for (const reply of replies) {
    if (reply.do !== 'file') {
      told.push(reply)
      continue
    }
    try {
      await sendFile(client, user, reply.file)
      told.push({ do: 'toast', text: reply.file.elsewhere })
    } catch (err) {
      log.warn({ err, code: slackCode(err) }, 'A file could not be sent in Slack')
      told.push({ do: 'toast', text: reply.file.failed, alert: true })
    }
  }
  return told
}

/** The three calls of an upload. @throws when Slack refuses one of them. */
async function sendFile(client: SlackClient, user: string, { name, content, text }: FileReply): Promise<void> {
  const bytes = new TextEncoder().encode(content)
  const { channel } = await client.conversations.open({ users: user })
  const place = await client.files.getUploadURLExternal({ filename: name, length: bytes.length })
  if (!channel?.id || !place.upload_url || !place.file_id) throw new Error('Slack named no place for the file')
  const taken = await fetch(place.upload_url, { method: 'POST', body: bytes, signal: AbortSignal.timeout(30_000) })
  if (!taken.ok) throw new Error(`Slack did not take the file: HTTP ${taken.status}`)
  await client.files.completeUploadExternal({
    files: [{ id: place.file_id, title: name }],
    channel_id: channel.id,
    initial_comment: text,
  })
}
