import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { type DeskConfig, readConfig } from '../../src/config.ts'
import type { Flow } from '../../src/flows/engine/types.ts'
import { startPortdesk } from '../../src/main.ts'
import { noticesSchema } from '../../src/notify/route-schema.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { atRest } from './at-rest.ts'
import { startDeskProcess } from './desk-process.ts'
import { emptyDatabase } from './empty-database.ts'
import { freePort } from './free-port.ts'
import { type Person, slackPerson, telegramPerson } from './people.ts'
import { transcriptOf } from './transcript.ts'

export interface Stage {
  sandbox: Sandbox
  url: string
  ana: Person
  ben: Person
  cleo: Person
  dan: Person
  eve: Person
  paula: Person
  nils: Person
  nora: Person
  bruno: Person
  zoe: Person
  /** Moves the clock, once the desk has done what it was at. */
  clock: { advance(duration: string): Promise<void> }
  /** Pulls levers of the fake world, once the desk has done what it was at. */
  world(levers: Record<string, unknown>): Promise<void>
  /** What people and levers do in the fake world: posts to a path of its control API, and answers what it says. */
  post(path: string, body: unknown): Promise<unknown>
  /** Stops the desk as a restart does and starts it again, with other flows when given. */
  restart(flows?: readonly Flow[]): Promise<void>
  /** Kills the desk's process in the middle of whatever it does, and starts it again. */
  killAndStart(): Promise<void>
  /** Resolves when every card and message that is owed has reached its room. */
  quiet(): Promise<void>
  /** What the desk's database says; for what no room shows. */
  ask(sql: string): Promise<Record<string, unknown>[]>
  /** What everybody saw, readable, without times. */
  transcript(): string
}

export interface StageOptions {
  flows?: readonly Flow[]
  /** Slack by Socket Mode and Telegram by long polling instead of webhooks. */
  sockets?: boolean
  /** Notices reach the rooms, too; the stories of cases are clearer without them. */
  notices?: boolean
  /** Changes the set-up that the desk of the sandbox comes with. */
  setUp?: (desk: DeskConfig) => DeskConfig
}

interface Launched {
  close(): Promise<void>
  kill(): Promise<void>
}

/** The whole product against the sandbox, on free ports: the desk in this process. Use with `await using`. */
export async function openStage(options: StageOptions = {}): Promise<Stage & AsyncDisposable> {
  const db = await emptyDatabase()
  const log = pino({ level: process.env.TEST_LOG ?? 'silent' })
  let flows = options.flows
  const stage = await setUp(options, async (environment, sandbox) => {
    const read = readConfig({ ...environment, CLOCK_URL: '' })
    const quiet = options.notices ? {} : { notices: noticesSchema.parse({ to: [] }) }
    const config = { ...read, desk: { ...(options.setUp?.(read.desk) ?? read.desk), ...quiet } }
    const desk = await startPortdesk({ config, db, clock: sandbox.clock, log, ...(flows && { flows }) })
    return { close: () => desk.close(), kill: () => Promise.reject(new Error('only a process can be killed')) }
  })
  const owed = async () => {
    const [row] = await db.run(
      `select (select count(*) from places where wanted > shown and state = 'live') + (select count(*) from deliveries where state = 'due') as n`,
    )
    return Number(row?.n)
  }
  return {
    ...stage,
    clock: {
      async advance(duration) {
        await atRest(stage.sandbox, db)
        await stage.clock.advance(duration)
      },
    },
    async world(levers) {
      await atRest(stage.sandbox, db)
      await stage.world(levers)
    },
    ask: (sql) => db.run(sql),
    async quiet() {
      while (await owed()) await new Promise(setImmediate)
    },
    async restart(changed) {
      flows = changed ?? flows
      await stage.restart()
    },
  }
}

/** The same with the desk as a process of its own, which can be killed. */
export async function openStageWithProcess(environment: Record<string, string> = {}): Promise<Stage & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'portdesk-'))
  const stage = await setUp({}, async (own) => {
    const desk = await startDeskProcess({ ...own, DATA_DIR: folder, ...environment })
    return { close: () => desk.kill('SIGTERM'), kill: () => desk.kill('SIGKILL') }
  })
  return {
    ...stage,
    async [Symbol.asyncDispose]() {
      await stage[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function setUp(
  { sockets }: StageOptions,
  launch: (environment: Record<string, string>, sandbox: Sandbox) => Promise<Launched>,
): Promise<Stage & AsyncDisposable> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const sandbox = await startSandbox({ port: 0, botUrl: url })
  const mode: Record<string, string> = sockets ? { SLACK_MODE: 'socket' } : { PUBLIC_URL: url }
  const start = () => launch({ ...sandbox.env, ...mode, PORT: String(port) }, sandbox)
  let desk = await start()

  const post = async (path: string, body: unknown): Promise<unknown> => {
    const answer = await fetch(`${sandbox.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const result: unknown = await answer.json()
    if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(result)}`)
    return result
  }
  const backstage = { sandbox, post }
  return {
    ...backstage,
    url,
    ana: slackPerson(backstage, 'U0ANA'),
    ben: slackPerson(backstage, 'U0BEN'),
    cleo: slackPerson(backstage, 'U0CLEO'),
    dan: slackPerson(backstage, 'U0DAN'),
    eve: slackPerson(backstage, 'U0EVE'),
    paula: telegramPerson(backstage, 7001, 7001),
    nils: telegramPerson(backstage, 7002, -100200300),
    nora: telegramPerson(backstage, 7004, -100200300),
    bruno: telegramPerson(backstage, 7003, 7003),
    zoe: telegramPerson(backstage, 7009, 7009),
    clock: {
      async advance(duration) {
        await post('/api/clock', { advance: duration })
      },
    },
    async world(levers) {
      await post('/api/world', levers)
    },
    async restart() {
      await desk.close()
      desk = await start()
    },
    quiet: () => Promise.reject(new Error("a process's database cannot be looked into")),
    ask: () => Promise.reject(new Error("a process's database cannot be looked into")),
    async killAndStart() {
      await desk.kill()
      desk = await start()
    },
    transcript: () => transcriptOf(sandbox.state()),
    async [Symbol.asyncDispose]() {
      await desk.close()
      await sandbox.close()
    },
  }
}
