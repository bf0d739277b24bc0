import axios from 'axios'
import type { Sandbox } from '../src/sandbox/index.ts'
import type { TelegramMessage } from '../src/sandbox/state.ts'
import { watchCalls } from './calls.ts'
import { until } from './keypad.ts'

/** Plays Brightline's Paula in the Telegram of the sandbox. */
export interface Partner {
  /** Opens a case and answers its questions. Resolves once its card is in the chat. */
  opensCase(number: string): Promise<void>
  /** From the command to the list, in ms. */
  listsCases(): Promise<number>
}

const chat = 7001

export function partnerIn(sandbox: Sandbox): Partner {
  const api = axios.create({ baseURL: sandbox.url })
  const nextCall = watchCalls(sandbox)
  const writes = (text: string) => api.post('/api/telegram/message', { user: chat, text })
  const messages = () => sandbox.state().telegram.chats.find(({ id }) => id === chat)?.messages ?? []
  const newer = async (after: number, fits: (message: TelegramMessage) => boolean) =>
    until(async () => messages().find((message) => message.message_id > after && message.bot && fits(message)))

  return {
    async opensCase(number) {
      const last = messages().at(-1)?.message_id ?? 0
      await writes(`/new two-step-disable ${number}`)
      const asked = await newer(last, ({ keyboard }) => keyboard?.flat().some(({ text }) => text === 'No') ?? false)
      await api.post('/api/telegram/press', { user: chat, message_id: asked.message_id, button: 'No' })
      await newer(asked.message_id, ({ text }) => /^\S*\s*PD-\d+ · /.test(text))
    },
    async listsCases() {
      const began = performance.now()
      const told = nextCall(({ path }) => path.endsWith('/sendMessage'))
      await writes('/cases')
      return (await told) - began
    },
  }
}
