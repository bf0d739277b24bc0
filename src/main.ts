import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { Logger } from 'pino'
import { caseCard } from './bot/case-card.ts'
import { conversationsIn } from './bot/conversation.ts'
import { openCourier } from './bot/courier.ts'
import { deskTalk } from './bot/desk-talk.ts'
import { rememberLast } from './bot/last-messages.ts'
import { peopleOf } from './bot/people.ts'
import { seenIn } from './bot/seen.ts'
import { slackApp } from './bot/slack/app.ts'
import { commandMenu, slackWords, telegramTexts } from './bot/surface-words.ts'
import { telegramBot } from './bot/telegram/bot.ts'
import { openTexts } from './bot/texts.ts'
import { whisperer } from './bot/whisper.ts'
import { platformActions, secretActions } from './cases/actions/index.ts'
import { openDesk } from './cases/desk.ts'
import type { Config } from './config.ts'
import type { Flow } from './flows/engine/types.ts'
import { catalogue } from './flows/index.ts'
import { circuit } from './meta/circuit.ts'
import { finder } from './meta/find.ts'
import { graphClient } from './meta/graph.ts'
import { hubClient } from './meta/hub.ts'
import { lookUp } from './meta/look-up.ts'
import { rosters } from './meta/roster.ts'
import { websiteProbe } from './meta/website.ts'
import { webhookDoor } from './notify/door.ts'
import type { Database } from './store/db.ts'
import { openKv } from './store/kv.ts'
import { openQueue } from './store/queue.ts'
import type { Clock } from './time.ts'

export interface Portdesk {
  /** Where it listens: `http://127.0.0.1:3000`. */
  url: string
  /** Takes nothing new, finishes what it does, then stops in reverse order. The database stays open. */
  close(): Promise<void>
}

export interface PortdeskOptions {
  config: Config
  db: Database
  clock: Clock
  log: Logger
  flows?: readonly Flow[]
}

const day = 24 * 3_600_000

/** Builds the parts and starts them. */
export async function startPortdesk({ config, db, clock, log, flows = catalogue }: PortdeskOptions): Promise<Portdesk> {
  const { env, desk: deskConfig } = config
  const closers: (() => unknown)[] = []
  const started = <T>(part: T, close: () => unknown): T => {
    closers.unshift(close)
    return part
  }
  const close = async () => {
    for (const each of closers.splice(0)) await each()
  }
  try {
    const kv = await openKv({ db, redisUrl: env.REDIS_URL, now: clock.now, log })
    started(kv, () => kv.close())
    const queue = openQueue({ db, log })
    const platforms = platformsOf(config, kv.namespace('platform', { ttlMs: 60_000 }), clock, log)
    const desk = openDesk({
      db,
      queue,
      config: deskConfig,
      flows,
      clock,
      log,
      ...platforms,
      // The surfaces are built with the desk, so it gets hold of them later.
      whisper: (whispered) => whisper(whispered),
    })
    const textsOf = openTexts(new URL('../locales/', import.meta.url))
    const memory = kv.namespace('conversation', { ttlMs: 7 * day })
    const partnerName = (id: string | undefined) => deskConfig.partners.find((partner) => partner.id === id)?.name
    const conversations = conversationsIn(memory)
    const talk = deskTalk({ desk, textsOf, conversations, clock, partnerName })
    const people = peopleOf(deskConfig)
    const seen = started(seenIn(db), () => undefined)
    closers.unshift(() => seen.close())

    const slack = await slackApp({
      env,
      talk,
      people,
      log,
      words: slackWords(textsOf),
      casesChannel: deskConfig.slack.cases,
      seen: async (key) => !(await seen.add(key)),
    })
    const telegram = await telegramBot({
      env,
      clock,
      talk,
      people,
      log,
      seen,
      conversations: kv.namespace('form', { ttlMs: day }),
      texts: telegramTexts(textsOf),
      menu: commandMenu(textsOf),
      sent: rememberLast(db, 'telegram'),
      async cardOf(actor, press) {
        const view = press.case === undefined ? undefined : await desk.view(actor, press.case)
        const texts = textsOf(actor.language, actor.timeZone)
        return view && caseCard(view, { texts, now: clock.now() })
      },
    })

    const inPrivate = { slack: slack.inPrivate, telegram: telegram.inPrivate }
    const whisper = whisperer({ inPrivate, config: deskConfig, textsOf, log })
    await queue.start(desk.jobs)
    started(queue, () => queue.stop())
    const courier = openCourier({
      db,
      desk,
      surfaces: [slack.surface, telegram.surface],
      config: deskConfig,
      textsOf,
      clock,
      log,
    })
    const ready = async () => ({
      database: await answers(db),
      queue: await queue.ready(),
      slack: slack.ready(),
      telegram: telegram.ready(),
    })
    const http = await listen(
      webOf({ slack: slack.routes, telegram: telegram.routes, webhooks: webhookDoor({ env, desk, log }), ready }),
      env,
    )
    started(http, () => closeServer(http))
    await Promise.all([slack.start(), telegram.start()])
    started(slack, () => Promise.all([slack.stop(), telegram.stop()]))
    courier.start()
    started(courier, () => courier.stop())
    desk.start()
    started(desk, () => desk.stop())
    return { url: `http://${env.HOST}:${(http.address() as AddressInfo).port}`, close }
  } catch (error) {
    await close()
    throw error
  }
}

function platformsOf(
  { env, desk, hubKeys }: Config,
  cache: import('./meta/cache.ts').Cache,
  clock: Clock,
  log: Logger,
) {
  const { now } = clock
  const hubCircuit = circuit({ now })
  const hubs = Object.fromEntries(
    desk.partners.map(({ id, hub }) => [
      id,
      hubClient({
        baseUrl: env.HUB_API_URL,
        partner: hub.partner,
        credentials: { apiKey: hubKeys[id] ?? '' },
        now,
        log,
        cache,
        // A dead Hub is found out once, not once for every partner.
        circuit: hubCircuit,
      }),
    ]),
  )
  const graph = env.GRAPH_TOKEN
    ? graphClient({ baseUrl: env.GRAPH_API_URL, version: env.GRAPH_VERSION, token: env.GRAPH_TOKEN, now, log })
    : undefined
  const hubOf = (id: string | undefined) => (id === undefined ? undefined : hubs[id])
  const platforms = { hubOf, graph, cancelByApi: desk.cancellation?.byApi === true }
  return {
    actions: { ...platformActions(platforms), ...secretActions(platforms) },
    finder: finder({ hubs }),
    rosters: rosters({ hubs, now, cache }),
    lookUp: lookUp({
      hubs,
      graph,
      now,
      cache,
      creditBusinesses: Object.fromEntries(
        desk.partners.flatMap(({ id, metaBusiness: own }) => (own ? [[id, own]] : [])),
      ),
      website: websiteProbe({ allow: env.WEBSITE_PROBE_ALLOW, log }),
    }),
  }
}

function webOf(parts: {
  slack: Hono
  telegram: Hono
  webhooks: Hono
  ready: () => Promise<Record<string, boolean>>
}): Hono {
  const web = new Hono()
  web.route('/slack', parts.slack)
  web.route('/telegram', parts.telegram)
  web.route('/webhooks', parts.webhooks)
  web.get('/healthz', async (context) => {
    const state = await parts.ready()
    return context.json(state, Object.values(state).every(Boolean) ? 200 : 503)
  })
  return web
}

async function answers(db: Database): Promise<boolean> {
  return db.run('select 1').then(
    () => true,
    () => false,
  )
}

function listen(web: Hono, { PORT, HOST }: Config['env']): Promise<Server> {
  const http = createServer(getRequestListener(web.fetch, { overrideGlobalObjects: false }))
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Port ${PORT} is taken. Set PORT to another port.`
      reject(error.code === 'EADDRINUSE' ? new Error(taken, { cause: error }) : error)
    })
    http.listen(PORT, HOST, () => resolve(http))
  })
}

function closeServer(http: Server): Promise<void> {
  return new Promise((resolve) => {
    http.close(() => resolve())
    http.closeIdleConnections()
    setTimeout(() => http.closeAllConnections(), 3000).unref()
  })
}
