import { z } from 'zod'
import { exponentOf } from '../../meta/money.ts'
import type { Audience, Reading, Severity } from '../notice.ts'
import { type Kinds, kindsOf, type Row } from './row.ts'

/**
 * A request to change the partner, as polling the Hub's list finds it (360dialog.md 2.6): `data` of the poll events
 * `change-request-created`, `-pending`, `-completed` and `-failed`. The partners are 360dialog's ids.
 */
export const changeRequestTold = z.looseObject({
  id: z.string(),
  sourceClientId: z.string().optional(),
  targetClientId: z.string().optional(),
  sourcePartnerId: z.string().optional(),
  targetPartnerId: z.string().optional(),
  clientName: z.string().optional(),
})
type ChangeRequest = z.infer<typeof changeRequestTold>

/** The balance of a client, as polling finds it: `data` of `balance-used-up` and `balance-back`. */
export const balanceTold = z.looseObject({
  clientId: z.string(),
  partnerId: z.string().optional(),
  clientName: z.string().optional(),
  /** In whole units of the currency; may be negative. */
  balance: z.number(),
  /** ISO 4217, in any case. */
  currency: z.string(),
})

const bothPartners = ['partner', 'destination-partner'] as const

interface Change {
  severity: Severity
  audience: readonly Audience[]
  mood: Reading['mood']
  advice: string
  completes: string
}

function change(status: string, { advice, completes, ...rest }: Change): Kinds {
  const row: Row<ChangeRequest> = {
    ref: `17.1 poll: change request ${status}`,
    kind: `partner-change-${status}`,
    subject: 'client',
    topic: ({ id }) => `partner-change:${id}`,
    params: ({ clientName }) => ({ client: clientName }),
    next: { advice },
    completes: [completes],
    ...rest,
  }
  return kindsOf(changeRequestTold, [row])
}

const balanceRow = {
  subject: 'client',
  topic: 'balance',
  audience: ['partner'],
  params: ({ balance, currency, clientName }: z.infer<typeof balanceTold>) => ({
    client: clientName,
    balance: `${balance.toFixed(exponentOf(currency))} ${currency.toUpperCase()}`,
  }),
} satisfies Partial<Row<z.infer<typeof balanceTold>>>

/** What is found by asking because no platform tells it, by name (procedures.md 17.1, rows with "poll"). */
export const pollKinds: Record<string, Kinds> = {
  'change-request-created': change('created', {
    severity: 'warning',
    audience: ['destination-partner', 'desk'],
    mood: 'news',
    advice: 'approve-change',
    completes: 'pc-s5',
  }),
  'change-request-pending': change('pending', {
    severity: 'info',
    audience: bothPartners,
    mood: 'news',
    advice: 'wait-for-change',
    completes: 'pc-s6',
  }),
  'change-request-completed': change('completed', {
    severity: 'info',
    audience: [...bothPartners, 'desk'],
    mood: 'relief',
    advice: 'grant-permission',
    completes: 'pc-s7',
  }),
  'change-request-failed': change('failed', {
    severity: 'critical',
    audience: ['desk', ...bothPartners],
    mood: 'problem',
    advice: 'ask-support',
    completes: 'pc-s7',
  }),
  'balance-used-up': kindsOf(balanceTold, [
    {
      ...balanceRow,
      ref: '17.1 poll: balance ≤ 0',
      kind: 'balance-used-up',
      severity: 'critical',
      mood: 'problem',
      next: { advice: 'add-funds' },
    },
  ]),
  'balance-back': kindsOf(balanceTold, [{ ...balanceRow, kind: 'balance-back', severity: 'info', mood: 'relief' }]),
}
