import type { Api } from 'grammy'
import type { Logger } from 'pino'
import { telegramLimits } from './limits.ts'
import { calling } from './send-error.ts'

/** The answer to a pressed button: until it comes, the button shows that it is at work. */
export interface PressAnswer {
  /** Shows a toast. False when it could not be shown (any more): it has to be said in another way. */
  say(text: string, alert: boolean): Promise<boolean>
  /** Answers without words, unless it was answered already. */
  close(): Promise<void>
}

export interface PressAnswerOptions {
  api: Api
  /** Id of the callback query. */
  query: string
  /** Milliseconds after which the press is answered without words, so that the button does not seem dead. */
  patience: number
  log: Logger
}

export function openPressAnswer({ api, query, patience, log }: PressAnswerOptions): PressAnswer {
  let answered = false
  const answer = async (toast?: { text: string; show_alert: boolean }) => {
    if (answered) return false
    answered = true
    clearTimeout(timer)
    try {
      await calling(api.answerCallbackQuery(query, toast))
      return true
    } catch (error) {
      // A press that waited too long cannot be answered any more; everything else about it still can.
      log.info({ reason: String(error) }, 'A press could not be answered')
      return false
    }
  }
  const timer = setTimeout(() => void answer(), patience)
  return {
    say: async (text, alert) => text.length <= telegramLimits.toast && answer({ text, show_alert: alert }),
    close: async () => void (await answer()),
  }
}
