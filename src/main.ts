import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { caseCard } from './bot/case-card.ts'
import { openChats } from './bot/chats.ts'
import { conversationsIn } from './bot/conversation.ts'
import { openCourier } from './bot/courier.ts'
import { deskTalk } from './bot/desk-talk.ts'
import { rememberLast } from './bot/last-messages.ts'
import { openCarrier } from './bot/notices/carrier.ts'
import { openPace } from './bot/notices/pace.ts'
import { tellRefusedKey } from './bot/notices/refused-keys.ts'
import { peopleOf } from './bot/people.ts'
import { roomsAtWork } from './bot/rooms-at-work.ts'
import { seenIn } from './bot/seen.ts'
import { slackApp } from './bot/slack/app.ts'
import { commandMenu, slackWords, telegramTexts } from './bot/surface-words.ts'
import { telegramBot } from './bot/telegram/bot.ts'
import { openTexts } from './bot/texts.ts'
import { whisperer } from './bot/whisper.ts'
import { openDesk } from './cases/desk.ts'
import type { Config } from './config.ts'
import type { Flow } from './flows/engine/types.ts'
import { catalogue } from './flows/index.ts'
import { openNotify } from './notify/open.ts'
import { platformsOf } from './platforms.ts'
import type { Database } from './store/db.ts'
import { openKv } from './store/kv.ts'
import { openQueue } from './store/queue.ts'
import type { Clock } from './time.ts'
import { answers, closeServer, listen, webOf } from './web.ts'

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
    const platforms = platformsOf({
      config,
      cache: kv.namespace('platform', { ttlMs: 60_000 }),
      clock,
      log,
      keyRefused: (partner, problem) => tellRefusedKey(db, { partner, problem }, clock.now(), deskConfig.slack.alerts),
    })
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
    const notify = openNotify({ db, config, desk, queue, ...platforms, clock, log })
    const textsOf = openTexts(new URL('../locales/', import.meta.url))
    const memory = kv.namespace('conversation', { ttlMs: 7 * day })
    const partnerName = (id: string | undefined) => deskConfig.partners.find((partner) => partner.id === id)?.name
    const conversations = conversationsIn(memory)
    const talk = deskTalk({
      desk,
      notices: notify.notices,
      deadLetters: notify.deadLetters,
      textsOf,
      conversations,
      clock,
      partnerName,
    })
    const chats = openChats({ config: deskConfig, db, clock, log })
    const people = peopleOf(deskConfig, chats.home)
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
      chats,
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
    const surfaces = [slack.surface, telegram.surface]
    const shared = { pace: openPace(clock.now), atWork: roomsAtWork() }
    const rooms = { db, surfaces, config: deskConfig, textsOf, clock, log, ...shared }
    const courier = openCourier({ ...rooms, desk })
    const carrier = openCarrier(rooms)
    notify.onChange(carrier.wake)
    const ready = async () => ({
      database: await answers(db),
      queue: await queue.ready(),
      slack: slack.ready(),
      telegram: telegram.ready(),
    })
    const http = await listen(notify.door, webOf({ slack: slack.routes, telegram: telegram.routes, ready }), env)
    started(http, () => closeServer(http))
    await Promise.all([slack.start(), telegram.start()])
    started(slack, () => Promise.all([slack.stop(), telegram.stop()]))
    courier.start()
    started(courier, () => courier.stop())
    await carrier.start()
    started(carrier, () => carrier.stop())
    notify.start()
    started(notify, () => notify.stop())
    desk.start()
    started(desk, () => desk.stop())
    return { url: `http://${env.HOST}:${(http.address() as AddressInfo).port}`, close }
  } catch (error) {
    await close()
    throw error
  }
}
