import type { Form, FormRef } from '../form.ts'
import type { Reply } from '../reply.ts'
import { SendError } from '../surface.ts'
import type { Conversation, Conversations } from './conversation.ts'
import { answeredHtml, promptOf } from './form-prompt.ts'
import { pressedChange, typedValue } from './form-value.ts'
import { escapeHtml } from './html-text.ts'
import type { Messages } from './messages.ts'
import type { Speaker } from './speaker.ts'
import type { TelegramTexts } from './texts.ts'

/** What came of something said or pressed while a form was open. */
export interface Answered {
  /** To be carried out. */
  replies: Reply[]
  /** To be called when they have been carried out: until then a repeat of the update finds the form as it was. */
  settle(): Promise<void>
}

/** Forms in Telegram: asked field by field. A person has one open form a chat. */
export interface Forms {
  /** Asks the first field; another open form of this person is forgotten. */
  start(speaker: Speaker, form: Form, key: string): Promise<void>
  /** A message, perhaps a reply to message `replyTo`. `undefined` when no form waits for it. */
  typed(
    speaker: Speaker,
    text: string,
    said: { key: string; replyTo?: number | undefined },
  ): Promise<Answered | undefined>
  /** A button under message `message`; `data` is what it carried after the form's mark. */
  pressed(speaker: Speaker, data: string, said: { key: string; message: number }): Promise<Answered>
  /** Ends the open form for a new command. Answers the title of a form that was half filled in. */
  end(speaker: Speaker, key: string): Promise<string | undefined>
}

export interface FormsOptions {
  conversations: Conversations
  messages: Messages
  texts: TelegramTexts
  now: () => number
  /** What to do with the values of a complete form. */
  submit(speaker: Speaker, ref: FormRef, values: Conversation['values'], key: string): Promise<Reply[]>
}

const nothing = async () => undefined

export function openForms({ conversations, messages, texts, now, submit }: FormsOptions): Forms {
  const ask = async (speaker: Speaker, conversation: Omit<Conversation, 'prompt' | 'at'>, key: string) => {
    const next: Conversation = { ...conversation, prompt: 0, askedFor: key, at: now() }
    const field = current(next)
    if (!field) throw new Error(`The form "${next.form.title}" has no field to ask`)
    const { html, markup } = promptOf(next, field, speaker, texts)
    const prompt = await messages.send(speaker.chat, { html, markup, topic: speaker.topic })
    await conversations.keep(speaker, { ...next, prompt })
  }

  /** Tidies a message up; when that fails, nothing is lost. */
  const rewrite = async (speaker: Speaker, message: number, html: string) => {
    await messages.edit(speaker.chat, message, { html }).catch(ignoreSendError)
  }

  const answer = async (speaker: Speaker, open: Conversation, value: string | string[], key: string) => {
    const [id = '', ...todo] = open.todo
    const field = current(open)
    const values = { ...open.values, [id]: value }
    const tidy = () => (field ? rewrite(speaker, open.prompt, answeredHtml(field, value, speaker, texts)) : nothing())
    if (todo.length > 0) {
      await tidy()
      await ask(speaker, { ...open, todo, values }, key)
      return done()
    }
    const replies = await submit(speaker, open.form.ref, values, key)
    await tidy()
    return submitted(speaker, { ...open, values }, replies, key)
  }

  const submitted = async (speaker: Speaker, open: Conversation, replies: Reply[], key: string): Promise<Answered> => {
    const errors = Object.assign({}, ...replies.map((reply) => (reply.do === 'errors' ? reply.errors : {})))
    const todo = open.form.fields.map(({ id }) => id).filter((id) => errors[id])
    const others = replies.filter((reply) => reply.do !== 'errors' || todo.length === 0)
    if (todo.length > 0) {
      await ask(speaker, { ...open, todo, errors }, key)
      return { replies: others, settle: nothing }
    }
    const settle = async () => {
      const now = await conversations.of(speaker)
      if (now?.prompt === open.prompt) await conversations.forget(speaker)
    }
    return { replies: others, settle }
  }

  return {
    async start(speaker, form, key) {
      if ((await conversations.of(speaker))?.askedFor === key) return
      const errors = Object.fromEntries(form.fields.flatMap(({ id, error }) => (error ? [[id, error]] : [])))
      await ask(speaker, { form, todo: form.fields.map(({ id }) => id), values: {}, errors, askedFor: key }, key)
    },

    async typed(speaker, text, { key, replyTo }) {
      const open = await conversations.of(speaker)
      if (!open || (replyTo !== undefined && replyTo !== open.prompt)) return undefined
      if (open.askedFor === key) return done()
      const field = current(open)
      const value = field && typedValue(field, text)
      return value === undefined
        ? done({ do: 'toast', text: texts.pickOne(speaker.language) })
        : answer(speaker, open, value, key)
    },

    async pressed(speaker, data, { key, message }) {
      const open = await conversations.of(speaker)
      if (open?.askedFor === key) return done()
      const field = open?.prompt === message ? current(open) : undefined
      if (!open || !field) return done({ do: 'toast', text: texts.questionOver(speaker.language) })
      if (data === 'cancel') {
        await conversations.forget(speaker)
        const words = texts.cancelled(speaker.language, open.form.title)
        await rewrite(speaker, message, escapeHtml(words))
        return done()
      }
      const change = pressedChange(field, data, open.values[field.id])
      if (!change) return done({ do: 'toast', text: texts.pickOne(speaker.language) })
      if ('value' in change) return answer(speaker, open, change.value, key)
      const toggled = { ...open, askedFor: key, values: { ...open.values, [field.id]: change.chosen } }
      await conversations.keep(speaker, toggled)
      const { markup } = promptOf(toggled, field, speaker, texts)
      if ('inline_keyboard' in markup) await messages.relabel(speaker.chat, message, markup).catch(ignoreSendError)
      return done()
    },

    async end(speaker, key) {
      const open = await conversations.of(speaker)
      if (!open || open.askedFor === key) return undefined
      await conversations.forget(speaker)
      const field = current(open)
      if (field) await rewrite(speaker, open.prompt, answeredHtml(field, '', speaker, texts))
      return open.form.title
    },
  }
}

const current = ({ form, todo }: Conversation) => form.fields.find(({ id }) => id === todo[0])

const done = (...replies: Reply[]): Answered => ({ replies, settle: nothing })

function ignoreSendError(error: unknown): void {
  if (!(error instanceof SendError)) throw error
}
