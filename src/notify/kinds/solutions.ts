import { z } from 'zod'
import { text } from './loose.ts'
import { type Kinds, kindsOf, type Row } from './row.ts'

const solution = z
  .looseObject({ solution_id: text, solution_status: text })
  .transform(({ solution_id: id, solution_status: status }) => ({ id, status }))
type Solution = z.infer<typeof solution>

const both = ['desk', 'partner'] as const
const row = {
  subject: 'partner',
  topic: ({ id }: Solution) => `solution:${id ?? ''}`,
  params: ({ id, status }: Solution) => ({ solution: id, status }),
} satisfies Partial<Row<Solution>>
const ending = ['DEACTIVATED', 'PENDING_DEACTIVATION', 'REJECTED']

/** Multi-partner solutions, told to their partners (procedures.md 17.2). */
export const solutionKinds: Record<string, Kinds> = {
  partner_solutions: kindsOf(solution, [
    {
      ...row,
      ref: '17.2 partner_solutions ACTIVE',
      fits: ({ status }) => status === 'ACTIVE',
      kind: 'solution-active',
      severity: 'info',
      audience: both,
      mood: 'relief',
      next: { advice: 'use-solution' },
      completes: ['ms-c2', 'aw-c3'],
    },
    {
      ...row,
      ref: '17.2 partner_solutions DEACTIVATED, PENDING_DEACTIVATION, REJECTED',
      fits: ({ status }) => ending.includes(status ?? ''),
      kind: 'solution-ending',
      severity: 'warning',
      audience: both,
      mood: 'problem',
      next: { advice: 'stop-solution' },
    },
    {
      ...row,
      ref: '17.2 partner_solutions INITIATED, DRAFT',
      kind: 'solution-status',
      severity: 'info',
      audience: ['partner'],
      mood: 'news',
    },
  ]),
}
