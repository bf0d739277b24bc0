import { z } from 'zod'
import { sendProblem } from './send-problem.ts'
import type { SlackClient } from './slack-types.ts'

/** Ids of the bot as a user and as a bot. */
export interface Identity {
  user: string
  bot: string
}

const schema = z.object({ user_id: z.string(), bot_id: z.string() })

/** Asks Slack whose token this is. @throws Error with a sentence on what to do. */
export async function whoAmI(client: SlackClient, apiUrl: string): Promise<Identity> {
  const answer = await client.auth.test().catch((cause: unknown) => {
    throw new Error(`Slack at ${apiUrl} does not let the bot in: ${sendProblem(cause).words}.`, { cause })
  })
  const identity = schema.safeParse(answer)
  if (!identity.success)
    throw new Error('SLACK_BOT_TOKEN is no bot token: it begins with xoxb-, see "OAuth & Permissions".')
  return { user: identity.data.user_id, bot: identity.data.bot_id }
}
