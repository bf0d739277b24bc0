import type { Group, Line, Person } from '../../notify/group.ts'
import type { Subject } from '../../notify/notice.ts'
import { sayLine } from '../../notify/say.ts'
import type { Texts } from '../texts.ts'
import { showPhone } from '../words.ts'

/** A longer text of a line does not make a title. */
const titleLength = 150

export const lineTitle = (line: Line, texts: Texts): string => texts.t(`notices.kinds.${line.kind}.title`)

/** One line as the head of a message: its text, or its title with the text below when that is long. */
export function headline(line: Line, texts: Texts): { title: string; text: string[] } {
  const said = sayLine(line, texts)
  if (said === '') return { title: lineTitle(line, texts), text: [] }
  return said.length <= titleLength ? { title: said, text: [] } : { title: lineTitle(line, texts), text: [said] }
}

/** What a notice is about, as people call it: a number, an account, a client. */
export function showSubject({ type, id }: Subject, clientName: string | undefined, texts: Texts): string {
  if (type === 'phone') return showPhone(id)
  if (type === 'client' && clientName !== undefined) return clientName
  return texts.t(`notice-desk.subjects.${type}`, { id })
}

/** How often something was told, and when last; nothing for a single time. */
export function showCount(count: number, last: number, texts: Texts): string[] {
  return count > 1 ? [texts.t('notice-desk.seen', { count, time: texts.time(last) })] : []
}

/** What helps with a line, in words. */
export function showNext({ next }: Line, texts: Texts): string | undefined {
  if (!next) return undefined
  const words = texts.t('flow' in next ? `${next.flow}.title` : `notices.advice.${next.advice}`)
  return texts.t('notice-desk.next', { next: words })
}

/** Who did something about it, and when. */
export const showDeed = (deed: 'acknowledged' | 'snoozed', by: Person, at: number, texts: Texts): string =>
  texts.t(`notice-desk.deeds.${deed}`, { by: by.name, time: texts.time(at) })

/** A snooze that is not over yet. */
export const snoozeOf = ({ snoozed }: Group, now: number) => (snoozed && snoozed.until > now ? snoozed : undefined)
