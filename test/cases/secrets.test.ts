import { afterEach, describe, expect, it } from 'vitest'
import type { SecretCall, SettingCall } from '../../src/cases/action-job.ts'
import { carefully, noWhisper, type Whispered } from '../../src/cases/whisper.ts'
import { PlatformError } from '../../src/meta/problem.ts'
import { secretOf } from '../../src/meta/secret.ts'
import { databases } from '../kit/database.ts'
import { errand } from './errand.ts'
import { type Office, openOffice } from './office.ts'
import { ana } from './people.ts'

const key = 'sk-never-to-be-seen-8842'

describe.each(databases())('a secret, on $name', ({ open }) => {
  let office: Office
  afterEach(() => office.close())

  interface World {
    arrives?: (whispered: Whispered) => boolean
    call?: Partial<SecretCall>
  }
  /** A case whose action answers a secret, started by Ana; tells what happened in which order. */
  const started = async ({ arrives = () => true, call }: World = {}) => {
    const order: string[] = []
    const heard: Whispered[] = []
    office = await openOffice({
      open,
      flows: [errand('ask')],
      actions: {
        ship: {
          receiver: (state, { step }) => state.steps[step]?.action?.by,
          async runInPrivate() {
            order.push('made')
            return { evidence: { key_id: '201126' }, secret: secretOf(key) }
          },
          ...call,
        },
      },
      async whisper(whispered) {
        order.push(whispered.secret ? 'delivered' : 'announced')
        heard.push(whispered)
        return arrives(whispered)
      },
    })
    const id = await office.errand(ana)
    await office.desk.act(ana, id, { do: 'approve', step: 'release' })
    await office.desk.act(ana, id, { do: 'tick', step: 'pack' })
    await office.desk.act(ana, id, { do: 'start', step: 'ship' })
    await office.settle()
    return { id, order, heard }
  }
  const action = async (id: number) => (await office.snapshot(id)).steps.ship

  it('is announced, made and delivered to the one who started it, and kept nowhere', async () => {
    const { id, order, heard } = await started()
    expect(order).toEqual(['announced', 'made', 'delivered'])
    expect(heard.map(({ to }) => to.id)).toEqual([ana.id, ana.id])
    expect(heard[1]?.secret?.reveal()).toBe(key)
    expect(JSON.stringify(heard)).not.toContain(key)
    expect((await action(id))?.ended).toMatchObject({ outcome: 'done', evidence: { key_id: '201126' } })
    expect(await everything()).not.toContain(key)
  })

  it('is not made when its receiver cannot be reached, and may be tried again', async () => {
    let reachable = false
    const { id, order } = await started({ arrives: () => reachable })
    expect(order).toEqual(['announced'])
    expect((await action(id))?.action).toMatchObject({ status: 'failed', problem: 'receiver-not-reached' })
    reachable = true
    await office.desk.act(ana, id, { do: 'start', step: 'ship' })
    await office.settle()
    expect(order).toEqual(['announced', 'announced', 'made', 'delivered'])
    expect((await office.snapshot(id)).closed).toMatchObject({ outcome: 'done' })
  })

  it('that does not arrive is lost: the case says so, and nothing is repeated by itself', async () => {
    const { id, order } = await started({ arrives: ({ secret }) => secret === undefined })
    expect(order).toEqual(['announced', 'made', 'delivered'])
    expect((await action(id))?.action).toMatchObject({ status: 'failed', problem: 'secret-not-delivered' })
    expect(await everything()).not.toContain(key)
  })

  it('is not made a second time when nobody knows whether it was', async () => {
    const { id, order } = await started({
      call: {
        async runInPrivate() {
          throw new PlatformError({ kind: 'Unavailable', asked: 'POST hub /api_keys', answered: 'HTTP 500' })
        },
      },
    })
    expect(order).toEqual(['announced'])
    expect((await action(id))?.action?.status).toBe('unclear')
  })

  it('is refused as the platform refuses it', async () => {
    const { id } = await started({
      call: {
        async runInPrivate() {
          throw new PlatformError({ kind: 'NotAllowed', asked: 'POST hub /api_keys', answered: 'HTTP 403' })
        },
      },
    })
    expect((await action(id))?.action).toMatchObject({ status: 'failed', problem: 'HTTP 403' })
  })

  it('that is set has been delivered before, and is made up anew for each try', async () => {
    let [reachable, refuses] = [false, true]
    const made: string[] = []
    const set: string[] = []
    const heard: string[] = []
    const call: SettingCall = {
      receiver: (state, { step }) => state.steps[step]?.action?.by,
      makeUp: () => secretOf(`${key}-${made.push(key)}`),
      async runWith(_, secret) {
        set.push(secret.reveal())
        if (refuses) throw new PlatformError({ kind: 'NotAllowed', asked: 'POST meta /register', answered: 'HTTP 403' })
        return { phone_number_id: '55' }
      },
    }
    office = await openOffice({
      open,
      flows: [errand('ask')],
      actions: { ship: call },
      async whisper({ to, secret }) {
        if (reachable) heard.push(`${to.id} ${secret?.reveal()}`)
        return reachable
      },
    })
    const id = await office.errand(ana)
    await office.desk.act(ana, id, { do: 'approve', step: 'release' })
    await office.desk.act(ana, id, { do: 'tick', step: 'pack' })
    const start = async () => {
      await office.desk.act(ana, id, { do: 'start', step: 'ship' })
      await office.settle()
    }
    await start()
    expect((await action(id))?.action).toMatchObject({ status: 'failed', problem: 'receiver-not-reached' })
    expect(set).toEqual([])
    reachable = true
    await start()
    expect((await action(id))?.action).toMatchObject({ status: 'failed', problem: 'HTTP 403' })
    refuses = false
    await start()
    expect((await action(id))?.ended).toMatchObject({ outcome: 'done', evidence: { phone_number_id: '55' } })
    expect(set).toEqual([`${key}-2`, `${key}-3`])
    expect(heard).toEqual(set.map((secret) => `${ana.id} ${secret}`))
    expect(await everything()).not.toContain(key)
  })

  /** Every row of every table, as text. */
  async function everything(): Promise<string> {
    const tables = await office.db.run(
      `select table_schema as s, table_name as t from information_schema.tables
       where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    )
    const texts = []
    for (const { s, t } of tables) texts.push(JSON.stringify(await office.db.run(`select * from "${s}"."${t}"`)))
    expect(texts.join()).toContain('ship')
    return texts.join()
  }
})

describe('a private message that stumbles', () => {
  const whispered = {
    to: { role: 'support', id: 'slack:U0ANA', name: 'Ana' },
    case: 1,
    phone: undefined,
    call: 'x',
  } as const

  it('has not arrived, and the log does not tell what it said', async () => {
    const lines: unknown[] = []
    const log = { error: (...line: unknown[]) => lines.push(line) } as unknown as Parameters<typeof carefully>[1]
    const whisper = carefully(async () => Promise.reject(new TypeError(`cannot send ${key}`)), log)
    expect(await whisper({ ...whispered, secret: secretOf(key) })).toBe(false)
    expect(JSON.stringify(lines)).toContain('TypeError')
    expect(JSON.stringify(lines)).not.toContain(key)
  })

  it('reaches nobody on a desk without surfaces', async () => {
    expect(await noWhisper(whispered)).toBe(false)
  })
})
