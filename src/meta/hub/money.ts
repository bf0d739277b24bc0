import { z } from 'zod'
import type { Balance } from '../facts.ts'
import { given, maybeNumber, maybeTime } from '../loose.ts'
import { exponentOf, minorUnits } from '../money.ts'
import { onlyArray } from './lists.ts'

/** A stretch of time for money and usage; moments in milliseconds. The Hub takes whole seconds. */
export interface Period {
  from: number
  to: number
  granularity?: 'day' | 'month'
}

export const periodParams = ({ from, to, granularity = 'day' }: Period) => ({
  start_date: Math.floor(from / 1000),
  end_date: Math.floor(to / 1000),
  granularity,
})

/** An amount in minor units of its currency. */
export interface Money {
  amountMinor: number
  /** ISO 4217, upper case. */
  currency: string
}

/** What was sent in one day or month, and what it cost. Amounts are minor units of the client's currency. */
export interface UsageRow {
  /** ISO 8601. */
  date?: string
  quantity?: number
  paidQuantity?: number
  freeQuantity?: number
  totalPriceMinor?: number
  /** `marketing`, `utility` …: as far as the Hub names them. */
  byCategory: Record<string, { quantity?: number; paidQuantity?: number; priceMinor?: number }>
}

/** A client's money (LK-BAL). */
export interface ClientBalance {
  balance?: Balance
  usage: UsageRow[]
}

const amount = z.union([z.number(), z.string()]).nullish()
const currency = z
  .string()
  .regex(/^[a-z]{3}$/i)
  .nullish()

/** An exact amount, or an issue at `path`. */
function exact(value: number | string, code: string, context: z.RefinementCtx, path: string[]): number {
  const minor = minorUnits(value, code)
  if (minor !== undefined) return minor
  context.addIssue({ code: 'custom', message: `no exact amount with ${exponentOf(code)} decimals`, path })
  return z.NEVER
}

/** The money of one number or client; null when the Hub names none (platform/360dialog.md 2.7). */
export const balance = z
  .looseObject({ balance: amount, currency, last_renewal: z.looseObject({ date: maybeTime, amount }).nullish() })
  .transform((row, context): Balance | null => {
    if (row.balance === null || row.balance === undefined || !row.currency) return null
    const renewed = row.last_renewal?.amount
    return given({
      amountMinor: exact(row.balance, row.currency, context, ['balance']),
      currency: row.currency.toUpperCase(),
      lastRenewalAt: row.last_renewal?.date,
      lastRenewalMinor:
        renewed === null || renewed === undefined
          ? undefined
          : exact(renewed, row.currency, context, ['last_renewal', 'amount']),
    })
  })

const categories = ['authentication', 'marketing', 'service', 'utility', 'business_initiated', 'user_initiated']

/** A row of usage; prices are told only in a currency that is known. */
function usageRowIn(code: string | undefined): z.ZodType<UsageRow> {
  const price = maybeNumber.transform((value) => (value === undefined || !code ? undefined : minorUnits(value, code)))
  const category = (row: Record<string, unknown>, name: string) =>
    z
      .object({ quantity: maybeNumber, paidQuantity: maybeNumber, priceMinor: price })
      .transform(given)
      .safeParse({
        quantity: row[`${name}_quantity`],
        paidQuantity: row[`${name}_paid_quantity`],
        priceMinor: row[`${name}_price`],
      })
  return z
    .looseObject({
      period_date: maybeTime,
      quantity: maybeNumber,
      paid_quantity: maybeNumber,
      free_quantity: maybeNumber,
      total_price: price,
    })
    .transform((row, context): UsageRow => {
      const byCategory: UsageRow['byCategory'] = {}
      for (const name of categories) {
        const used = category(row, name)
        passOn(used.error, context, [name])
        if (used.data && Object.keys(used.data).length > 0) byCategory[name] = used.data
      }
      return given({
        date: row.period_date,
        quantity: row.quantity,
        paidQuantity: row.paid_quantity,
        freeQuantity: row.free_quantity,
        totalPriceMinor: row.total_price,
        byCategory,
      })
    })
}

function passOn(error: z.ZodError | undefined, context: z.RefinementCtx, under: string[] = []): void {
  for (const { path, message } of error?.issues ?? []) {
    context.addIssue({ code: 'custom', message, path: [...under, ...path] })
  }
}

/** Balance and usage of a client. */
export const clientBalance = z
  .looseObject({ currency, usage: z.array(z.unknown()).nullish() })
  .transform((row, context): ClientBalance => {
    const money = balance.safeParse(row)
    passOn(money.error, context)
    const usage = z.array(usageRowIn(row.currency ?? undefined)).safeParse(row.usage ?? [])
    passOn(usage.error, context, ['usage'])
    return given({ balance: money.data ?? undefined, usage: usage.data ?? [] })
  })

/** Usage alone; under which name the rows stand, and in which currency, is cut off in the documentation. */
export const usageList = z.unknown().transform((body, context): UsageRow[] => {
  const code = z.looseObject({ currency }).safeParse(body).data?.currency
  const found = onlyArray(usageRowIn(code ?? undefined)).safeParse(body)
  passOn(found.error, context)
  return found.data ?? []
})

/** The partner's own credit: a bare list, one row per currency (LK-PBAL). */
export const partnerBalance = z.array(
  z.looseObject({ currency: z.string().regex(/^[a-z]{3}$/i), total: z.union([z.number(), z.string()]) }).transform(
    ({ currency: code, total }, context): Money => ({
      amountMinor: exact(total, code, context, ['total']),
      currency: code.toUpperCase(),
    }),
  ),
)
