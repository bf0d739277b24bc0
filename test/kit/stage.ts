import { pino } from 'pino'
import { readConfig } from '../../src/config.ts'
import type { Flow } from '../../src/flows/engine/types.ts'
import { type Portdesk, startPortdesk } from '../../src/main.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { type Database, openDatabase } from '../../src/store/db.ts'
import { freePort } from './free-port.ts'
import { type Person, slackPerson, telegramPerson } from './people.ts'
import { transcriptOf } from './transcript.ts'

export interface Stage {
  sandbox: Sandbox
  url: string
  db: Database
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
  clock: { advance(duration: string): Promise<void> }
  /** Pulls levers of the fake world. */
  world(levers: Record<string, unknown>): Promise<void>
  /** Stops the desk as a restart does and starts it again, with other flows when given. */
  restart(flows?: readonly Flow[]): Promise<void>
  /** What everybody saw, readable, without times. */
  transcript(): string
}

export interface StageOptions {
  flows?: readonly Flow[]
  /** Slack by Socket Mode and Telegram by long polling instead of webhooks. */
  sockets?: boolean
  db?: Database
}

/** The whole product against the sandbox, in this process, on free ports. Use with `await using`. */
export async function openStage(options: StageOptions = {}): Promise<Stage & AsyncDisposable> {
  const port = await freePort()
  const sandbox = await startSandbox({ port: 0, botUrl: `http://127.0.0.1:${port}` })
  const db = options.db ?? (await openDatabase({ folder: ':memory:' }))
  const log = pino({ level: process.env.TEST_LOG ?? 'silent' })
  const mode = options.sockets ? { SLACK_MODE: 'socket' } : { PUBLIC_URL: `http://127.0.0.1:${port}` }
  const config = readConfig({ ...sandbox.env, ...mode, CLOCK_URL: '', PORT: String(port) })
  const start = (flows?: readonly Flow[]) =>
    startPortdesk({ config, db, clock: sandbox.clock, log, ...(flows && { flows }) })
  let desk: Portdesk = await start(options.flows)

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
    sandbox,
    url: desk.url,
    db,
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
    async restart(flows) {
      await desk.close()
      desk = await start(flows)
    },
    transcript: () => transcriptOf(sandbox.state()),
    async [Symbol.asyncDispose]() {
      await desk.close()
      if (!options.db) await db.close()
      await sandbox.close()
    },
  }
}
