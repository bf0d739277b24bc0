import type { Payment } from './refund-amount.ts'

/** How many decimals a currency has. */
function decimals(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return format.resolvedOptions().maximumFractionDigits ?? 2
}

/** An amount without its currency, from minor units: `12.50`. */
export const amountText = (minor: number, currency: string): string =>
  (minor / 10 ** decimals(currency)).toFixed(decimals(currency))

/** `12.50 EUR`, from minor units. */
export const moneyText = (minor: number, currency: string): string => `${amountText(minor, currency)} ${currency}`

/**
 * Reads payments as people write them, newest first: `50+5; 20` is 50 credited with a fee of 5, then 20 without one.
 * `undefined` for anything else, and for more decimals than the currency has.
 */
export function readPayments(text: string, currency: string): Payment[] | undefined {
  const parts = text.split(/[;\n]/).flatMap((part) => (part.trim() ? [part.split('+')] : []))
  const payments = parts.flatMap(([credited = '', fee = '0', ...more]) => {
    const [whole, extra] = [minorOf(credited, currency), minorOf(fee, currency)]
    return whole === undefined || extra === undefined || more.length ? [] : [{ credited: whole, fee: extra }]
  })
  return payments.length > 0 && payments.length === parts.length ? payments : undefined
}

/** Payments as `readPayments` reads them. */
export const paymentText = ({ credited, fee }: Payment, currency: string): string =>
  fee === 0 ? amountText(credited, currency) : `${amountText(credited, currency)}+${amountText(fee, currency)}`

function minorOf(text: string, currency: string): number | undefined {
  const [, whole, fraction = ''] = /^\s*(\d{1,9})(?:[.,](\d*))?\s*$/.exec(text) ?? []
  const places = decimals(currency)
  if (whole === undefined || fraction.length > places) return undefined
  return Number(whole + fraction.padEnd(places, '0'))
}
