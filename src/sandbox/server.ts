import { Hono } from 'hono'
import { z } from 'zod'
import { clockApi, clockNow } from './clock-api.ts'
import { fakeGraph } from './graph/index.ts'
import type { Ground } from './ground.ts'
import { guard } from './guard.ts'
import { fakeHub } from './hub/index.ts'
import { eventStreams } from './live.ts'
import { pageFiles } from './page-files.ts'
import { fakeSlack } from './slack/index.ts'
import type { SandboxState } from './state.ts'
import { fakeTelegram } from './telegram/index.ts'
import { levers } from './world/levers.ts'
import { leverButtons } from './world/levers-list.ts'
import { numberStates } from './world/numbers.ts'
import { clientSites } from './world/site.ts'
import { littleWorld } from './world/world.ts'

export interface SandboxServer {
  app: Hono
  /** The whole visible world, as `GET /api/state` answers it. */
  state(): SandboxState
  /** Tells every open page that something has changed. */
  tellPages(): void
  /** Takes over WebSocket requests of Slack's Socket Mode. */
  upgrade: ReturnType<typeof fakeSlack>['upgrade']
  /** Ends streams, sockets and long polls. */
  close(): Promise<void>
}

/** The whole sandbox as one HTTP app: the fake platforms, the control API and the page. */
export function sandboxServer(ground: Ground): SandboxServer {
  const world = littleWorld(ground)
  const slack = fakeSlack(ground)
  const telegram = fakeTelegram(ground)
  const clock = clockApi(ground.clock)
  const pages = eventStreams()
  const app = new Hono()
  app.use(guard(() => ground.ownUrl))
  app.use('/api/*', async (c, next) => {
    if (c.req.method === 'POST') await c.req.json()
    await next()
  })
  app.route('/slack', slack.routes)
  app.route('/telegram', telegram.routes)
  app.route('/hub', fakeHub(ground, world).routes)
  app.route('/graph', fakeGraph(ground, world).routes)
  app.route('/site', clientSites(world).routes)
  const state = (): SandboxState => {
    const numbers = numberStates(world)
    return {
      clock: clockNow(ground.clock),
      slack: slack.state(),
      telegram: telegram.state(),
      numbers: numbers.filter(({ channel }) => channel !== ''),
      elsewhere: numbers.filter(({ channel }) => channel === ''),
      faults: ground.faults.list(),
    }
  }
  app.get('/api/state', (c) => c.json(state()))
  app.get('/api/live', () => pages.open('event: changed\ndata: {}'))
  app.get('/api/calls', (c) => {
    const { since } = z.object({ since: z.coerce.number().int().nonnegative().default(0) }).parse(c.req.query())
    return c.json({ calls: ground.calls.since(since), last: ground.calls.last() })
  })
  app.get('/api/levers', (c) => {
    const phone = c.req.query('phone')?.replace(/\D/g, '')
    const numbers = numberStates(world)
    if (!phone) return c.json({ numbers: Object.fromEntries(numbers.map((one) => [one.phone, leverButtons(one)])) })
    const number = numbers.find((one) => one.phone === phone)
    return number
      ? c.json({ buttons: leverButtons(number) })
      : c.json({ error: `No number +${phone} in the sandbox.` }, 404)
  })
  app.route('/api/clock', clock.routes)
  app.route('/api/slack', slack.control)
  app.route('/api/telegram', telegram.control)
  const limits = (change: { rate?: boolean }) => {
    slack.limits(change)
    telegram.limits(change)
  }
  app.route('/api', levers(ground, world, { limits }).routes)
  app.route('/', pageFiles())
  app.notFound((c) => c.json({ error: `Nothing answers ${c.req.method} ${c.req.path} here.` }, 404))
  app.onError((error, c) => {
    if (error instanceof SyntaxError) return c.json({ error: 'The body is not JSON.' }, 400)
    if (error instanceof z.ZodError) return c.json({ error: sentence(error) }, 400)
    return c.json({ error: `The sandbox itself failed: ${error.message}` }, 500)
  })
  return {
    app,
    state,
    tellPages: () => pages.send('event: changed\ndata: {}'),
    upgrade: slack.upgrade,
    async close() {
      pages.close()
      clock.close()
      await Promise.all([slack.close(), telegram.close()])
    },
  }
}

/** What is wrong with a request, with the place, in one line. */
function sentence(error: z.ZodError): string {
  return `${error.issues.map((issue) => [issue.path.join('.'), issue.message].filter(Boolean).join(': ')).join('; ')}.`
}
