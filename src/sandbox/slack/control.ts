import { Hono } from 'hono'
import { z } from 'zod'
import { commandSchema, runCommand } from './command.ts'
import { Refusal } from './errors.ts'
import { outcome } from './outcome.ts'
import type { Parts } from './parts.ts'
import { directMessageOf } from './people.ts'
import { interactionBase, personBy, viewBy } from './person-acts.ts'
import { press, pressSchema } from './press.ts'
import { runShortcut, shortcutSchema } from './shortcut.ts'
import { submit, submitSchema } from './submit.ts'
import { typedSchema, typeMessage } from './type-message.ts'
import { viewPayload } from './views.ts'

const homeSchema = z.object({ user: z.string() })
const closeSchema = z.object({ user: z.string(), view_id: z.string() })

/** What people do in the client, as HTTP. Refused acts answer 4xx with a sentence; the app's failures answer 200. */
export function controlRoutes(parts: Parts): Hono {
  const routes = new Hono()
  routes.post('/command', async (c) => c.json(await runCommand(parts, commandSchema.parse(await c.req.json()))))
  routes.post('/message', async (c) => c.json(typeMessage(parts, typedSchema.parse(await c.req.json()))))
  routes.post('/press', async (c) => c.json(await press(parts, pressSchema.parse(await c.req.json()))))
  routes.post('/shortcut', async (c) => c.json(await runShortcut(parts, shortcutSchema.parse(await c.req.json()))))
  routes.post('/submit', async (c) => c.json(await submit(parts, submitSchema.parse(await c.req.json()))))
  routes.post('/home', async (c) => c.json(openHome(parts, homeSchema.parse(await c.req.json()))))
  routes.post('/close', async (c) => c.json(await closeModal(parts, closeSchema.parse(await c.req.json()))))
  routes.onError((error, c) => {
    if (error instanceof Refusal) return c.json({ error: error.message }, error.status)
    if (error instanceof SyntaxError) return c.json({ error: 'The body is not JSON.' }, 400)
    if (error instanceof z.ZodError) return c.json({ error: sentence(error) }, 400)
    throw error
  })
  return routes
}

function openHome({ events, views, messages }: Parts, given: z.infer<typeof homeSchema>) {
  const person = personBy(given.user)
  const home = views.home(person.id)
  events.add({
    type: 'app_home_opened',
    user: person.id,
    channel: directMessageOf(person.id)?.id,
    tab: 'home',
    event_ts: messages.stamp(),
    ...(home && { view: viewPayload(home) }),
  })
  return { ok: true }
}

async function closeModal(parts: Parts, given: z.infer<typeof closeSchema>) {
  const person = personBy(given.user)
  const row = viewBy(parts, given.view_id, person)
  if (row.kind === 'home') throw new Refusal(409, 'The App Home is not closed.')
  // `clear_on_close` closes the whole stack; the app hears of the view that was closed.
  if (row.view.clear_on_close === true) parts.views.closeAll(person.id)
  else parts.views.close(row)
  if (row.view.notify_on_close !== true) return { ok: true }
  const is_cleared = row.view.clear_on_close === true
  const payload = { type: 'view_closed', ...interactionBase(person), view: viewPayload(row), is_cleared }
  return outcome(await parts.deliver.interaction(payload))
}

const sentence = ({ issues }: z.ZodError) =>
  `${issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; ')}.`
