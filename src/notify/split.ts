import { hash } from 'node:crypto'
import { discreet, isObject } from './discretion.ts'

/** One change of a post, ready for the inbox. */
export interface Change {
  /** The same for the same change, however often and in whatever company it is sent. */
  key: string
  source: 'meta' | 'hub' | 'poll'
  /** JSON of a `Told` without its source. */
  body: string
}

/**
 * The changes in a post of Meta (meta.md 5.2), also where its samples place `field` or `value` a level too high; fields
 * and events that nobody knows are kept, and the name of what an entry holds instead of changes. What the desk must not
 * know stays outside (discretion.ts). `undefined` when the payload is no envelope.
 */
export function splitMeta(payload: unknown): Change[] | undefined {
  if (!isObject(payload)) return undefined
  const { entry: entries, value } = payload
  if (entries === undefined ? value === undefined : !Array.isArray(entries)) return undefined
  const changes: Change[] = []
  const add = (entry: unknown, time: unknown, field: unknown, told: unknown) => {
    const change = metaChange(idOf(entry), timeOf(time), typeof field === 'string' ? field : 'unknown', told ?? null)
    if (change) changes.push(change)
  }
  if (value !== undefined) add(undefined, undefined, payload.field, value)
  for (const entry of Array.isArray(entries) ? entries : []) {
    if (!isObject(entry)) continue
    const { id, time, field, value, changes: list, ...others } = entry
    const above = field ?? payload.field
    const [other] = Object.keys(others)
    if (value !== undefined) add(id, time, above, value)
    if (Array.isArray(list)) {
      for (const change of list) if (isObject(change)) add(id, time, change.field ?? above, change.value)
    } else if (value === undefined && (typeof field === 'string' || other !== undefined)) {
      // What stands instead of a change may hold anything; its name says that something was told.
      add(id, time, above ?? other, null)
    }
  }
  return changes
}

function metaChange(
  entry: string | undefined,
  time: number | undefined,
  field: string,
  value: unknown,
): Change | undefined {
  const kept = discreet(field, value)
  if (kept === undefined) return undefined
  const sent = JSON.stringify({ entry, time, field, value })
  const body = kept === value ? sent : JSON.stringify({ entry, time, field, value: kept })
  // The time first: new keys lie side by side in the index, however many old ones there are.
  return { key: `meta:${(time ?? 0).toString(36)}:${digest(sent)}`, source: 'meta', body }
}

/**
 * The events in a post of the Hub, one or several (360dialog.md 4.1); `type` instead of `event` is understood.
 * `undefined` when there is none. The same event may come again, with the same id or with none.
 */
export function splitHub(payload: unknown): Change[] | undefined {
  const events = Array.isArray(payload) ? payload : [payload]
  const changes = events.flatMap((event) => hubChange(event) ?? [])
  return changes.length === 0 && events.length > 0 ? undefined : changes
}

function hubChange(told: unknown): Change | undefined {
  if (!isObject(told)) return undefined
  const named = told.event ?? told.type
  if (typeof named !== 'string' && !isObject(told.data)) return undefined
  const event = typeof named === 'string' ? named : 'unknown'
  const id = idOf(told.id)
  const data = told.data ?? null
  const body = JSON.stringify({ id, event, data })
  return { key: `hub:${digest(id === undefined ? body : JSON.stringify([id, event]))}`, source: 'hub', body }
}

function idOf(value: unknown): string | undefined {
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined
}

/** Unix seconds, which some samples hold as text. */
function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof time === 'number' && Number.isFinite(time) ? time : undefined
}

/** 132 bits of it: nothing else has the same by chance. */
const digest = (text: string): string => hash('sha256', text, 'base64url').slice(0, 22)
