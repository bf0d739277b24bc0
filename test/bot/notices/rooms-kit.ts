import { pino } from 'pino'
import { expect } from 'vitest'
import type { Card } from '../../../src/bot/card.ts'
import { type Carrier, openCarrier } from '../../../src/bot/notices/carrier.ts'
import { limits, openPace } from '../../../src/bot/notices/pace.ts'
import { type Room, type SayOptions, SendError, type SendProblem, type Surface } from '../../../src/bot/surface.ts'
import { openTexts } from '../../../src/bot/texts.ts'
import type { Duration } from '../../../src/flows/engine/duration.ts'
import type { Carried } from '../../../src/notify/carried.ts'
import type { FollowUp } from '../../../src/notify/group.ts'
import type { Severity } from '../../../src/notify/notice.ts'
import type { Database } from '../../../src/store/db.ts'
import { type HandClock, handClock } from '../../cases/office.ts'
import { config } from '../../cases/people.ts'

/** Something that a room was told. */
export interface Heard {
  surface: Room['surface']
  room: string
  topic?: number | undefined
  key: string
  /** `edit` of the message with that id. */
  did: 'post' | 'edit'
  id: string
  thread?: string | undefined
  broadcast?: boolean | undefined
  card: Card
  /** Desk time. */
  at: number
}

export const alerts = 'C0ALERTS'
export const partnerChat = '7001'
export const group = '-100200300'

const textsOf = openTexts(new URL('../../../locales/', import.meta.url))
const log = pino({ level: 'silent' })

/** Two chat platforms that remember what they were told, and refuse when they are asked to. */
export function openRooms(db: Database) {
  const clock: HandClock = handClock()
  const heard: Heard[] = []
  /** Asked before each call: what is in the way, if anything. */
  let fault: (call: Omit<Heard, 'id' | 'did'>) => SendProblem | Promise<never> | undefined = () => undefined
  let ids = 0

  const surface = (name: Room['surface']): Surface => {
    const take = async (
      room: Room,
      card: Card,
      { key, thread, broadcast, perhapsSaid }: SayOptions,
      edits?: string,
    ) => {
      const call = { surface: name, room: room.id, topic: room.topic, key, thread, broadcast, card, at: clock.now() }
      const problem = fault(call)
      if (problem && 'kind' in problem) throw new SendError(problem)
      const said = perhapsSaid && heard.find((each) => each.key === key && each.room === room.id)?.id
      const id = edits ?? said ?? String(++ids)
      heard.push({ ...call, did: (edits ?? said) ? 'edit' : 'post', id })
      await problem
      return id
    }
    return {
      name,
      show: (room, card, { messageId, ...options }) => take(room, card, options, messageId),
      say: (room, card, options) => take(room, card, options),
    }
  }

  const running: Carrier[] = []
  const start = async (): Promise<Carrier> => {
    const surfaces = [surface('slack'), surface('telegram')]
    const carrier = openCarrier({ db, surfaces, config, textsOf, clock, pace: openPace(clock.now), log })
    running.push(carrier)
    await carrier.start()
    return carrier
  }

  return {
    clock,
    heard,
    start,
    in: (room: string) => heard.filter((each) => each.room === room),
    keysIn: (room: string) => heard.filter((each) => each.room === room).map(({ key }) => key),
    meet(next: typeof fault) {
      fault = next
    },
    /** Lets the clock run, a step at a time, until it is so. */
    async until(isSo: () => boolean | Promise<boolean>, step: Duration = 'PT0.1S'): Promise<void> {
      for (let moves = 0; moves < 5000; moves += 1) {
        if (await isSo()) return
        clock.move(step)
        // Not faster than the database answers.
        await db.run('select 1')
      }
      throw new Error(
        `It never was so. Heard: ${heard.map(({ room, did, key }) => `${room} ${did} ${key}`).join(', ')}`,
      )
    },
    /** Everything that is owed was told. */
    async calm(): Promise<boolean> {
      const [row] = await db.run(
        `select (select count(*) from notices where wanted > shown) + (select count(*) from deliveries where state = 'due')
           + (select count(*) from held_back) as owed`,
      )
      return row?.owed === 0
    },
    async close() {
      for (const carrier of running) await carrier.stop()
    },

    /** A root message that is owed; its id. */
    async owe(room: string, options: { severity?: Severity; at?: number; topic?: number } = {}): Promise<number> {
      const { severity = 'info', at = clock.now(), topic = 0 } = options
      const side = room === alerts ? 'desk' : 'partner'
      const line = {
        kind: 'quality-low',
        severity,
        mood: 'problem',
        subject: { type: 'phone', id: '493023125301' },
        topic: 'quality',
        params: {},
        at,
        count: 1,
        notice: '1.0',
      }
      const state = { lines: { 'phone:493023125301 quality': line }, dropped: 0, count: 1, first: at, last: at }
      const rows = await db.run(
        `insert into notices (surface, room, topic, side, partner, group_key, state, telling, severity, wanted, opened_at, due_at)
         values ($1, $2, $3, $4, $5, gen_random_uuid()::text, $6, '{"wait":0,"interval":0,"repeats":0}', $7, 1, $8, $8) returning id`,
        [
          room === alerts ? 'slack' : 'telegram',
          room,
          topic,
          side,
          side === 'partner' ? 'brightline' : null,
          JSON.stringify(state),
          severity,
          new Date(at),
        ],
      )
      return Number(rows[0]?.id)
    },
    /** The group changed: its message is to be redrawn. */
    async change(id: number): Promise<void> {
      await db.run('update notices set seq = seq + 1, wanted = seq + 1, due_at = $2 where id = $1', [
        id,
        new Date(clock.now()),
      ])
    },
    /** A word below a root that is owed. */
    async oweBelow(id: number, what: FollowUp, number = 1, at = clock.now()): Promise<void> {
      const body: Carried = { type: 'follow-up', what, seq: number }
      await db.run(
        `insert into deliveries (key, notice_id, surface, room, body, created_at, due_at)
         select $2, id, surface, room, $3, $4, $4 from notices where id = $1`,
        [id, `notice:${id}:${number}`, JSON.stringify(body), new Date(at)],
      )
    },
  }
}

export type Rooms = ReturnType<typeof openRooms>

/** Whatever was sent kept to what the platforms allow. */
export function keptToThePace(heard: readonly Heard[]): void {
  for (const { surface, what, each, most, per, groups } of limits) {
    const counted = heard.filter(
      (one) =>
        one.surface === surface &&
        (what === 'all' || (what === 'edits') === (one.did === 'edit')) &&
        (!groups || one.room.startsWith('-')),
    )
    const rooms = Map.groupBy(counted, (one) => (each === 'room' ? one.room : surface))
    for (const times of rooms.values()) {
      const gaps = times.flatMap(({ at }, index) => {
        const before = times[index - most]
        return before ? [at - before.at] : []
      })
      expect(Math.min(per, ...gaps)).toBe(per)
    }
  }
}
