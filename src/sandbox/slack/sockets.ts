import { randomBytes, randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { parsed } from './json.ts'
import { bot } from './people.ts'

export type EnvelopeType = 'slash_commands' | 'interactive' | 'events_api'

export interface Retry {
  num: number
  reason: string
}

/** What came back for an envelope: its payload, or nothing in time, or the connection went away. */
export type Ack = { payload: unknown } | 'timeout' | 'gone'

/** Socket Mode: connections of the app, each opened with a one-time ticket. */
export interface Sockets {
  /** A WebSocket address that works once. */
  ticket(ownUrl: string): string
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  /** How many connections are open. */
  open(): number
  /** Sends an envelope over one of the connections and waits for its acknowledgement. */
  send(type: EnvelopeType, payload: unknown, withinMs: number, retry?: Retry): Promise<Ack>
  close(): void
}

const path = '/slack/socket/'
const acknowledgement = z.object({ envelope_id: z.string(), payload: z.unknown().optional() })

export function slackSockets({ pingEveryMs = 10_000 } = {}): Sockets {
  const server = new WebSocketServer({ noServer: true })
  const tickets = new Set<string>()
  const waiting = new Map<string, { socket: WebSocket; settle(ack: Ack): void }>()
  const ready = () => [...server.clients].filter((socket) => socket.readyState === socket.OPEN)
  let turn = 0

  const pings = setInterval(() => {
    for (const socket of ready()) socket.ping()
  }, pingEveryMs)
  pings.unref()

  const welcome = (socket: WebSocket) => {
    socket.on('message', (data) => {
      const ack = acknowledgement.safeParse(parsed(String(data)))
      if (ack.success) waiting.get(ack.data.envelope_id)?.settle({ payload: ack.data.payload })
    })
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      for (const one of waiting.values()) if (one.socket === socket) one.settle('gone')
    })
    socket.send(JSON.stringify(hello(ready().length)))
  }

  return {
    ticket(ownUrl) {
      const ticket = randomBytes(16).toString('hex')
      tickets.add(ticket)
      return `${ownUrl.replace(/^http/, 'ws')}${path}link?ticket=${ticket}&app_id=${bot.app}`
    },
    upgrade(request, socket, head) {
      const url = new URL(request.url ?? '/', 'http://localhost')
      if (!url.pathname.startsWith(path)) return false
      if (tickets.delete(url.searchParams.get('ticket') ?? '')) server.handleUpgrade(request, socket, head, welcome)
      else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
      return true
    },
    open: () => ready().length,
    send(type, payload, withinMs, retry) {
      const open = ready()
      turn += 1
      const socket = open[turn % open.length]
      if (!socket) return Promise.resolve('gone')
      const envelope_id = randomUUID()
      return new Promise((resolve) => {
        const settle = (ack: Ack) => {
          clearTimeout(timer)
          waiting.delete(envelope_id)
          resolve(ack)
        }
        const timer = setTimeout(() => settle('timeout'), withinMs)
        waiting.set(envelope_id, { socket, settle })
        socket.send(JSON.stringify({ envelope_id, payload, type, ...details(type, retry) }))
      })
    },
    close() {
      clearInterval(pings)
      for (const socket of server.clients) {
        socket.close(1001)
        setTimeout(() => socket.terminate(), 100).unref()
      }
      for (const one of [...waiting.values()]) one.settle('gone')
      server.close()
    },
  }
}

const hello = (connections: number) => ({
  type: 'hello',
  num_connections: connections,
  debug_info: { host: 'sandbox', build_number: 1, approximate_connection_time: 18_060 },
  connection_info: { app_id: bot.app },
})

const details = (type: EnvelopeType, retry?: Retry) =>
  type === 'events_api'
    ? { accepts_response_payload: false, retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? '' }
    : { accepts_response_payload: true }
