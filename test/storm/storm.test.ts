import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Call } from '../../src/sandbox/calls.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { type Database, openDatabase } from '../../src/store/db.ts'
import { startDeskProcess } from '../kit/desk-process.ts'
import { freePort } from '../kit/free-port.ts'
import { blow, phoneOf, seeded, storm, type Weather } from './weather.ts'

const sizes = {
  squall: { posts: 400, numbers: 20, kills: 2 },
  full: { posts: 10_000, numbers: 500, kills: 20 },
}
/** `STORM=full npx vitest run test/storm` is the whole of it, which takes minutes. */
const size = process.env.STORM === 'full' ? sizes.full : sizes.squall
const partners = ['brightline', 'nordwind', 'sabia']

test('A storm with the process killed in the middle: nothing is lost, every last word is told, no room is overrun', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'portdesk-storm-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const sandbox = await startSandbox({ port: 0, botUrl: url })
  const random = seeded(20_261_121)
  const calls = heard(sandbox)
  try {
    await inFolder(folder, owned)
    const start = () => startDeskProcess({ ...sandbox.env, PUBLIC_URL: url, PORT: String(port), DATA_DIR: folder })
    let desk = await start()
    stumbling(sandbox, random)
    const weather = storm({ ...size, from: Math.floor(sandbox.clock.now() / 1000) - 600, random })
    const began = sandbox.clock.now()
    let blowing = true
    const blown = inTurn(weather, url, sandbox.env.META_APP_SECRET ?? '').then(() => {
      blowing = false
    })
    for (let kills = 0; kills < size.kills; kills += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100 + random() * 600))
      sandbox.clock.advance(1000)
      await desk.kill('SIGKILL')
      desk = await start()
    }
    await blown
    expect(blowing).toBe(false)
    const calm = await calmDown(sandbox, calls, url)
    await desk.kill('SIGTERM')
    await inFolder(folder, (db) => check(db, { weather, sandbox, calls: calls() }))
    console.log(
      `calm ${Math.round((calm - began) / 1000)} s of desk time after the storm began, ${calls().length} messages and edits`,
    )
  } finally {
    await sandbox.close()
    await rm(folder, { recursive: true, force: true })
  }
}, 900_000)

async function inFolder(folder: string, work: (db: Database) => Promise<void>): Promise<void> {
  const db = await openDatabase({ folder })
  try {
    await work(db)
  } finally {
    await db.close()
  }
}

/** The numbers of the storm belong to the three partners in turn. */
async function owned(db: Database): Promise<void> {
  for (let n = 0; n < size.numbers; n += 1) {
    await db.run('insert into owners (subject, partner, client_name, at) values ($1, $2, $3, now())', [
      `phone:${phoneOf(n)}`,
      partners[n % 3],
      `Client ${n}`,
    ])
  }
}

/** Every message and edit that reached a room. */
function heard({ ground }: Sandbox): () => Call[] {
  const all: Call[] = []
  const add = ground.calls.add
  ground.calls.add = (call) => {
    add(call)
    if (/chat\.(postMessage|update)$|\/(sendMessage|editMessageText)$/.test(call.path))
      all.push({ n: all.length, ...call })
  }
  return () => all
}

/** Of what is sent to a room, 5 % are answered 429 and 2 % 500. */
function stumbling({ ground }: Sandbox, random: () => number): void {
  const { take } = ground.faults
  ground.faults.take = (system, path) => {
    const chance = system === 'slack' || system === 'telegram' ? random() : 1
    const sending = /chat\.|Message/.test(path)
    if (sending && chance < 0.05) return { system, path: '', kind: '429', ms: 0, retryAfter: 2 }
    if (sending && chance < 0.07) return { system, path: '', kind: '500', ms: 0, retryAfter: 1 }
    return take(system, path)
  }
}

async function inTurn({ posts }: Weather, url: string, secret: string): Promise<void> {
  const waiting = [...posts]
  const worker = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) await blow(url, next, secret)
  }
  await Promise.all(Array.from({ length: 32 }, worker))
}

/** News waits for a quarter of an hour before it is told. */
const calmFor = 20 * 60_000

/** Moves the clock until nothing more is said. Answers when the last word was. */
async function calmDown({ clock }: Sandbox, calls: () => Call[], url: string): Promise<number> {
  let last = clock.now()
  for (let count = calls().length; clock.now() - last < calmFor; ) {
    clock.advance(clock.now() - last < 60_000 ? 1000 : 15_000)
    await settled(calls, url)
    if (calls().length === count) continue
    count = calls().length
    last = clock.now()
  }
  return last
}

/** Resolves when the desk has nothing in its hands: it answers with a word of its database, and has sent nothing since. */
async function settled(calls: () => Call[], url: string): Promise<void> {
  for (let before = -1; before !== calls().length; ) {
    before = calls().length
    for (let turns = 0; turns < 3; turns += 1) await fetch(`${url}/healthz`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

interface Aftermath {
  weather: Weather
  sandbox: Sandbox
  calls: Call[]
}

async function check(db: Database, { weather, sandbox, calls }: Aftermath): Promise<void> {
  const [inbox] = await db.run(
    `select count(*) as all, count(*) filter (where handled_at is null) as waiting, count(*) filter (where outcome = 'failed') as failed from inbox where source = 'meta'`,
  )
  expect(inbox).toEqual({ all: weather.distinct, waiting: 0, failed: 0 })
  await everyLastWordIsTold(db, weather, sandbox)
  noRoomIsOverItsRate(calls)
  await notTooMuchIsSaid(db, calls)
}

const lineSchema = z.object({ kind: z.string(), at: z.number(), mood: z.string() })
const rowSchema = z.object({
  surface: z.string(),
  room: z.string(),
  message_id: z.string(),
  behind: z.boolean(),
  state: z.object({ lines: z.record(z.string(), lineSchema) }),
})

/** In every room that hears of a number, the message about it shows the newest word. */
async function everyLastWordIsTold(db: Database, { last }: Weather, sandbox: Sandbox): Promise<void> {
  const found = await db.run(
    `select distinct on (surface, room, group_key) surface, room, message_id, wanted > shown as behind, state from notices
     where group_key like '%phone:%' order by surface, room, group_key, id desc`,
  )
  const rows = z.array(rowSchema).parse(found)
  const state = sandbox.state()
  const texts = new Map<string, string>([
    ...state.slack.channels.flatMap(({ id, messages }) =>
      messages.map(({ ts, blocks }) => [`slack ${id} ${ts}`, JSON.stringify(blocks)] as const),
    ),
    ...state.telegram.chats.flatMap(({ id, messages }) =>
      messages.map((message) => [`telegram ${id} ${message.message_id}`, message.text] as const),
    ),
  ])
  for (const { phone, time, event, topic } of last) {
    const isProblem = event === 'FLAGGED' || event === 'DOWNGRADE'
    const key = `phone:${phone} ${topic}`
    const own = rows.filter(({ state: { lines } }) => lines[key])
    expect(own.map(({ surface }) => surface).sort(), key).toContain('telegram')
    for (const row of own) {
      const seen = `${key} in ${row.room} after ${event}`
      expect([row.behind, row.state.lines[key]?.mood], seen).toEqual([false, isProblem ? 'problem' : 'relief'])
      // The desk hears that something is better only when it ends a problem.
      if (isProblem || row.surface === 'telegram') expect(row.state.lines[key]?.at, seen).toBe(time * 1000)
      expect(texts.get(`${row.surface} ${row.room} ${row.message_id}`), seen).toContain(phone.slice(-4))
    }
  }
}

/** What a platform allows: a message a second and room, twenty a minute and Telegram group. */
function noRoomIsOverItsRate(calls: readonly Call[]): void {
  const rooms = Map.groupBy(calls.filter(isTaken), ({ system, path, body }) => {
    const { channel, chat_id } = z
      .object({ channel: z.string().optional(), chat_id: z.coerce.string().optional() })
      .parse(body)
    return `${system} ${channel ?? chat_id} ${system === 'slack' ? path : ''}`
  })
  for (const [room, sent] of rooms) {
    if (room.includes('chat.update')) continue
    const times = sent.map(({ at }) => Date.parse(at)).sort((a, b) => a - b)
    const within = (ms: number) =>
      Math.max(...times.map((at, n) => times.slice(n).filter((each) => each < at + ms).length))
    expect(within(950), room).toBe(1)
    if (room.startsWith('telegram -')) expect(within(59_000), room).toBeLessThanOrEqual(20)
  }
}

const isTaken = ({ status }: Call) => status === 200

/** At most three messages a group, and the summaries of what was held back. */
async function notTooMuchIsSaid(db: Database, calls: readonly Call[]): Promise<void> {
  const [groups] = await db.run('select count(*) as n from notices')
  const posts = calls.filter((call) => isTaken(call) && /postMessage$|sendMessage$/.test(call.path))
  const summaries = posts.filter(({ body }) => JSON.stringify(body).includes('held back'))
  expect(posts.length - summaries.length).toBeLessThanOrEqual(Number(groups?.n) * 3)
  expect(summaries.length).toBeLessThanOrEqual(4 * (size.kills + 1))
}
