import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { followClock, systemClock } from '../src/time.ts'

const hour = 3_600_000
const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A clock that other processes follow. */
async function clockServer(first: string | undefined = 'data: {"offsetMs":0}\n\n', status = 200) {
  const streams = new Set<ServerResponse>()
  const waiting: (() => void)[] = []
  let opening = first
  const server: Server = createServer((_, response) => {
    response.writeHead(status, { 'content-type': 'text/event-stream' })
    response.flushHeaders()
    if (opening !== undefined) response.write(opening)
    streams.add(response)
    response.on('close', () => streams.delete(response))
    for (const resolve of waiting.splice(0)) resolve()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/clock`,
    say: (text: string) => {
      for (const stream of streams) stream.write(text)
    },
    /** Breaks every connection; the next one begins with `text`. */
    drop: (text: string) => {
      opening = text
      for (const stream of streams) stream.destroy()
    },
    get followers() {
      return streams.size
    },
  }
}

async function follow(url: string) {
  const clock = await followClock(url)
  closers.push(() => clock.close())
  return clock
}

const isAhead = (now: number, by: number) => expect(Math.abs(now - Date.now() - by)).toBeLessThan(60_000)

describe('a clock that follows another one', () => {
  it('has the offset once it is there', async () => {
    const server = await clockServer(`data: {"offsetMs":${hour}}\n\n`)
    isAhead((await follow(server.url)).now(), hour)
  })

  it('jumps when the other one jumps, and tells who listens', async () => {
    const server = await clockServer()
    const clock = await follow(server.url)
    let jumps = 0
    const stop = clock.onJump(() => {
      jumps += 1
    })
    server.say(`data: {"offsetMs":${24 * hour}}\n\n`)
    await expect.poll(() => jumps, { interval: 2 }).toBe(1)
    isAhead(clock.now(), 24 * hour)
    server.say(`data: {"offsetMs":${24 * hour}}\n\n`)
    server.say(`: a comment\n\nevent: tick\ndata: {"offsetMs":${25 * hour}}\n\n`)
    await expect.poll(() => jumps, { interval: 2 }).toBe(2)
    stop()
    server.say('data: {"offsetMs":0}\n\n')
    await expect.poll(() => Math.abs(clock.now() - Date.now()) < hour, { interval: 2 }).toBe(true)
    expect(jumps).toBe(2)
  })

  it('puts an event together that comes in pieces', async () => {
    const server = await clockServer()
    const clock = await follow(server.url)
    for (const piece of ['da', 'ta: {"off', `setMs":${2 * hour}}`, '\n', '\n']) {
      server.say(piece)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    await expect.poll(() => clock.now() - Date.now() > hour, { interval: 2 }).toBe(true)
  })

  it('comes back after the connection was lost', async () => {
    const server = await clockServer()
    const clock = await follow(server.url)
    server.drop(`data: {"offsetMs":${3 * hour}}\n\n`)
    await expect.poll(() => clock.now() - Date.now() > 2 * hour, { interval: 20 }).toBe(true)
    expect(server.followers).toBe(1)
  })

  it('says at once when there is no clock', async () => {
    await expect(followClock('http://127.0.0.1:1/clock')).rejects.toThrow()
    const broken = await clockServer(undefined, 500)
    await expect(followClock(broken.url)).rejects.toThrow(/500/)
  })

  it('leaves when it is closed', async () => {
    const server = await clockServer()
    const clock = await follow(server.url)
    expect(server.followers).toBe(1)
    clock.close()
    await expect.poll(() => server.followers, { interval: 2 }).toBe(0)
  })
})

it('the machine’s own clock never jumps', () => {
  isAhead(systemClock.now(), 0)
  systemClock.onJump(() => {
    throw new Error('it jumped')
  })()
})
