import { z } from 'zod'
import { SlackError } from './errors.ts'
import { type Outcome, outcome } from './outcome.ts'
import type { Parts } from './parts.ts'
import { bot, handle, team } from './people.ts'
import { personBy, roomBy, slackbotSays } from './person-acts.ts'
import { reply } from './response-urls.ts'

export const commandSchema = z.object({
  user: z.string(),
  channel: z.string(),
  command: z.string().regex(/^\/[^\s/]+$/, 'a command looks like /portdesk'),
  text: z.string().default(''),
})

/** A person sends a slash command; the app's answer, if it gives one, is shown. */
export async function runCommand(parts: Parts, given: z.infer<typeof commandSchema>): Promise<Outcome> {
  const person = personBy(given.user)
  const room = roomBy(given.channel, person)
  const at = { channel: room.id, user: person.id }
  const taken = await parts.deliver.command({
    token: 'sandbox',
    team_id: team.id,
    team_domain: team.domain,
    channel_id: room.id,
    channel_name: room.dm ? 'directmessage' : room.name,
    user_id: person.id,
    user_name: handle(person),
    command: given.command,
    text: given.text,
    api_app_id: bot.app,
    is_enterprise_install: 'false',
    response_url: parts.replies.make(at),
    trigger_id: parts.triggers.make(person.id),
  })
  const failed = (why: string) => slackbotSays(parts, person, room, `${given.command} failed ${why}`)
  if (!taken.ok) {
    failed(taken.reason === 'http_error' ? 'with the error "dispatch_failed"' : 'because the app did not respond')
    return outcome(taken)
  }
  const wrong = taken.body === undefined ? undefined : shown(() => parts.replies.say(at, reply.parse(taken.body)))
  if (!wrong) return outcome(taken)
  failed(`with the error "${wrong}"`)
  return { ok: false, error: `the app answered something that Slack does not show: ${wrong}` }
}

/** Why the app's answer could not be shown, if so. */
function shown(show: () => void): string | undefined {
  try {
    show()
    return undefined
  } catch (error) {
    if (error instanceof SlackError) return error.message
    if (error instanceof z.ZodError) return 'invalid_command_response'
    throw error
  }
}
