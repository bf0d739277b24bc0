import { fail, pass, unknown } from './engine/define.ts'
import type { Finding, Rule, View } from './engine/types.ts'

/** What the Hub says of the template since it was handed in; before that it tells of an older one, or of none. */
function handedIn({ answeredAt, endedAt, readings: { template } }: View) {
  if (template?.state !== 'known' || Date.parse(template.asOf) < (endedAt['done-in-hub'] ?? 0)) return undefined
  const { changedAt } = template.value
  // The Hub writes whole seconds.
  const asked = Math.floor((answeredAt.action ?? 0) / 1000) * 1000
  return changedAt === undefined || Date.parse(changedAt) >= asked ? template.value : undefined
}

const evidenceOf = ({ status = '?', reason }: { status?: string; reason?: string }) => ({
  template_status: status,
  ...(status === 'REJECTED' && { rejected_reason: reason ?? '-' }),
})

const decidedBy =
  (...ends: string[]): Rule<Finding> =>
  (view) => {
    const template = handedIn(view)
    if (!template) return unknown()
    return ends.includes(template.status ?? '') ? pass(evidenceOf(template)) : fail(evidenceOf(template))
  }

/** Meta has decided, either way (procedures.md 9 pt-s4). */
export const isReviewed = decidedBy('APPROVED', 'REJECTED')
export const isApproved = decidedBy('APPROVED')

/** Whether Meta rejected it when it decided first. */
export const wasRejected = ({ evidence }: View): boolean => evidence.reviewed?.template_status === 'REJECTED'

/** Meta's newest reason. */
export function rejection({ facts: { template }, evidence }: View): NonNullable<Finding['evidence']> {
  return { reason: template?.reason ?? evidence.reviewed?.rejected_reason ?? '-' }
}
