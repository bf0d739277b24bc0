import type { Ground } from '../ground.ts'
import { SlackError } from './errors.ts'
import { isMember, type Person, type Room } from './people.ts'
import type { MessageRow, Tables } from './tables.ts'

/** The messages of all rooms. Every change is in the journal and announced to open pages when the call returns. */
export interface Messages {
  /** A new timestamp, above every earlier one: `1700000000.000100`. */
  stamp(): string
  post(message: Omit<MessageRow, 'ts'>): MessageRow
  find(channel: string, ts: string): MessageRow | undefined
  change(message: MessageRow): void
  remove(message: MessageRow): void
  /** Oldest first, thread replies and ephemeral ones included. */
  inRoom(channel: string): MessageRow[]
  /** The root and its replies, oldest first. */
  thread(channel: string, root: string): MessageRow[]
  /**
   * The root of the thread that a reply to `ts` belongs to.
   * @throws SlackError `cannot_reply_to_message` when there is no such message, or only one person sees it.
   */
  rootOf(channel: string, ts: string): string
}

export function slackMessages(ground: Ground, { messages: table }: Tables): Messages {
  const stamp = stamps(
    ground,
    table.values().map(({ ts }) => ts),
  )
  const key = (channel: string, ts: string) => `${channel}:${ts}`
  const find = (channel: string, ts: string) => table.get(key(channel, ts))
  const change = (message: MessageRow) => {
    table.set(key(message.channel, message.ts), message)
    ground.changed()
  }
  const inRoom = (channel: string) => table.values().filter((message) => message.channel === channel)
  return {
    stamp,
    post(message) {
      const row = { ...message, ts: stamp() }
      change(row)
      return row
    },
    find,
    change,
    remove(message) {
      table.delete(key(message.channel, message.ts))
      ground.changed()
    },
    inRoom,
    thread: (channel, root) =>
      inRoom(channel).filter(({ ts, thread_ts, ephemeral_to }) => !ephemeral_to && (ts === root || thread_ts === root)),
    rootOf(channel, ts) {
      const message = find(channel, ts)
      if (!message || message.ephemeral_to) throw new SlackError('cannot_reply_to_message')
      return message.thread_ts ?? ts
    },
  }
}

/** Whether that person has the message on the screen. */
export const sees = (person: Person, room: Room, message: MessageRow) =>
  isMember(room, person.id) && (message.ephemeral_to === undefined || message.ephemeral_to === person.id)

function stamps(ground: Ground, used: string[]): () => string {
  let last = used.reduce((highest, ts) => Math.max(highest, micros(ts)), 0)
  return () => {
    last = Math.max(last + 1, ground.clock.now() * 1000)
    return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`
  }
}

/** A timestamp as a whole number of microseconds, to compare by. */
export function micros(ts: string): number {
  const [seconds = '0', fraction = ''] = ts.split('.')
  return Number(seconds) * 1e6 + Number(fraction.slice(0, 6).padEnd(6, '0'))
}
