import type { AddressInfo } from 'node:net'
import { createServer as createRaw } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { websiteProbe } from '../../src/meta/website.ts'
import { startSandbox } from '../../src/sandbox/index.ts'
import { tinyServer } from './tiny-server.ts'

const page = (title: string) => `<!doctype html><html><head><title>${title}</title></head><body>hi</body></html>`
const html = { 'content-type': 'text/html; charset=utf-8' }
type Answer = Parameters<typeof tinyServer>[0]

/** A website on this machine that the probe may visit. */
async function website(answer: Answer, options: { timeoutMs?: number; maxBytes?: number } = {}) {
  const server = await tinyServer(answer)
  return { ...server, probe: websiteProbe({ allow: [new URL(server.url).host], ...options }) }
}

/** A port that takes connections and does what it is told with each. */
async function rawPort(onConnection: (socket: import('node:net').Socket) => void) {
  const server = createRaw((socket) => {
    socket.on('error', () => undefined)
    onTestFinished(() => void socket.destroy())
    onConnection(socket)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('a website that is live', () => {
  it('is told with its title, its status and where it is', async () => {
    const { probe, url } = await website((response) => response.writeHead(200, html).end(page('Bright Lights')))
    expect(await probe.check(`${url}/about#team`)).toEqual({
      reachable: true,
      status: 200,
      finalUrl: `${url}/about`,
      title: 'Bright Lights',
      redirects: 0,
      withoutHttps: 'tls',
    })
  })

  it('is tried with https first, also when only a host was typed', async () => {
    const { probe, url, asked } = await website((response) => response.writeHead(200, html).end(page('x')))
    expect(await probe.check(new URL(url).host)).toMatchObject({ reachable: true, withoutHttps: 'tls' })
    expect(await probe.check(url.replace('http:', 'https:'))).toMatchObject({ reachable: false, why: 'tls' })
    expect(asked).toEqual(['GET /'])
  })

  it('is asked like a stranger: no cookies, no credentials, no connection that stays', async () => {
    const { probe, url, headers } = await website((response, request) => {
      if (request.url === '/') response.writeHead(302, { location: '/next', 'set-cookie': 'session=1' }).end()
      else response.writeHead(200, html).end(page('x'))
    })
    expect(await probe.check(url)).toMatchObject({ reachable: true, redirects: 1 })
    expect(headers.map((each) => Object.keys(each).toSorted())).toEqual(
      Array(2).fill(['accept', 'accept-encoding', 'connection', 'host', 'user-agent']),
    )
    expect(headers.map(({ connection }) => connection)).toEqual(['close', 'close'])
  })

  it('may send visitors on up to five times', async () => {
    const { probe, url } = await website((response, request) => {
      const stop = Number(request.url?.slice(1) || '0')
      if (stop === 5) response.writeHead(200, html).end(page('There'))
      else response.writeHead(301 + (stop % 2), { location: `/${stop + 1}` }).end()
    })
    expect(await probe.check(url)).toMatchObject({ title: 'There', redirects: 5, finalUrl: `${url}/5` })
    expect(await probe.check(`${url}/0/..`)).toMatchObject({ reachable: true })
  })

  it('need not be a page', async () => {
    const { probe, url } = await website((response) =>
      response.writeHead(200, { 'content-type': 'application/pdf' }).end('<title>no</title>'),
    )
    const finding = await probe.check(url)
    expect(finding).toMatchObject({ reachable: true, status: 200 })
    expect(finding).not.toHaveProperty('title')
  })

  it('may answer without a body', async () => {
    const { probe, url } = await website((response) => response.writeHead(204).end())
    expect(await probe.check(url)).toMatchObject({ reachable: true, status: 204 })
  })

  it('is not unpacked when it packs its page unasked', async () => {
    const { probe, url } = await website((response) =>
      response.writeHead(200, { ...html, 'content-encoding': 'gzip' }).end(page('no')),
    )
    expect(await probe.check(url)).not.toHaveProperty('title')
  })

  it('may be written in another charset, or in one that nobody knows', async () => {
    const { probe, url } = await website((response, request) => {
      const charset = request.url === '/latin' ? 'iso-8859-1' : 'klingon'
      const body = Buffer.from(page('Café'), request.url === '/latin' ? 'latin1' : 'utf8')
      response.writeHead(200, { 'content-type': `text/html; charset=${charset}` }).end(body)
    })
    expect(await probe.check(`${url}/latin`)).toMatchObject({ title: 'Café' })
    expect(await probe.check(url)).toMatchObject({ title: 'Café' })
  })
})

describe('a body without an end', () => {
  it('is cut, and the connection closed', async () => {
    let closed = 0
    const { probe, url } = await website(
      (response) => {
        response.writeHead(200, html).write(page('Long'))
        response.on('close', () => {
          closed += 1
        })
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(4096)));
        }
        response.on('drain', more)
        more()
      },
      { maxBytes: 8192 },
    )
    expect(await probe.check(url)).toMatchObject({ reachable: true, title: 'Long' })
    await expect.poll(() => closed).toBe(1)
  })

  it('hides a title that comes too late', async () => {
    const { probe, url } = await website(
      (response) => response.writeHead(200, html).end(`${' '.repeat(600)}${page('x')}`),
      {
        maxBytes: 512,
      },
    )
    expect(await probe.check(url)).not.toHaveProperty('title')
  })

  it('counts with what came of it when it stalls', async () => {
    const { probe, url } = await website((response) => void response.writeHead(200, html).write(page('Slow')), {
      timeoutMs: 400,
    })
    expect(await probe.check(url)).toMatchObject({ reachable: true, title: 'Slow' })
  })
})

describe('a website that is not live', () => {
  it.each([404, 403, 500, 503, 304])('answers with %i', async (status) => {
    const { probe, url } = await website((response) => response.writeHead(status, html).end(page('x')))
    expect(await probe.check(url)).toEqual({
      reachable: false,
      why: 'http-error',
      status,
      words: `it answers with ${status}`,
    })
  })

  it('sends visitors round in circles', async () => {
    const { probe, url, asked } = await website((response, request) =>
      response.writeHead(307, { location: request.url === '/a' ? '/b' : '/a' }).end(),
    )
    expect(await probe.check(url)).toMatchObject({ reachable: false, why: 'too-many-redirects' })
    expect(asked).toHaveLength(6)
  })

  it('redirects without saying where', async () => {
    const { probe, url } = await website((response) => response.writeHead(302).end())
    expect(await probe.check(url)).toMatchObject({ why: 'http-error', status: 302 })
  })

  it('keeps silent: all of it takes no longer than it may', async () => {
    const host = await rawPort(() => undefined)
    const finding = await websiteProbe({ allow: [host], timeoutMs: 200 }).check(host)
    expect(finding).toEqual({ reachable: false, why: 'timeout', words: 'it did not answer in time' })
  })

  it('starts a page and sends nothing of it', async () => {
    const { probe, url } = await website((response) => response.writeHead(200, html).flushHeaders(), { timeoutMs: 400 })
    expect(await probe.check(url)).toMatchObject({ why: 'timeout' })
  })

  it('spends the time on redirects', async () => {
    const { probe, url } = await website(
      (response, request) => void setTimeout(() => response.writeHead(302, { location: `${request.url}a` }).end(), 110),
      { timeoutMs: 400 },
    )
    expect(await probe.check(url)).toMatchObject({ why: 'timeout' })
  })

  it('has nobody at the door', async () => {
    const { url } = await tinyServer(() => undefined)
    const host = '127.0.0.1:1'
    expect(await websiteProbe({ allow: [host, url] }).check(host)).toMatchObject({ why: 'refused' })
  })

  it('hangs up, or speaks something else', async () => {
    const closing = await rawPort((socket) => socket.once('data', () => socket.destroy()))
    expect(await websiteProbe({ allow: [closing] }).check(`http://${closing}`)).toMatchObject({ why: 'http-error' })
    const babbling = await rawPort((socket) => socket.once('data', () => socket.end('220 mail ready\r\n')))
    expect(await websiteProbe({ allow: [babbling] }).check(`http://${babbling}`)).toMatchObject({ why: 'http-error' })
  })

  it.each<[string, () => Promise<never[]>]>([
    ['is not known', () => Promise.reject(new Error('ENOTFOUND'))],
    ['has no addresses', () => Promise.resolve([])],
  ])('has a name that %s', async (_, resolve) => {
    expect(await websiteProbe({ resolve }).check('shop.example')).toMatchObject({ reachable: false, why: 'dns' })
  })

  it('has a name that nobody finds in time', async () => {
    const resolve = () => new Promise<never>(() => undefined)
    expect(await websiteProbe({ resolve, timeoutMs: 40 }).check('shop.example')).toMatchObject({ why: 'timeout' })
  })
})

it('the sandbox may be visited by its own desk, and only there', async () => {
  const sandbox = await startSandbox({ port: 0, botUrl: 'http://127.0.0.1:1' })
  onTestFinished(() => sandbox.close())
  const read = (more: Record<string, string> = {}) => readConfig({ ...sandbox.env, ...more }).env.WEBSITE_PROBE_ALLOW
  expect(read()).toEqual([new URL(sandbox.url).host])
  expect(await websiteProbe({ allow: read() }).check(`${sandbox.url}/`)).toMatchObject({ reachable: true })
  expect(read({ WEBSITE_PROBE_ALLOW: '' })).toEqual([])
  expect(read({ WEBSITE_PROBE_ALLOW: 'Shop.Test:8080, [::1]:80' })).toEqual(['shop.test:8080', '[::1]:80'])
  expect(() => read({ WEBSITE_PROBE_ALLOW: 'http://shop.test' })).toThrow('WEBSITE_PROBE_ALLOW.0 is no host:port')
})
