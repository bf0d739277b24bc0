import { z } from 'zod'
import type { Reading, Severity } from '../notice.ts'
import { momentOf, part, reasonOf, text } from './loose.ts'
import { type Kinds, kindsOf, type Row } from './row.ts'

const partner = ['partner'] as const

/** What both platforms tell of a template's review. */
export interface TemplateTold {
  name?: string | undefined
  language?: string | undefined
  status?: string | undefined
  reason?: string | undefined
  category?: string | undefined
  previous?: string | undefined
}

interface Named {
  name?: string | undefined
  language?: string | undefined
}

/** Topics of a template: its status under `template`, all else under a word of its own. */
const topic =
  (word: string) =>
  ({ name = '', language = '' }: Named) =>
    `${word}:${name}:${language}`

interface Status {
  kind: string
  severity: Severity
  mood: Reading['mood']
}

const bad = { severity: 'warning', mood: 'problem' } as const
const good = { severity: 'info', mood: 'relief' } as const
const plain = { severity: 'info', mood: 'news' } as const

/** What a status means; one that is not here is shown as it is. */
const statuses: Record<string, Status> = {
  APPROVED: { kind: 'template-approved', ...good },
  REJECTED: { kind: 'template-rejected', ...bad },
  PAUSED: { kind: 'template-paused', ...bad },
  DISABLED: { kind: 'template-disabled', ...bad },
  FLAGGED: { kind: 'template-flagged', ...bad },
  LIMIT_EXCEEDED: { kind: 'template-limit-exceeded', ...bad },
  LOCKED: { kind: 'template-locked', ...bad },
  REINSTATED: { kind: 'template-reinstated', ...good },
  // What is gone has no problem any more.
  DELETED: { kind: 'template-deleted', ...good },
  ARCHIVED: { kind: 'template-archived', ...plain },
  UNARCHIVED: { kind: 'template-unarchived', ...plain },
  PENDING: { kind: 'template-in-review', ...plain },
  PENDING_DELETION: { kind: 'template-to-be-deleted', ...plain },
  IN_APPEAL: { kind: 'template-in-appeal', ...plain },
}

/** One row for each status, and one for those that nobody knows yet. `of` says what the source's table adds. */
export function statusRows(
  of: (status: string | undefined) => Pick<Row<never>, 'ref' | 'completes'>,
): Row<TemplateTold>[] {
  const row = (status: string | undefined, known: Status): Row<TemplateTold> => ({
    ...of(status),
    ...known,
    fits: (told) => status === undefined || told.status === status,
    subject: 'waba',
    audience: partner,
    topic: topic('template'),
    params: ({ name, language, status, reason }) => ({ name, language, status, reason: reasonOf(reason) }),
    ...(known.mood === 'problem' && { next: { flow: 'template-actions' } }),
  })
  const known = Object.entries(statuses).map(([status, means]) => row(status, means))
  return [...known, row(undefined, { kind: 'template-status', ...plain })]
}

/** Told by Meta and by the Hub. */
export const categoryChanged = {
  kind: 'template-category-changed',
  severity: 'warning',
  subject: 'waba',
  audience: partner,
  mood: 'news',
  topic: topic('template-category'),
  params: ({ name, language, previous, category }: TemplateTold) => ({ name, language, previous, category }),
  next: { advice: 'review-category' },
} satisfies Partial<Row<TemplateTold>>

const named = {
  message_template_name: text,
  message_template_language: text,
}
const whose = (value: {
  message_template_name?: string | undefined
  message_template_language?: string | undefined
}) => ({
  name: value.message_template_name,
  language: value.message_template_language,
})

const status = z
  .looseObject({
    ...named,
    event: text,
    reason: text,
    other_info: part({ title: text }),
    rejection_info: part({ reason: text }),
  })
  .transform(({ event, reason, other_info, rejection_info, ...value }): TemplateTold => {
    const title = other_info.title === event ? undefined : other_info.title
    return { ...whose(value), status: event, reason: reasonOf(reason) ?? title ?? rejection_info.reason }
  })

const approved = '17.2 message_template_status_update APPROVED'
const refused = '17.2 message_template_status_update REJECTED, PAUSED, DISABLED, FLAGGED, LIMIT_EXCEEDED, LOCKED'
const moved =
  '17.2 message_template_status_update ARCHIVED, UNARCHIVED, DELETED, PENDING, PENDING_DELETION, IN_APPEAL, REINSTATED'

function ofMeta(status: string | undefined): Pick<Row<never>, 'ref' | 'completes'> {
  if (status === undefined) return {}
  if (status === 'APPROVED') return { ref: approved, completes: ['pt-s4', 'ms-s6'] }
  return statuses[status]?.mood === 'problem' ? { ref: refused, completes: ['ms-s6'] } : { ref: moved }
}

const quality = z
  .looseObject({ ...named, previous_quality_score: text, new_quality_score: text })
  .transform((value) => ({ ...whose(value), from: value.previous_quality_score, to: value.new_quality_score }))
type Quality = z.infer<typeof quality>
const qualityRow = {
  ref: '17.2 message_template_quality_update',
  subject: 'waba',
  audience: partner,
  topic: topic('template-quality'),
  params: ({ name, language, from, to }: Quality) => ({ name, language, from, to }),
  completes: ['ms-s6'],
} satisfies Partial<Row<Quality>>

const category = z
  .looseObject({
    ...named,
    new_category: text,
    previous_category: text,
    correct_category: text,
    category: text,
    category_update_timestamp: text,
  })
  .transform((value) => ({
    ...whose(value),
    now: value.new_category ?? value.category,
    previous: value.previous_category,
    coming: value.correct_category,
    date: momentOf(value.category_update_timestamp),
  }))
type Category = z.infer<typeof category>

const categories: readonly Row<Category>[] = [
  {
    ref: '17.2 template_category_update announced',
    fits: ({ coming }) => coming !== undefined,
    kind: 'template-category-announced',
    severity: 'warning',
    subject: 'waba',
    audience: partner,
    mood: 'news',
    topic: topic('template-category'),
    params: ({ name, language, now, coming, date }) => ({ name, language, previous: now, category: coming, date }),
    next: { advice: 'review-category' },
  },
  {
    ...categoryChanged,
    ref: '17.2 template_category_update done',
    params: ({ name, language, previous, now }) => categoryChanged.params({ name, language, previous, category: now }),
    completes: ['ms-s6'],
  },
]

/** Fields of Meta's that are about templates (procedures.md 17.2). */
export const templateKinds: Record<string, Kinds> = {
  message_template_status_update: kindsOf(status, statusRows(ofMeta)),
  message_template_quality_update: kindsOf(quality, [
    {
      ...qualityRow,
      fits: ({ to }) => to === 'RED',
      kind: 'template-quality-low',
      severity: 'warning',
      mood: 'problem',
      next: { flow: 'template-actions' },
    },
    {
      ...qualityRow,
      fits: ({ to }) => to === 'GREEN',
      kind: 'template-quality-good',
      severity: 'info',
      mood: 'relief',
    },
    { ...qualityRow, kind: 'template-quality', severity: 'info', mood: 'news' },
  ]),
  message_template_components_update: kindsOf(z.looseObject(named).transform(whose), [
    {
      ref: '17.2 message_template_components_update',
      kind: 'template-edited',
      severity: 'info',
      subject: 'waba',
      audience: partner,
      mood: 'news',
      topic: topic('template-content'),
      params: (told) => told,
      digest: true,
    },
  ]),
  template_category_update: kindsOf(category, categories),
  template_correct_category_detection: kindsOf(category, [
    {
      ref: '17.2 template_correct_category_detection',
      kind: 'template-category-checked',
      severity: 'info',
      subject: 'waba',
      audience: partner,
      mood: 'news',
      topic: topic('template-check'),
      params: ({ name, language, now, coming }) => ({ name, language, previous: now, category: coming }),
      digest: true,
    },
  ]),
}
