import { z } from 'zod'

const step = z.string()
const reason = z.string()
/** Number of the event that added it. */
const item = z.number()

/** What a person can do to a case, from any surface. What it carries is a hint: rights are judged from who the person is. */
export const actSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('answer'), question: z.string(), value: z.unknown() }),
  z.object({ do: z.literal('skip-question'), question: z.string() }),
  z.object({ do: z.literal('tick'), step }),
  z.object({ do: z.literal('untick'), step }),
  z.object({ do: z.literal('skip'), step, reason }),
  z.object({ do: z.literal('attest'), step }),
  z.object({ do: z.literal('approve'), step }),
  z.object({ do: z.literal('decline'), step, reason }),
  z.object({ do: z.literal('start'), step }),
  z.object({ do: z.literal('re-check') }),
  z.object({ do: z.literal('take') }),
  z.object({
    do: z.literal('say'),
    text: z.string(),
    internal: z.boolean(),
    to: z.literal('destination-partner').optional(),
    from: z.object({ surface: z.enum(['slack', 'telegram']), room: z.string() }),
  }),
  z.object({ do: z.literal('add-item'), text: z.string() }),
  z.object({ do: z.literal('tick-item'), item }),
  z.object({ do: z.literal('untick-item'), item }),
  z.object({ do: z.literal('remove-item'), item }),
  z.object({ do: z.literal('cancel'), reason: reason.optional() }),
])

export type Act = z.infer<typeof actSchema>

/** Why an act was refused. The key of a text; `params` fill it. */
export interface Refusal {
  code:
    | 'not-your-role'
    | 'case-closed'
    | 'already-decided'
    | 'not-open'
    | 'known-by-platform'
    | 'bad-answer'
    | 'reason-needed'
    | 'cannot-attest'
    | 'cannot-skip'
    | 'no-destination'
    | 'no-partner'
    | 'too-many-items'
    | 'not-found'
  params: Record<string, string | number>
}
