import { setTimeout as timer } from 'node:timers/promises'
import type { Logger } from 'pino'
import { caseLabel } from '../cases/label.ts'
import type { Whisper, Whispered } from '../cases/whisper.ts'
import type { DeskConfig } from '../config.ts'
import type { WriteInPrivate } from './private-message.ts'
import { SendError } from './surface.ts'
import type { Texts, TextsOf } from './texts.ts'
import { showPhone } from './words.ts'

export interface WhisperOptions {
  inPrivate: { slack: WriteInPrivate; telegram: WriteInPrivate }
  config: Pick<DeskConfig, 'people' | 'partners'>
  textsOf: TextsOf
  log: Logger
  sleep?: (ms: number) => Promise<unknown>
}

/** Tries before a person counts as not reached. */
const most = 4
/** The longest pause between them, in ms. */
const patience = 10_000

/**
 * Says something to one person in private, on the chat platform where the person acted. A short trouble is waited out: a
 * secret cannot be asked for again.
 */
export function whisperer({ inPrivate, config, textsOf, log, sleep = timer }: WhisperOptions): Whisper {
  return async (whispered) => {
    const [surface = '', user = ''] = whispered.to.id.split(':')
    if ((surface !== 'slack' && surface !== 'telegram') || user === '') return false
    const message = messageOf(whispered, textsFor(config, textsOf, whispered.to))
    for (let attempt = 1; ; attempt += 1) {
      try {
        await inPrivate[surface](user, message)
        return true
      } catch (error) {
        if (!(error instanceof SendError)) throw error
        const { problem } = error
        log.warn({ case: whispered.case, person: whispered.to.id, reason: problem.words }, 'not reached in private')
        const pause = problem.kind === 'retry' ? (problem.afterMs ?? 500 * attempt) : undefined
        if (pause === undefined || pause > patience || attempt === most) return false
        await sleep(pause)
      }
    }
  }
}

function messageOf({ case: id, phone, call, secret }: Whispered, texts: Texts) {
  const about = { case: caseLabel(id), number: phone === undefined ? '' : showPhone(phone) }
  const text = texts.t(`desk.whisper.${call}.${secret ? 'secret' : 'coming'}`, about)
  return {
    text: [text],
    ...(secret && { secret: { value: secret.reveal(), copy: texts.t('desk.whisper.copy') } }),
  }
}

/** In the person's language; people of a partner speak that of their chat. */
function textsFor({ people, partners }: WhisperOptions['config'], textsOf: TextsOf, to: Whispered['to']): Texts {
  const known = people.find(({ slack }) => to.id === `slack:${slack}`)
  const chats = partners.find(({ id }) => id === to.partner)?.telegram ?? []
  const own = chats.find(({ chat, members }) => [chat, ...(members ?? [])].some((id) => to.id === `telegram:${id}`))
  const { language, timeZone } = known ?? own ?? chats[0] ?? { language: 'en', timeZone: 'UTC' }
  return textsOf(language, timeZone)
}
