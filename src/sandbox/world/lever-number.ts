import { z } from 'zod'
import { phoneNumber } from '../graph/fields.ts'
import type { Table } from '../journal.ts'
import type { Entry } from './find.ts'
import { called, type LeverKit, type Levers, lever } from './lever.ts'

/** Sets any field that the platforms know of a number, of what it belongs to, and of whom. */
export function numberLever({ world, phone, entry }: LeverKit): Levers {
  const set = z.record(z.string(), z.json())
  const schema = z.strictObject({ phone, set }).superRefine(({ phone, set }, context) => {
    for (const key of Object.keys(set)) {
      if (placeOf(entry(phone), key)) continue
      context.addIssue({ code: 'custom', path: ['set', key], message: `no such field; ${spelling}` })
    }
  })
  const write = (channelId: string, key: string, value: unknown) => {
    const found = entry(channelId)
    const place = placeOf(found, key)
    if (place?.owner === 'hub') put(world.channels, channelId, place.path, value)
    if (place?.owner === 'graph') put(world.numbers, found.number?.id, place.path, value ?? undefined)
    if (place?.owner === 'waba') put(world.wabas, found.waba.id, place.path, value)
    if (place?.owner === 'account') put(world.accounts, found.account.id, place.path, value ?? undefined)
    if (place?.owner === 'business') put(world.businesses, found.account.business_id, place.path, value ?? undefined)
    if (place?.owner === 'client') put(world.clients, found.channel.client_id, place.path, value)
  }
  return {
    number: lever(schema, ({ phone, set }) => {
      for (const [key, value] of Object.entries(set)) write(phone, key, value)
      return `Set ${Object.keys(set).join(', ')} of ${called(entry(phone))}.`
    }),
  }
}

const owners = ['graph', 'hub', 'waba', 'account', 'business', 'client'] as const
type Owner = (typeof owners)[number]

const spelling = `write it as it stands in the Graph's or the Hub's JSON, or after ${owners.map((one) => `${one}.`).join(', ')}`

/** Where a key lives. A bare name is Meta's field if Meta has one of that name, else the Hub channel's. */
function placeOf({ number, channel }: Entry, key: string): { owner: Owner; path: string[] } | undefined {
  const path = key.split('.')
  const [head = '', ...rest] = path
  const owner = owners.find((one) => one === head)
  if (owner && rest.length > 0) return owner === 'graph' && !number ? undefined : { owner, path: rest }
  if (number && path.length === 1 && head !== 'id' && phoneNumber.fields.includes(head)) return { owner: 'graph', path }
  if (head !== 'id' && Object.hasOwn(channel, head)) return { owner: 'hub', path }
  return Object.hasOwn(channel.setup_info, head) ? { owner: 'hub', path: ['setup_info', ...path] } : undefined
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
