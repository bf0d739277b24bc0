import { fail, pass, unknown, warn } from './engine/define.ts'
import type { Finding, View } from './engine/types.ts'
import { amountText, moneyText, paymentText, readPayments } from './money-text.ts'
import { type Payment, type Refund, refundAmount } from './refund-amount.ts'

/** A number that is gone from the Hub was cancelled and has run out. */
export function cancelled({ facts, readings }: View): Finding {
  const { cancelledAt, terminatedAt } = facts.channel ?? {}
  if (cancelledAt !== undefined) return pass({ cancelled_at: cancelledAt })
  if (terminatedAt !== undefined) return pass({ terminated_at: terminatedAt })
  if (readings.channel?.state === 'absent') return pass()
  return facts.channel ? fail() : unknown()
}

/** Reasons that make a refund impossible from the start. */
export function impossible({ payment, facts }: View): string | undefined {
  if (payment === 'partner') return 'partner-pays'
  const left = facts.balance?.amountMinor
  if (left === undefined || left > 0) return undefined
  return left < 0 ? 'below-zero' : 'nothing-left'
}

/** Digits of the number. */
export const digitsOf = (view: View) => view.facts.channel?.phone ?? String(view.answers.number ?? '')

/** The balance with its currency. */
export function balanceText({ facts }: View): string {
  return facts.balance ? moneyText(facts.balance.amountMinor, facts.balance.currency) : '?'
}

/** Currency of the balance. */
export const currencyOf = ({ facts }: View) => facts.balance?.currency ?? 'EUR'

/** Payments as they were told, newest first. */
export function paymentsOf(view: View): readonly Payment[] {
  const { payments } = view.answers
  return (typeof payments === 'string' && readPayments(payments, currencyOf(view))) || []
}

/** Whether the fee of the newest payment hangs on what was sent since. */
export const feeAtStake = (view: View) => (paymentsOf(view)[0]?.fee ?? 0) > 0

/** The least and the most that comes back: the same, unless nobody knows whether something billable was sent. */
function refunds(view: View): { least: Refund; most: Refund } {
  const { used } = view.answers
  const given = {
    cancelled: true,
    prepaid: view.answers.prepaid === true,
    balance: view.facts.balance?.amountMinor ?? 0,
    payments: paymentsOf(view),
  }
  return {
    least: refundAmount({ ...given, billableSinceLast: used !== 'no' }),
    most: refundAmount({ ...given, billableSinceLast: used === 'yes' }),
  }
}

function computed(view: View): Finding {
  const { least, most } = refunds(view)
  if (!view.facts.balance) return unknown()
  if (!least.ok || !most.ok) return fail()
  const currency = currencyOf(view)
  const [refund, atMost] = [moneyText(least.total, currency), moneyText(most.total, currency)]
  const evidence = {
    refund,
    ...(atMost !== refund && { refund_at_most: atMost }),
    per_payment: most.lines
      .map((line) => `${amountText(line.part, currency)} (${paymentText(line.payment, currency)})`)
      .join('; '),
  }
  if (most.unallocated === 0) return pass(evidence)
  return warn({ ...evidence, unallocated: moneyText(most.unallocated, currency) })
}

/** What the client agreed to stays, although the balance goes to zero on the way; a changed answer opens it again. */
export function amount(view: View): Finding {
  const now = computed(view)
  const agreed = view.outcomes['client-agrees'] === 'approved' && view.evidence.amount
  return agreed ? pass(agreed) : now
}

/** There is an amount to agree to. */
export const amountKnown = ({ outcomes }: View) => outcomes.amount !== undefined

/** The amount that was computed, for the texts of what follows. */
export function saysAmount(view: View): NonNullable<Finding['evidence']> {
  const { refund = '?', refund_at_most: atMost, per_payment = '?' } = view.evidence.amount ?? {}
  return { refund, at_most: atMost ?? refund, per_payment, balance: balanceText(view) }
}

/** Text variant where nobody knows whether something billable was sent. */
export const isRange = ({ evidence }: View) => (evidence.amount?.refund_at_most === undefined ? undefined : 'range')

/** The money has left the balance. */
export function balanceGone({ facts }: View): Finding {
  if (!facts.balance) return unknown()
  const { amountMinor, currency } = facts.balance
  const balance = moneyText(amountMinor, currency)
  return amountMinor <= 0 ? pass({ balance }) : fail({ balance })
}
