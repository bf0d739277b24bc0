import type { Group, Line } from '../../notify/group.ts'
import { sortedLines } from '../../notify/group-state.ts'
import type { MuteScope, NoticeRow } from '../../notify/notices.ts'
import type { Form } from '../form.ts'
import type { Texts } from '../texts.ts'
import { showSubject } from './notice-words.ts'
import { showKind } from './wish-words.ts'

/** How long a mute from the form may last, as `readLength` reads it. */
const quietLengths = ['1h', '8h', '1d', '3d', '7d', '30d'] as const

/** Subjects and kinds of one message that can be muted from it. */
const choices = 4

interface Quiet {
  value: string
  scope: MuteScope
  label: string
}

/** What a person can silence about a message: its subjects, its kinds, and for the desk a whole platform. */
export function quietScopes({ group, side }: Pick<NoticeRow, 'group' | 'side'>, texts: Texts): Quiet[] {
  const lines = sortedLines(group)
  const subjects = distinct(lines, subjectOf).map((line) => ({
    value: `subject:${subjectOf(line)}`,
    scope: { subject: subjectOf(line) },
    label: showSubject(line.subject, line.clientName, texts),
  }))
  const kinds = distinct(lines, ({ kind }) => kind).map(({ kind }) => ({
    value: `kind:${kind}`,
    scope: { kind },
    label: texts.t('notice-desk.quiet.kind', { kind: showKind(kind, texts) }),
  }))
  const platforms = (['meta', 'hub'] as const).map((source) => ({
    value: `source:${source}`,
    scope: { source },
    label: texts.t(`notice-desk.sources.${source}`),
  }))
  return [...subjects, ...kinds, ...(side === 'desk' ? platforms : [])]
}

/** Whether everything that a message tells is silent by this scope. */
export const coversAll = ({ subject, kind }: MuteScope, { lines }: Group): boolean =>
  Object.values(lines).every(
    (line) => (subject === undefined || subjectOf(line) === subject) && (kind === undefined || line.kind === kind),
  )

/** Asks what shall be silent, how long and why. */
export function quietForm(row: NoticeRow, texts: Texts): Form {
  const say = (key: string) => texts.t(`notice-desk.quiet.${key}`)
  return {
    ref: { form: 'quiet', notice: row.id },
    title: say('title'),
    intro: [say(row.side === 'desk' ? 'intro-desk' : 'intro-partner')],
    fields: [
      {
        id: 'scope',
        kind: 'choice',
        label: say('scope'),
        options: quietScopes(row, texts).map(({ value, label }) => ({ value, label })),
      },
      {
        id: 'length',
        kind: 'choice',
        label: say('length'),
        options: quietLengths.map((value) => ({ value, label: say(`lengths.${value}`) })),
      },
      { id: 'reason', kind: 'text', label: say('reason'), hint: say('reason-hint') },
    ],
    submit: say('submit'),
    cancel: texts.t('desk.form.cancel'),
  }
}

const subjectOf = ({ subject: { type, id } }: Line) => `${type}:${id}`

const distinct = (lines: readonly Line[], key: (line: Line) => string): Line[] =>
  [...new Map(lines.map((line) => [key(line), line])).values()].slice(0, choices)
