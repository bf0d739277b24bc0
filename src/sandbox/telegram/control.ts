import { Hono } from 'hono'
import { z } from 'zod'
import type { Acts } from './acts.ts'
import type { Membership } from './membership.ts'
import { Refusal } from './refusal.ts'
import type { World } from './world.ts'

const name = z.union([z.string(), z.number()])
const messageSchema = z.object({
  user: name,
  /** Without it, the user's own chat with the bot. */
  chat: name.optional(),
  text: z.string(),
  /** `null`: answer no question, even if the bot has just asked one. */
  reply_to: z.number().int().nullable().optional(),
  /** Topic of a forum; without it, that of the message that is answered, else "General". */
  topic: z.number().int().optional(),
})
const pressSchema = z.object({
  user: name,
  chat: name.optional(),
  message_id: z.coerce.number().int(),
  button: z.string(),
})
const barSchema = z.object({ chat: name, kind: z.enum(['blocked', 'kicked']).nullable() })
const languageSchema = z.object({ user: name, language_code: z.string().min(2) })
const upgradeSchema = z.object({ chat: name })
const topicSchema = z.object({ chat: name, name: z.string().min(1).max(128) })

interface ControlOptions {
  world: World
  act: Acts
  place: Membership
  /** How long `press` waits for the bot, in milliseconds of real time. */
  patience: number
}

/** What people and levers do: `POST /message`, `/press`, `/bar`, `/language`, `/upgrade`, `/topic`. Errors are `{error}`. */
export function controlRoutes({ world, act, place, patience }: ControlOptions): Hono {
  const control = new Hono()
  control.onError((error, c) => {
    if (error instanceof Refusal) return c.json({ error: error.message }, error.status)
    if (error instanceof z.ZodError) return c.json({ error: wrong(error) }, 400)
    if (error instanceof SyntaxError) return c.json({ error: 'The body is not JSON' }, 400)
    throw error
  })

  control.post('/message', async (c) => {
    const { user, chat, text, reply_to: replyTo, topic } = messageSchema.parse(await c.req.json())
    const message = act.write(act.person(user), act.chat(chat ?? act.person(user).id), text, { replyTo, topic })
    return c.json({ ok: true, message_id: message.id })
  })

  control.post('/press', async (c) => {
    const { user, chat, message_id, button } = pressSchema.parse(await c.req.json())
    const room = act.chat(chat ?? act.person(user).id)
    const answer = await act.press(act.person(user), room, message_id, button, patience)
    if (!answer) return c.json({ ok: true, unanswered: true })
    return c.json({ ok: true, ...(answer.text ? { [answer.alert ? 'alert' : 'toast']: answer.text } : {}) })
  })

  control.post('/bar', async (c) => {
    const { chat, kind } = barSchema.parse(await c.req.json())
    place.bar(act.chat(chat), kind)
    return c.json({ ok: true })
  })

  control.post('/language', async (c) => {
    const { user, language_code } = languageSchema.parse(await c.req.json())
    world.setLanguage(act.person(user).id, language_code)
    world.ground.changed()
    return c.json({ ok: true })
  })

  control.post('/upgrade', async (c) => {
    const { chat } = upgradeSchema.parse(await c.req.json())
    return c.json({ ok: true, chat: place.upgrade(act.chat(chat)).id })
  })

  control.post('/topic', async (c) => {
    const { chat, name } = topicSchema.parse(await c.req.json())
    return c.json({ ok: true, topic: place.openTopic(act.chat(chat), name) })
  })

  return control
}

/** What is wrong with a body, in one line. */
function wrong({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
}
