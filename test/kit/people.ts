import type { Sandbox } from '../../src/sandbox/index.ts'
import type { SlackMessage, TelegramMessage } from '../../src/sandbox/state.ts'
import { buttonsOf, textsOf } from './blocks.ts'

/** Somebody who talks to the desk in a chat, whichever it is. */
export interface Person {
  /** Types a message; in Slack a line that starts with `/portdesk` is the command. `about` answers a message that reads so. */
  says(text: string, about?: RegExp): Promise<void>
  /** Presses the newest button that reads so, on a message that reads so. Answers what the chat told the person at once. */
  presses(button: string | RegExp, on?: RegExp): Promise<string>
  /** Fills in the open modal and submits it; keys are labels or ids. Answers the errors shown. */
  submits(values: Record<string, unknown>): Promise<Record<string, string>>
  /** Waits until some message this person can see reads so, and answers its text. */
  sees(pattern: RegExp): Promise<string>
  /** Waits until the newest message of this person's room reads so. */
  seesLast(pattern: RegExp): Promise<string>
  /** Whether some visible message reads so right now. */
  canSee(pattern: RegExp): boolean
  /** The texts of all visible messages, oldest first. */
  texts(): string[]
  /** The labels of the buttons on the newest message that reads so. */
  buttons(on: RegExp): string[]
}

interface Backstage {
  sandbox: Sandbox
  post(path: string, body: unknown): Promise<unknown>
}

const patience = 30_000

/** Waits for something to become visible: looks at each change of the world, never at the clock. */
export function until<T>(sandbox: Sandbox, look: () => T | undefined, wanted: () => string): Promise<T> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const found = look()
      if (found === undefined) return false
      clearTimeout(timer)
      stop()
      resolve(found)
      return true
    }
    const stop = sandbox.onChange(() => void check())
    const timer = setTimeout(() => {
      stop()
      reject(new Error(wanted()))
    }, patience)
    check()
  })
}

const slackText = (message: SlackMessage) =>
  (message.blocks.length ? textsOf(message.blocks).join('\n') : message.text)
    .replace(/[*~`]/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

const telegramText = (message: TelegramMessage) => message.text

function seeing<M>(sandbox: Sandbox, who: string, messages: () => M[], textOf: (message: M) => string) {
  const newest = (pattern: RegExp) => messages().findLast((message) => pattern.test(textOf(message)))
  const list = () =>
    messages()
      .map((message) => `  | ${textOf(message).replaceAll('\n', '\n  | ')}`)
      .join('\n  ----\n')
  return {
    newest,
    find: (pattern: RegExp, what: string) =>
      until(
        sandbox,
        () => newest(pattern),
        () => `${who} ${what} ${pattern}, but sees:\n${list()}`,
      ),
    sees: async (pattern: RegExp) =>
      textOf(
        await until(
          sandbox,
          () => newest(pattern),
          () => `${who} does not see ${pattern}, but:\n${list()}`,
        ),
      ),
    seesLast: (pattern: RegExp) =>
      until(
        sandbox,
        () => {
          const last = messages().at(-1)
          return last && pattern.test(textOf(last)) ? textOf(last) : undefined
        },
        () => `${who}'s last message is not ${pattern}, but:\n${list()}`,
      ),
    canSee: (pattern: RegExp) => newest(pattern) !== undefined,
    texts: () => messages().map(textOf),
  }
}

const matches = (label: string, wanted: string | RegExp) =>
  typeof wanted === 'string' ? label === wanted : wanted.test(label)

/** Somebody of the desk's Slack workspace, in the channel of the cases. */
export function slackPerson({ sandbox, post }: Backstage, user: string, channel = 'C0CASES'): Person {
  const messages = () => {
    const all = sandbox
      .state()
      .slack.channels.flatMap((each) => (each.id === channel || each.id === 'C0ALERTS' ? each.messages : []))
    return all.filter((message) => message.ephemeral_to === undefined || message.ephemeral_to === user)
  }
  const eyes = seeing(sandbox, user, messages, slackText)
  const tell = (result: unknown) => {
    const { ok, error } = result as { ok: boolean; error?: string }
    if (!ok && error) throw new Error(`${user}: ${error}`)
  }
  return {
    ...eyes,
    async says(text, about) {
      const command = /^\/(\w+)\s*(.*)$/s.exec(text)
      if (command)
        return tell(await post('/api/slack/command', { user, channel, command: `/${command[1]}`, text: command[2] }))
      const root = about && (await eyes.find(about, 'wants to answer'))
      tell(
        await post('/api/slack/message', {
          user,
          channel,
          text,
          ...(root && { thread_ts: root.thread_ts ?? root.ts }),
        }),
      )
    },
    async presses(button, on = /./) {
      const { message, action_id } = await until(
        sandbox,
        () => {
          for (const message of messages().reverse()) {
            if (!on.test(slackText(message))) continue
            const hit = buttonsOf(message.blocks).find(({ label }) => matches(label, button))
            if (hit) return { message, action_id: hit.action_id }
          }
          return undefined
        },
        () =>
          `${user} finds no button ${button} on ${on}; sees:\n${messages()
            .map((m) => `${slackText(m)} [${buttonsOf(m.blocks).map((b) => b.label)}]`)
            .join('\n----\n')}`,
      )
      tell(await post('/api/slack/press', { user, channel: message.channel, ts: message.ts, action_id }))
      return ''
    },
    async submits(values) {
      const modal = await until(
        sandbox,
        () =>
          sandbox
            .state()
            .slack.modals.findLast((each) => each.user === user && JSON.stringify(each.view).includes('"input"')),
        () => `${user} sees no form`,
      )
      const result = await post('/api/slack/submit', { user, view_id: modal.view_id, values })
      const { errors } = result as { errors?: Record<string, string> }
      if (!errors) tell(result)
      return errors ?? {}
    },
    buttons: (on) => buttonsOf(eyes.newest(on)?.blocks ?? []).map(({ label }) => label),
  }
}

/** Somebody in a Telegram chat; of a forum, in that topic or in "General". */
export function telegramPerson({ sandbox, post }: Backstage, user: number, chat: number, topic?: number): Person {
  const messages = () => {
    const all = sandbox.state().telegram.chats.find(({ id }) => id === chat)?.messages ?? []
    return all.filter((message) => message.topic === topic)
  }
  const eyes = seeing(sandbox, `Telegram ${user}`, messages, telegramText)
  return {
    ...eyes,
    async says(text, about) {
      const answered = about && (await eyes.find(about, 'wants to answer'))
      const more = { ...(answered && { reply_to: answered.message_id }), ...(topic !== undefined && { topic }) }
      await post('/api/telegram/message', { user, chat, text, ...more })
    },
    async presses(button, on = /./) {
      const hit = await until(
        sandbox,
        () => {
          for (const message of messages().slice().reverse()) {
            if (!on.test(telegramText(message))) continue
            const label = message.keyboard?.flat().find(({ text }) => matches(text, button))?.text
            if (label) return { message_id: message.message_id, label }
          }
          return undefined
        },
        () =>
          `Telegram ${user} finds no button ${button} on ${on}; sees:\n${messages()
            .map((m) => `${m.text} [${m.keyboard?.flat().map((b) => b.text)}]`)
            .join('\n----\n')}`,
      )
      const result = await post('/api/telegram/press', { user, chat, message_id: hit.message_id, button: hit.label })
      const { toast = '', alert = '' } = result as { toast?: string; alert?: unknown }
      return toast || (typeof alert === 'string' ? alert : '')
    },
    submits: () => Promise.reject(new Error('There are no forms in Telegram')),
    buttons: (on) =>
      eyes
        .newest(on)
        ?.keyboard?.flat()
        .map(({ text }) => text) ?? [],
  }
}
