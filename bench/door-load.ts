import { connect, type Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { metaPost, slackPost } from './door-posts.ts'

/** What one worker is to do: so many posts over so many connections that stay open. */
export interface Load {
  port: number
  to: 'meta' | 'slack'
  /** Changes in one post. */
  changes: number
  connections: number
  posts: number
  /** Posts a second; without it each connection sends as soon as it is answered. */
  rate?: number
}

/**
 * What came of it. Times in ms: from when a post was sent, or, when it had to wait for a connection, from when it should
 * have been.
 */
export interface Came {
  seconds: number
  answered: number
  refused: number
  times: number[]
}

const { port, to, changes, connections, posts: count, rate } = workerData as Load
const posts = Array.from({ length: count }, () => (to === 'meta' ? metaPost(changes) : slackPost()))
const sockets = await Promise.all(Array.from({ length: connections }, opened))
parentPort?.postMessage(await run())

function opened(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket)).on('error', reject)
  })
}

function run(): Promise<Came> {
  const times: number[] = []
  let refused = 0
  let sent = 0
  const began = performance.now()
  const idle: Socket[] = []
  const due = (n: number) => (rate ? began + (n * 1000) / rate : performance.now())
  const start = new Map<Socket, number>()
  let starved = false
  return new Promise((resolve) => {
    const send = (socket: Socket) => {
      start.set(socket, starved ? due(sent) : performance.now())
      socket.write(posts[sent] ?? '')
      sent += 1
    }
    const next = (socket: Socket) => {
      if (rate) idle.push(socket)
      else if (sent < count) send(socket)
    }
    const hear = (socket: Socket) => {
      let text = ''
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1')
        // What is accepted is answered without a body.
        if (!text.includes('\r\n\r\n')) return
        times.push(performance.now() - (start.get(socket) ?? 0))
        if (!text.startsWith('HTTP/1.1 200')) refused += 1
        text = ''
        if (times.length < count) return next(socket)
        for (const each of sockets) each.destroy()
        resolve({ seconds: (performance.now() - began) / 1000, answered: count - refused, refused, times })
      })
    }
    const pace = () => {
      while (sent < count && idle.length && due(sent) <= performance.now()) send(idle.pop() as Socket)
      starved = sent < count && due(sent) <= performance.now()
      if (sent < count) setTimeout(pace, 1)
    }
    for (const socket of sockets) {
      hear(socket)
      next(socket)
    }
    if (rate) pace()
  })
}
