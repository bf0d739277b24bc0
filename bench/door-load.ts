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
 * What came of it. Measured are as many posts as were wanted, after a tenth more in which connections are accepted and both
 * sides get warm. Times in ms: from when a post was sent, or, when it had to wait for a connection, from when it should have
 * been.
 */
export interface Came {
  seconds: number
  times: number[]
  /** All posts that were answered 200, the first ones, too. */
  answered: number
  refused: number
}

const { port, to, changes, connections, posts: count, rate } = workerData as Load
const cold = Math.ceil(count / 10)
const posts = Array.from({ length: cold + count }, () => (to === 'meta' ? metaPost(changes) : slackPost()))
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
  let heard = 0
  const began = performance.now()
  let warm = began
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
      else if (sent < posts.length) send(socket)
    }
    const hear = (socket: Socket) => {
      let status: boolean | undefined
      socket.on('data', (chunk) => {
        status ??= accepts(chunk)
        // What is accepted is answered without a body.
        if (!endsHead(chunk)) return
        heard += 1
        if (heard === cold) warm = performance.now()
        if (heard > cold) times.push(performance.now() - (start.get(socket) ?? 0))
        if (!status) refused += 1
        status = undefined
        if (heard < posts.length) return next(socket)
        for (const each of sockets) each.destroy()
        resolve({ seconds: (performance.now() - warm) / 1000, times, answered: heard - refused, refused })
      })
    }
    const pace = () => {
      while (sent < posts.length && idle.length && due(sent) <= performance.now()) send(idle.pop() as Socket)
      starved = sent < posts.length && due(sent) <= performance.now()
      if (sent < posts.length) setTimeout(pace, 1)
    }
    for (const socket of sockets) {
      hear(socket)
      next(socket)
    }
    if (rate) pace()
  })
}

/** `HTTP/1.1 200`, without making a text of it: the generator's garbage would be felt as the server's slowness. */
function accepts(head: Buffer): boolean {
  return head[9] === 0x32 && head[10] === 0x30 && head[11] === 0x30
}

function endsHead(chunk: Buffer): boolean {
  return chunk.at(-1) === 0x0a && chunk.at(-3) === 0x0a
}
