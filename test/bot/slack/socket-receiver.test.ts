import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { App, ReceiverEvent } from '@slack/bolt'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { type SocketReceiver, socketReceiver } from '../../../src/bot/slack/socket-receiver.ts'
import { soon } from '../../kit/soon.ts'

/** Just enough of Slack to connect to, and to be let down by. */
async function littleSlack() {
  const acks: unknown[] = []
  const http = createServer((_, response) => {
    const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/`
    response.statusCode = slack.down ? 500 : 200
    slack.asked += 1
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ ok: true, url }))
  })
  const server = new WebSocketServer({ server: http })
  server.on('connection', (socket) => {
    socket.on('message', (data) => acks.push(JSON.parse(String(data))))
    socket.send(JSON.stringify({ type: 'hello' }))
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const slack = {
    down: false,
    asked: 0,
    acks,
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/api/`,
    sockets: (): WebSocket[] => [...server.clients],
    send: (type: string, payload: unknown) => {
      for (const socket of server.clients) socket.send(JSON.stringify({ type, payload, envelope_id: type }))
    },
    close() {
      for (const socket of server.clients) socket.terminate()
      http.closeAllConnections()
      http.close()
    },
  }
  return slack
}

/** Waits until the check holds. */
let slack: Awaited<ReturnType<typeof littleSlack>>
let receiver: SocketReceiver
let work: (event: ReceiverEvent) => Promise<void>

beforeEach(async () => {
  slack = await littleSlack()
  work = async () => undefined
  receiver = socketReceiver({
    appToken: 'xapp-1-test',
    clientOptions: { slackApiUrl: slack.url, retryConfig: { retries: 0 } },
    log: pino({ level: 'silent' }),
    holdMs: 30,
    againMs: 5,
  })
  const app: Pick<App, 'processEvent'> = { processEvent: (event) => work(event) }
  receiver.init(app as App)
  await receiver.start()
})
afterEach(async () => {
  slack.close()
  await receiver.stop()
})

const event = { type: 'event_callback', event_id: 'Ev1', event: { type: 'message' } }

describe('Socket Mode', () => {
  it('acknowledges an event when its work is done', async () => {
    const done: string[] = []
    work = async ({ ack }) => {
      await ack()
      await new Promise((resolve) => setTimeout(resolve, 5))
      done.push('work')
    }
    slack.send('events_api', event)
    await soon(() => expect(slack.acks).toHaveLength(1))
    expect(done).toEqual(['work'])
  })

  it('leaves an event that is not done to the next delivery', async () => {
    work = () => new Promise(() => undefined)
    slack.send('events_api', event)
    slack.send('slash_commands', { command: '/portdesk' })
    await soon(() => expect(slack.acks).toEqual([{ envelope_id: 'slash_commands', payload: {} }]))
  })

  it('comes back when the connection is lost, also when Slack is away for a while', async () => {
    expect(receiver.connected()).toBe(true)
    slack.down = true
    for (const socket of slack.sockets()) socket.terminate()
    await soon(() => expect(slack.asked).toBeGreaterThan(3))
    expect(receiver.connected()).toBe(false)
    slack.down = false
    await soon(() => expect(receiver.connected()).toBe(true))
    slack.send('slash_commands', { command: '/portdesk' })
    await soon(() => expect(slack.acks).toHaveLength(1))
  })

  it('follows when Slack asks to connect anew', async () => {
    for (const socket of slack.sockets())
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }))
    await soon(() => expect(slack.asked).toBe(2))
    await soon(() => expect(receiver.connected()).toBe(true))
  })
})
