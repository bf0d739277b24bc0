import { z } from 'zod'
import { phoneNumber } from '../graph/fields.ts'
import type { Table } from '../journal.ts'
import { channelByPhone, type Entry, entryOf, type MetaSide, metaSideOf, numberByPhone } from './find.ts'
import { called, type LeverKit, type Levers, lever } from './lever.ts'
import type { World } from './world.ts'

/** Sets any field that the platforms know of a number, of what it belongs to, and of whom. */
export function numberLever({ world }: LeverKit): Levers {
  const set = z.record(z.string(), z.json())
  const phone = z.union([z.string(), z.number()]).transform((given, context) => {
    if (find(world, String(given))) return String(given)
    context.addIssue({ code: 'custom', message: `no number ${given} in the little world` })
    return z.NEVER
  })
  const schema = z.strictObject({ phone, set }).superRefine(({ phone, set }, context) => {
    const found = find(world, phone)
    for (const key of Object.keys(set)) {
      if (!found || placeOf(found, key)) continue
      context.addIssue({ code: 'custom', path: ['set', key], message: `no such field; ${spelling}` })
    }
  })
  const write = (found: Found, key: string, value: unknown) => {
    const { number, channel, waba, account } = found
    const place = placeOf(found, key)
    if (place?.owner === 'hub') put(world.channels, channel?.id, place.path, value)
    if (place?.owner === 'graph') put(world.numbers, number?.id, place.path, value ?? undefined)
    if (place?.owner === 'waba') put(world.wabas, waba?.id, place.path, value)
    if (place?.owner === 'account') put(world.accounts, account.id, place.path, value ?? undefined)
    if (place?.owner === 'business') put(world.businesses, account.business_id, place.path, value ?? undefined)
    if (place?.owner === 'client') put(world.clients, channel?.client_id, place.path, value)
  }
  return {
    number: lever(schema, ({ phone, set }) => {
      let found = find(world, phone)
      for (const [key, value] of Object.entries(set)) {
        if (found) write(found, key, value)
        found = find(world, phone) ?? found
      }
      return `Set ${Object.keys(set).join(', ')} of ${found ? called(found) : phone}.`
    }),
  }
}

type Found = Entry | MetaSide

function find(world: World, phone: string): Found | undefined {
  const channel = channelByPhone(world, phone)
  if (channel) return entryOf(world, channel.id)
  const number = numberByPhone(world, phone)
  return number && metaSideOf(world, number.id)
}

const owners = ['graph', 'hub', 'waba', 'account', 'business', 'client'] as const
type Owner = (typeof owners)[number]

const spelling = `write it as it stands in the Graph's or the Hub's JSON, or after ${owners.map((one) => `${one}.`).join(', ')}`

/** Where a key lives. A bare name is Meta's field if Meta has one of that name, else the Hub channel's. */
function placeOf(found: Found, key: string): { owner: Owner; path: string[] } | undefined {
  const { number, channel, waba } = found
  const path = key.split('.')
  const [head = '', ...rest] = path
  const owner = owners.find((one) => one === head)
  const there = { graph: number, hub: channel, waba, account: true, business: true, client: channel }
  if (owner && rest.length > 0) return there[owner] ? { owner, path: rest } : undefined
  if (number && path.length === 1 && head !== 'id' && phoneNumber.fields.includes(head)) return { owner: 'graph', path }
  if (channel && head !== 'id' && Object.hasOwn(channel, head)) return { owner: 'hub', path }
  return channel && Object.hasOwn(channel.setup_info, head)
    ? { owner: 'hub', path: ['setup_info', ...path] }
    : undefined
}

function put<T extends object>(table: Table<T>, key: string | undefined, path: string[], value: unknown) {
  const row = key === undefined ? undefined : table.get(key)
  if (row && key !== undefined) table.set(key, { ...row, ...within(row, path, value) })
}

/** The row with the value at that path; `undefined` takes the field away when the row is written down. */
function within(row: unknown, [head, ...rest]: string[], value: unknown): Record<string, unknown> {
  const fields = typeof row === 'object' && row !== null ? { ...row } : {}
  if (head === undefined) return fields
  const inner = head in fields ? Object.entries(fields).find(([key]) => key === head)?.[1] : undefined
  return { ...fields, [head]: rest.length ? within(inner, rest, value) : value }
}
