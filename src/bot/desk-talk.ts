import type { Desk } from '../cases/desk.ts'
import { readCaseLabel } from '../cases/label.ts'
import type { DeadLetters } from '../notify/carried.ts'
import type { Notices } from '../notify/notices.ts'
import type { Clock } from '../time.ts'
import { attention } from './attention.ts'
import { casePresses } from './case-presses.ts'
import type { Conversations } from './conversation.ts'
import { deskCommands } from './desk-commands.ts'
import { deskReplies } from './desk-replies.ts'
import { freeText } from './free-text.ts'
import { noticeTalk } from './notices/notice-talk.ts'
import { undeliveredTalk } from './notices/undelivered-talk.ts'
import { numbersTalk } from './numbers-talk.ts'
import { submittedForms } from './submitted-forms.ts'
import type { Talk } from './talk.ts'
import type { TextsOf } from './texts.ts'

export interface DeskTalkOptions {
  desk: Desk
  notices: Notices
  deadLetters: DeadLetters
  textsOf: TextsOf
  conversations: Conversations
  clock: Clock
  partnerName: (id: string | undefined) => string | undefined
}

/** The conversation on top of the desk. */
export function deskTalk(options: DeskTalkOptions): Talk {
  const { desk, textsOf, clock } = options
  const replies = deskReplies(options)
  const attentive = attention(options)
  const numbers = numbersTalk({ desk, clock, textsFor: replies.textsFor })
  const commands = deskCommands({ desk, clock, replies, attention: attentive })
  const presses = casePresses({ desk, clock, replies, attention: attentive, showCase: commands.showCase })
  const submit = submittedForms({ desk, clock, replies })
  const notices = noticeTalk({ ...options, textsFor: replies.textsFor })
  const undelivered = undeliveredTalk({ ...options, textsFor: replies.textsFor })

  return {
    async command(actor, command, text, said) {
      switch (command) {
        case 'status':
          return text.trim() ? commands.status(actor, text) : numbers.list(actor)
        case 'export':
          return numbers.export(actor, text)
        case 'new':
          return commands.newCase(actor, text, said)
        case 'cases':
          return commands.cases(actor)
        case 'case':
          return commands.showCase(actor, readCaseLabel(text))
        case 'explain':
          return commands.explain(actor, text)
        case 'cancel':
          return commands.cancel(actor, text)
        case 'undelivered':
          return undelivered.list(actor)
        default:
          return notices.command(actor, command, text) ?? commands.help(actor, text.trim() || undefined)
      }
    },

    async press(actor, press, said) {
      if (press.verb === 'never') return []
      const about = notices.press(actor, press, said) ?? undelivered.press(actor, press)
      if (about) return about
      if (press.verb === 'help') return commands.help(actor)
      if (press.verb === 'cases') return commands.cases(actor)
      if (press.verb === 'numbers' || (press.verb === 'status' && !press.target)) return numbers.list(actor, press)
      if (press.verb === 'export') return numbers.export(actor, press.target ?? '')
      if (press.verb === 'status') return commands.status(actor, press.target ?? '')
      if (press.verb === 'new') {
        const flow = replies.flowsFor(actor).find(({ id }) => id === press.target)
        return flow ? commands.startNew(actor, flow, press.value ?? '', said) : commands.help(actor)
      }
      if (press.case !== undefined) return presses.press(actor, press, press.case, said)
      return press.verb === 'details' ? commands.status(actor, press.target ?? '', true) : commands.help(actor)
    },

    async submit(actor, ref, values, said) {
      return ref.form === 'quiet' ? notices.submit(actor, ref, values, said) : submit(actor, ref, values, said)
    },
    text: freeText({ desk, attention: attentive, presses, help: commands.help }),

    stranger(surface, language = 'en') {
      return replies.toast(textsOf(language, 'UTC').t(`desk.stranger.${surface}`), true)
    },

    home: commands.cases,
  }
}
