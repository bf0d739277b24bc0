import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PlatformError } from '../../src/meta/problem.ts'
import { openPoller } from '../../src/notify/poller.ts'
import type { Change } from '../../src/notify/split.ts'
import { databases, type TestDatabase } from '../kit/database.ts'
import { noon } from './group-kit.ts'
import { desk } from './routing-kit.ts'

const [inMemory] = databases()
const clock = { now: () => noon, onJump: () => () => undefined }
const gone = new PlatformError({ kind: 'NotFound', asked: 'GET hub /clients/gone', answered: 'HTTP 404' })

describe('polling the balances', () => {
  let test: TestDatabase | undefined
  beforeEach(async () => {
    test = await inMemory?.open()
  })
  afterEach(() => test?.drop())

  it('tells of every client whose money is used up, also when another one cannot be read', async () => {
    if (!test) throw new Error('There is no database')
    const taken: Change[] = []
    const balance = async (client: string) => {
      if (client === 'gone') throw gone
      return { balance: { amountMinor: 0, currency: 'EUR' }, usage: [] }
    }
    const poller = openPoller({
      db: test.db,
      hubs: { bright: { partnerChanges: { async *list() {} }, clients: { balance } } },
      rosters: {
        of: async () => ({
          rows: ['gone', 'poor'].map((clientId) => ({
            channel: { id: `${clientId}CH`, phone: '4930123456', clientId, status: 'live' },
          })),
          clients: [],
          complete: true,
          asOf: '2026-11-24T12:00:00Z',
        }),
      },
      config: desk(),
      inbox: { take: async (changes) => void taken.push(...changes) },
      clock,
      log: pino({ level: 'silent' }),
    })
    poller.start()
    await expect.poll(() => taken.map(({ key }) => key)).toEqual(['poll:balance-used-up:poor:2026-11-24'])
    await poller.stop()
  })
})
