import { z } from 'zod'
import { list, msOf, text } from './loose.ts'
import { type Kinds, kindsOfEach, type Row } from './row.ts'

const error = { code: text, title: text, message: text }
const messages = z
  .looseObject({
    statuses: list({ timestamp: text, errors: list(error) }),
    errors: list(error),
  })
  .transform(({ statuses, errors }) => [
    ...statuses.flatMap(({ timestamp, errors: own }) => own.map((each) => ({ ...each, at: msOf(timestamp) }))),
    ...errors.map((each) => ({ ...each, at: undefined })),
  ])

/** Messages that failed for the same reason, in one change. */
interface Failures {
  code: string
  title: string | undefined
  count: number
  at: number | undefined
}

/** Codes with which a number can send no more (procedures.md 16). */
const numberErrors = ['131031', '131037', '131045', '133010', '368', '130497']

const both = ['desk', 'partner'] as const
const row = {
  subject: 'phone',
  topic: ({ code }: Failures) => `failures:${code}`,
  at: ({ at }: Failures) => at,
} satisfies Partial<Row<Failures>>

const rows: readonly Row<Failures>[] = [
  {
    ...row,
    ref: '17.2 messages status failed 131042',
    fits: ({ code }) => code === '131042',
    kind: 'sending-blocked',
    severity: 'critical',
    audience: both,
    mood: 'problem',
    // `case` and `resumes`: a case that expects it and the day on which it is over, for those who may know of it.
    params: ({ code, count }) => ({ code, count, case: undefined, resumes: undefined }),
    next: { advice: 'payment-or-switch' },
    completes: ['sp-s1'],
  },
  {
    ...row,
    ref: '17.2 messages errors 131031, 131037, 131045, 133010, 368, 130497',
    fits: ({ code }) => numberErrors.includes(code),
    kind: 'number-error',
    severity: 'critical',
    audience: both,
    mood: 'problem',
    params: ({ code, count }) => ({ code, count, error: code }),
    next: { advice: 'explain-error' },
  },
  {
    ...row,
    ref: '17.2 messages other failures',
    kind: 'message-failures',
    severity: 'info',
    audience: ['partner'],
    mood: 'news',
    params: ({ code, count, title }) => ({ code, count, error: title }),
    digest: true,
  },
]

/** Messages that could not be sent, counted by their reason; nothing of what they say or to whom (procedures.md 17.2). */
export const messageKinds: Record<string, Kinds> = {
  messages: kindsOfEach(
    messages.transform((errors): Failures[] => {
      const codes = Map.groupBy(errors, ({ code }) => code ?? '?')
      return [...codes].map(([code, all]) => ({
        code,
        title: all[0]?.title ?? all[0]?.message,
        count: all.length,
        at: all.reduce<number | undefined>(
          (last, { at }) => (at === undefined || (last ?? 0) > at ? last : at),
          undefined,
        ),
      }))
    }),
    rows,
  ),
}
