import type { Context } from 'hono'
import type { Bindings } from '../world/door.ts'
import type { AsideRow, ChannelRow, ClientRow } from '../world/rows.ts'
import { zuluTime } from '../world/times.ts'
import type { World } from '../world/world.ts'

const cents = (amount: number) => Math.round(amount * 100) / 100

/** The money of one number (360dialog.md 2.7). */
export function channelBalance({ balance, currency, last_renewal }: AsideRow) {
  return { balance, currency, last_renewal }
}

/** The money of a client: the sum of its numbers, with the usage rows of a quiet month (360dialog.md 2.7). */
export function clientBalance(world: World, client: ClientRow, span: Span) {
  const asides = channelsOf(world, client).flatMap(({ id }) => world.asides.get(id) ?? [])
  const renewals = asides.flatMap(({ last_renewal }) => last_renewal ?? [])
  return {
    balance: cents(asides.reduce((sum, { balance }) => sum + balance, 0)),
    currency: asides[0]?.currency ?? 'eur',
    estimated_template_cost: 0.07,
    granularity: span.granularity,
    last_renewal: renewals.sort((a, b) => (a.date < b.date ? 1 : -1))[0] ?? null,
    usage: usageRows(span),
  }
}

export interface Span {
  /** Milliseconds. */
  from: number
  to: number
  granularity: string
}

/** The time that a request asks for, the present month when it does not say; `undefined` when it is no time. */
export function spanOf(c: Context<Bindings>, now: number): Omit<Span, 'granularity'> | undefined {
  const month = new Date(now).setUTCDate(1)
  const seconds = (text: string | undefined, otherwise: number) => (text ? Number(text) * 1000 : otherwise)
  const from = seconds(c.req.query('start_date'), new Date(month).setUTCHours(0, 0, 0, 0))
  const to = seconds(c.req.query('end_date'), now)
  return Number.isInteger(from) && Number.isInteger(to) && from <= to ? { from, to } : undefined
}

const mostRows = 370

/** One row a day or a month; every day looks like every other. */
export function usageRows({ from, to, granularity }: Span) {
  const rows: ReturnType<typeof usageRow>[] = []
  const start = new Date(new Date(from).setUTCHours(0, 0, 0, 0))
  if (granularity === 'month') start.setUTCDate(1)
  while (start.getTime() <= to && rows.length < mostRows) {
    rows.push(usageRow(zuluTime(start.getTime())))
    if (granularity === 'month') start.setUTCMonth(start.getUTCMonth() + 1)
    else start.setUTCDate(start.getUTCDate() + 1)
  }
  return rows
}

const channelsOf = (world: World, client: ClientRow): ChannelRow[] =>
  world.channels.values().filter(({ client_id }) => client_id === client.id)

const kinds = ['authentication', 'marketing', 'service', 'utility', 'business_initiated', 'user_initiated']

const usageRow = (period_date: string) => ({
  period_date,
  quantity: 40,
  paid_quantity: 40,
  free_quantity: 0,
  free_tier: 0,
  free_entry_point: 0,
  total_price: 2.8,
  ...Object.fromEntries(
    kinds.flatMap((kind) => {
      const used = kind === 'utility' ? 40 : 0
      return [
        [`${kind}_quantity`, used],
        [`${kind}_paid_quantity`, used],
        [`${kind}_price`, cents(used * 0.07)],
      ]
    }),
  ),
})
