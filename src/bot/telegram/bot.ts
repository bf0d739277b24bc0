import { Bot } from 'grammy'
import type { Update } from 'grammy/types'
import { Hono } from 'hono'
import type Keyv from 'keyv'
import type { Logger } from 'pino'
import type { Env } from '../../config.ts'
import type { Clock } from '../../time.ts'
import type { Chats } from '../chats.ts'
import type { People } from '../people.ts'
import type { WriteInPrivate } from '../private-message.ts'
import { SendError, type Surface } from '../surface.ts'
import type { Talk } from '../talk.ts'
import { openConversations } from './conversation.ts'
import { type Forms, openForms } from './form.ts'
import { escapeHtml } from './html-text.ts'
import { nameOf, speakerOf, topicOf } from './incoming.ts'
import { introduce, type MenuEntry } from './introduce.ts'
import { openMessages } from './messages.ts'
import { onMembership } from './on-membership.ts'
import { onMessage } from './on-message.ts'
import { type CardOf, onPress } from './on-press.ts'
import { patient } from './patience.ts'
import { openPolling } from './polling.ts'
import { telegramInPrivate } from './private-message.ts'
import { openReplies } from './replies.ts'
import { telegramSurface } from './surface.ts'
import { openTaker, type Seen } from './taker.ts'
import type { TelegramTexts } from './texts.ts'
import { webhookRoutes } from './webhook.ts'

export interface TelegramBot {
  /** `POST /webhook`, mounted at `/telegram`. */
  routes: Hono
  surface: Surface
  inPrivate: WriteInPrivate
  /** Introduces the bot to Telegram and begins to listen. @throws Error with a sentence for the admin. */
  start(): Promise<void>
  /** Hears nothing new, and lets running work finish. */
  stop(): Promise<void>
  ready(): boolean
}

export interface TelegramBotOptions {
  env: Pick<Env, 'PUBLIC_URL' | 'TELEGRAM_API_ROOT' | 'TELEGRAM_BOT_TOKEN' | 'TELEGRAM_WEBHOOK_SECRET'>
  clock: Clock
  talk: Talk
  people: People
  /** Hears of groups that have another id now. */
  chats: Pick<Chats, 'follow'>
  /** Half-filled forms; they may expire. */
  conversations: Keyv
  /** Keys of updates that were handled. */
  seen: Seen
  texts: TelegramTexts
  cardOf: CardOf
  /** Hears of each message that is no card and no message of a case. */
  sent?: (chat: string, id: number) => Promise<void>
  /** The commands that Telegram offers people. */
  menu: MenuEntry[]
  log: Logger
  times?: Partial<typeof usualTimes>
}

/** In milliseconds of real time; `tries` is a number. */
const usualTimes = {
  /** A webhook is answered after this at the latest: with 200 when the update is done, else Telegram repeats it. */
  webhook: 2500,
  /** A press is answered after this at the latest. */
  press: 500,
  /** The longest "too many requests" that is waited out for a person. */
  throttled: 10_000,
  /** Between tries of a polled update. */
  retry: 500,
  /** One try of an update. */
  update: 60_000,
  tries: 3,
}

const allowed = ['message', 'callback_query', 'my_chat_member'] as const

/** The desk in Telegram: by webhook when the desk has a public address, else by long polling. */
export function telegramBot(options: TelegramBotOptions): TelegramBot {
  const { env, talk, people, texts, log } = options
  const times = { ...usualTimes, ...options.times }
  const apiRoot = env.TELEGRAM_API_ROOT.replace(/\/+$/, '')
  const bot = new Bot(env.TELEGRAM_BOT_TOKEN, { client: { apiRoot, timeoutSeconds: 10 } })
  const messages = patient(openMessages(bot.api, options.sent), times.throttled)
  const carryOut = openReplies({ messages, forms: () => forms })
  const forms: Forms = openForms({
    conversations: openConversations(options.conversations, options.clock),
    messages,
    texts,
    now: options.clock.now,
    async submit(speaker, ref, values, key) {
      const actor = await people.telegram(speaker.user, speaker.chat, speaker.topic)
      return actor ? talk.submit(actor, ref, values, { key }) : talk.stranger('telegram', speaker.language)
    },
  })
  const parts = { ...options, api: bot.api, me: () => bot.botInfo, forms, messages, carryOut, patience: times.press }
  const handlers = { message: onMessage(parts), press: onPress(parts), membership: onMembership(parts) }

  const work = async (update: Update, key: string) => {
    try {
      if (update.message) await handlers.message(update.message, key)
      else if (update.callback_query) await handlers.press(update.callback_query, key)
      else if (update.my_chat_member) await handlers.membership(update.my_chat_member, key)
    } catch (error) {
      // Who has shut the bot out cannot be answered, however often it is tried.
      if (!(error instanceof SendError && error.problem.kind === 'broken')) throw error
      log.warn({ update: update.update_id, reason: error.problem.words }, 'A chat cannot be answered')
    }
  }

  const letGo = async (update: Update, id: string) => {
    const from = update.message?.from ?? update.callback_query?.from
    const message = update.message ?? update.callback_query?.message
    if (!from || !message) return
    const { chat } = message
    const actor = await people.telegram({ id: from.id, name: nameOf(from) }, String(chat.id))
    const { language } = speakerOf(from, chat, { language: actor?.language })
    await messages.send(String(chat.id), { html: escapeHtml(texts.sorry(language, id)), topic: topicOf(message) })
  }

  const taker = openTaker({ seen: options.seen, work, letGo, tries: times.tries, limitMs: times.update, log })
  const take = (update: Update) => taker.take(update)
  const polling = openPolling({
    token: env.TELEGRAM_BOT_TOKEN,
    apiRoot,
    allowed,
    take,
    retryMs: times.retry,
    log,
  })
  let listening = false
  const hook = webhookOf(env)
  const routes = hook
    ? webhookRoutes({ bot, secret: hook.secret, take, limitMs: times.webhook, listening: () => listening, log })
    : new Hono()

  return {
    routes,
    surface: telegramSurface(bot.api),
    inPrivate: telegramInPrivate(messages),
    async start() {
      bot.botInfo = await introduce(bot.api, { apiRoot, menu: options.menu, webhook: hook, allowed })
      listening = true
      if (!hook) polling.start()
      log.info({ bot: bot.botInfo.username, by: hook ? 'webhook' : 'polling' }, 'Telegram is listening')
    },
    async stop() {
      listening = false
      if (!hook) await polling.stop()
      await taker.idle()
    },
    ready: () => listening && (hook !== undefined || polling.ready()),
  }
}

/** Where Telegram sends updates, and the secret that it sends along. `undefined`: the bot polls. */
function webhookOf({ PUBLIC_URL: root, TELEGRAM_WEBHOOK_SECRET: secret }: TelegramBotOptions['env']) {
  if (root === undefined) return undefined
  if (secret === undefined) throw new Error('TELEGRAM_WEBHOOK_SECRET is missing')
  return { url: `${root.replace(/\/+$/, '')}/telegram/webhook`, secret }
}
