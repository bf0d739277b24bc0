import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises'
import { pino } from 'pino'
import { openCourier } from '../src/bot/courier.ts'
import type { Surface } from '../src/bot/surface.ts'
import { openTexts } from '../src/bot/texts.ts'
import type { Actor } from '../src/cases/actor.ts'
import { type Desk, openDesk } from '../src/cases/desk.ts'
import type { DeskConfig } from '../src/config.ts'
import { catalogue } from '../src/flows/index.ts'
import { type Database, openDatabase } from '../src/store/db.ts'
import { openQueue } from '../src/store/queue.ts'
import { systemClock } from '../src/time.ts'
import { above, type Bar, percentile } from './bar.ts'
import { freshPlace, kinds, type Place } from './stores.ts'
import { quickPlatforms } from './world.ts'

const drivers = 32
const enough = { postgres: 1000, pglite: undefined }
const log = pino({ level: 'error' })
const config: DeskConfig = {
  slack: { cases: 'C0CASES', alerts: 'C0ALERTS', language: 'en', timeZone: 'UTC' },
  people: [{ slack: 'U0ANA', name: 'Ana', role: 'support', language: 'en', timeZone: 'UTC' }],
  partners: [
    { id: 'brightline', name: 'Brightline', hub: { partner: 'BrghtlPA', key: 'KEY' }, payment: 'direct', telegram: [] },
  ],
}
const ana: Actor = {
  surface: 'slack',
  id: 'slack:U0ANA',
  name: 'Ana',
  role: 'support',
  room: 'C0CASES',
  language: 'en',
  timeZone: 'UTC',
}

/** Acts that are written to the database and kept, 32 cases at once: without anybody looking, and with cards that follow. */
export async function driveBars({ quick }: { quick: boolean }): Promise<Bar[]> {
  const bars: Bar[] = []
  for (const kind of kinds()) {
    for (const cards of [false, true]) bars.push(...(await driveOn(kind, cards, quick)))
  }
  return bars
}

async function driveOn(kind: Place['kind'], cards: boolean, quick: boolean): Promise<Bar[]> {
  const place = await freshPlace(kind)
  const db = await openDatabase({ url: place.url, folder: place.folder, log })
  const trips = counted(db)
  const queue = openQueue({ db, log })
  const desk = openDesk({
    db: trips.db,
    queue,
    config,
    flows: catalogue,
    ...quickPlatforms(),
    clock: systemClock,
    log,
  })
  const room = quickRoom()
  const courier = openCourier({
    db,
    desk,
    surfaces: [room.surface],
    config,
    textsOf: openTexts(new URL('../locales/', import.meta.url)),
    clock: systemClock,
    log,
  })
  try {
    await queue.start(desk.jobs)
    const ids = await Promise.all(Array.from({ length: drivers }, (_, n) => openCase(desk, `4930231${25000 + n}`)))
    if (cards) courier.start()
    await drive(desk, ids, quick ? 1000 : 3000)
    trips.count = 0
    room.edits = 0
    const { steps, seconds, times } = await drive(desk, ids, quick ? 3000 : 12_000)
    const name = `${place.title}, 32 cases${cards ? ' and their cards' : ''}`
    const target = cards ? undefined : enough[kind]
    return [
      { name: `${name}: steps`, value: steps / seconds, unit: '/s', ...(target && { target: above(target) }) },
      { name: `${name}: one step, p99`, value: percentile(times, 0.99), unit: 'ms' },
      cards
        ? { name: `${name}: edits and messages`, value: room.edits / seconds, unit: '/s' }
        : { name: `${name}: statements a step`, value: trips.count / steps, unit: '' },
    ]
  } finally {
    if (cards) await courier.stop()
    await queue.stop()
    await db.close()
    await place.drop()
  }
}

async function openCase(desk: Desk, number: string): Promise<number> {
  const opened = await desk.open(ana, 'two-step-disable', { number }, number)
  if (!opened.ok) throw new Error(`A case was refused: ${opened.why.code}`)
  const { id } = opened.case
  await desk.settled(id, 30_000)
  const answered = await desk.act(ana, id, { do: 'answer', question: 'admin', value: 'no' })
  if (!answered.ok) throw new Error(`An answer was refused: ${answered.why.code}`)
  return id
}

/** Everybody ticks and unticks their own case for so long, one act after the other. */
async function drive(desk: Desk, ids: number[], ms: number) {
  const times: number[] = []
  const began = performance.now()
  await Promise.all(
    ids.map(async (id) => {
      for (let n = 0; performance.now() - began < ms || n % 2 === 1; n += 1) {
        const start = performance.now()
        const act = { do: n % 2 === 0 ? 'tick' : 'untick', step: 'release-ticket' } as const
        const acted = await desk.act(ana, id, act, `${id}:${began}:${n}`)
        if (!acted.ok) throw new Error(`An act was refused: ${acted.why.code}`)
        times.push(performance.now() - start)
        // Acts come from the network: between two of them the process gets round to everything else.
        await turn()
      }
    }),
  )
  return { steps: times.length, seconds: (performance.now() - began) / 1000, times }
}

/** Counts the statements that go to the database; a transaction begins and ends with one. */
function counted(db: Database): { db: Database; count: number } {
  const self = {
    count: 0,
    db: {
      ...db,
      run: (...given: Parameters<Database['run']>) => {
        self.count += 1
        return db.run(...given)
      },
      transaction: <T>(work: Parameters<typeof db.transaction<T>>[0]) => {
        self.count += 2
        return db.transaction(work)
      },
    },
  }
  return self
}

/** A Slack that answers after 1 ms. */
function quickRoom(): { surface: Surface; edits: number } {
  const answer = async (key: string) => {
    await pause(1)
    self.edits += 1
    return key
  }
  const self = {
    edits: 0,
    surface: {
      name: 'slack' as const,
      show: (_room, _card, { key, messageId = key }) => answer(messageId),
      say: (_room, _card, { key }) => answer(key),
    } satisfies Surface,
  }
  return self
}
