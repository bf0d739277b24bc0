/** One payment into the balance of a number, in minor units of one currency. */
export interface Payment {
  /** What was added to the balance. */
  credited: number
  /** The processing fee that came on top. */
  fee: number
}

/** What is known about a cancelled number's money; amounts in minor units of one currency. */
export interface RefundCase {
  cancelled: boolean
  /** The client pays in advance, directly to 360dialog. */
  prepaid: boolean
  /** The spendable balance, without fees. */
  balance: number
  /** Newest first. */
  payments: readonly Payment[]
  /** A billable message was sent since the newest payment. */
  billableSinceLast: boolean
}

/** What comes back of one payment. `full`: all of it, with its fee. */
export interface RefundLine {
  payment: Payment
  part: number
  full: boolean
}

export type Refund =
  | {
      ok: true
      total: number
      feeBack: number
      lines: RefundLine[] /** More than was paid in: support. */
      unallocated: number
    }
  | { ok: false; why: 'not-cancelled' | 'not-prepaid' | 'no-balance' | 'no-payment' }

/**
 * The refund that is to be expected (procedures.md 8, "Algorithm"): the positive balance, and the fee of the newest payment
 * when nothing billable was sent since; taken from the payments, newest first, fully or in part.
 */
export function refundAmount({ cancelled, prepaid, balance, payments, billableSinceLast }: RefundCase): Refund {
  if (!cancelled) return { ok: false, why: 'not-cancelled' }
  if (!prepaid) return { ok: false, why: 'not-prepaid' }
  if (balance <= 0) return { ok: false, why: 'no-balance' }
  const [newest] = payments
  if (!newest) return { ok: false, why: 'no-payment' }
  const feeBack = billableSinceLast ? 0 : newest.fee
  const total = balance + feeBack
  const lines: RefundLine[] = []
  let rest = total
  for (const [index, payment] of payments.entries()) {
    const part = Math.min(rest, payment.credited + (index === 0 ? feeBack : 0))
    if (rest === 0) break
    if (part > 0) lines.push({ payment, part, full: part === payment.credited + payment.fee })
    rest -= part
  }
  return { ok: true, total, feeBack, lines, unallocated: rest }
}
