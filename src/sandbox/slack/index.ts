import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Hono } from 'hono'
import type { Ground } from '../ground.ts'
import type { SlackState } from '../state.ts'
import { controlRoutes } from './control.ts'
import { deliveries } from './deliver.ts'
import { eventQueue } from './event-queue.ts'
import { slackMessages } from './messages.ts'
import { webMethods } from './methods.ts'
import type { Parts } from './parts.ts'
import { people, rooms } from './people.ts'
import { rates } from './rates.ts'
import { responseUrls } from './response-urls.ts'
import { botRoutes } from './routes.ts'
import { slackSockets } from './sockets.ts'
import { slackTables } from './tables.ts'
import { viewTriggers } from './triggers.ts'
import { slackViews } from './views.ts'

export interface FakeSlack {
  /** Mounted at `/slack`: `/api/<method>`, `/response/:id`, `/upload/:id`. */
  routes: Hono
  /** Mounted at `/api/slack`: what people do in the client. */
  control: Hono
  state(): SlackState
  /** Socket Mode under `/slack/socket/`. Answers false when the path is another one. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  /** `{rate: false}` switches the rate limits off. */
  limits(change: { rate?: boolean }): void
  /** Ends connections and tries. Events that are not acknowledged stay in the journal. */
  close(): Promise<void>
}

export interface FakeSlackOptions {
  /** Real milliseconds in which the app has to answer. */
  withinMs?: number
  /** Real milliseconds before each further try to deliver an event. */
  retryMs?: readonly number[]
}

/** A Slack with one workspace, one app and five people. */
export function fakeSlack(
  ground: Ground,
  { withinMs = 3000, retryMs = [200, 1000, 3000] }: FakeSlackOptions = {},
): FakeSlack {
  const tables = slackTables(ground.journal)
  const sockets = slackSockets()
  const deliver = deliveries(ground, { sockets, withinMs })
  const messages = slackMessages(ground, tables)
  const parts: Parts = {
    ground,
    messages,
    views: slackViews(ground, tables),
    triggers: viewTriggers(),
    replies: responseUrls(ground, tables, messages),
    deliver,
    events: eventQueue(ground, tables, { deliver, retryMs }),
  }
  const limiter = rates(ground.clock)
  const methods = webMethods(parts, tables, sockets)
  return {
    routes: botRoutes(ground, { methods, tables, rates: limiter, replies: parts.replies }),
    control: controlRoutes(parts),
    state: () => slackState(parts),
    upgrade: sockets.upgrade,
    limits({ rate = limiter.on }) {
      limiter.on = rate
    },
    async close() {
      parts.events.close()
      deliver.close()
      sockets.close()
    },
  }
}

function slackState({ messages, views }: Parts): SlackState {
  return {
    users: people.map(({ id, name, title }) => ({ id, name, title })),
    channels: rooms.map(({ id, name }) => ({ id, name, messages: messages.inRoom(id) })),
    modals: views.modals().map(({ id, user, view }) => ({ view_id: id, user, view })),
    homes: views.homes().map(({ id, user, view }) => ({ view_id: id, user, view })),
  }
}
