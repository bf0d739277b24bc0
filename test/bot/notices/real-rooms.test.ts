import { pino } from 'pino'
import { expect, test, vi } from 'vitest'
import { readConfig } from '../../../src/config.ts'
import { startPortdesk } from '../../../src/main.ts'
import { startSandbox } from '../../../src/sandbox/index.ts'
import { emptyDatabase } from '../../kit/empty-database.ts'
import { alerts, group, openRooms } from './rooms-kit.ts'

test('a storm reaches Slack and Telegram through their real clients, and neither has to ask for a pause', async () => {
  const db = await emptyDatabase()
  const sandbox = await startSandbox({ port: 0, botUrl: 'http://127.0.0.1:1' })
  const environment = { ...sandbox.env, CLOCK_URL: '', PORT: '0', SLACK_MODE: 'socket' }
  const log = pino({ level: 'silent' })
  const desk = await startPortdesk({ config: readConfig(environment), db, clock: sandbox.clock, log })
  const rooms = openRooms(db)
  try {
    const at = sandbox.clock.now()
    for (let count = 0; count < 15; count += 1) await rooms.owe(alerts, { at })
    const solved = await rooms.owe(group, { at })
    await rooms.oweBelow(solved, 'resolved', 2, at)
    const worse = await rooms.owe(alerts, { at, severity: 'critical' })
    await rooms.oweBelow(worse, 'worse', 2, at)
    const told = async () => {
      sandbox.clock.advance(500)
      expect(await rooms.calm()).toBe(true)
    }
    await vi.waitFor(told, { interval: 20, timeout: 100_000 })
    const state = sandbox.state()
    const inSlack = state.slack.channels.find(({ id }) => id === alerts)?.messages ?? []
    const [summary, critical, ...others] = inSlack
    expect(summary?.text).toContain('That was all, 16 notices')
    const below = others.find(({ thread_ts }) => thread_ts !== undefined)
    expect(below).toMatchObject({ thread_ts: critical?.ts, broadcast: true })
    expect(inSlack).toHaveLength(18)
    const chat = state.telegram.chats.find(({ id }) => String(id) === group)?.messages ?? []
    expect(chat.map(({ reply_to }) => reply_to)).toEqual([undefined, chat[0]?.message_id])
    expect(sandbox.ground.calls.since(0).filter(({ status }) => status === 429)).toEqual([])
  } finally {
    await desk.close()
    await sandbox.close()
  }
})
