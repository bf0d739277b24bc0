import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { durationMs } from '../../src/sandbox/duration.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts'

const open: Sandbox[] = []

async function sandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const started = await startSandbox({ port: 0, botUrl: 'http://127.0.0.1:9', ...options })
  open.push(started)
  return started
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

const get = (sandbox: Sandbox, path: string) => fetch(sandbox.url + path)

const post = (sandbox: Sandbox, path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(sandbox.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

const sentence = z.object({ error: z.string() })
const errorOf = async (response: Response) => sentence.parse(await response.json()).error

/** The events of a stream, as the text between blank lines. */
async function* events(response: Response): AsyncGenerator<string> {
  let text = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    const parts = text.split('\n\n')
    text = parts.pop() ?? ''
    yield* parts
  }
}

async function next(stream: AsyncGenerator<string>): Promise<string> {
  const { value, done } = await stream.next()
  if (done) throw new Error('The stream has ended.')
  return value
}

describe('the clock', () => {
  test('moves forward by a duration', async () => {
    const world = await sandbox()
    const before = Date.now()
    const moved = z
      .object({ now: z.string() })
      .parse(await (await post(world, '/api/clock', { advance: 'PT48H' })).json())
    expect(Date.parse(moved.now) - before).toBeGreaterThanOrEqual(48 * 3_600_000)
    expect(await (await get(world, '/api/clock')).json()).toMatchObject({ offsetMs: 48 * 3_600_000 })
    expect(await (await get(world, '/api/state')).json()).toMatchObject({ clock: { offsetMs: 48 * 3_600_000 } })
  })

  test('does not move back, nor by something that is no duration', async () => {
    const world = await sandbox()
    for (const advance of ['-PT1H', 'PT0S', 'P1M', '3 days', 'P', 'PT']) {
      const refused = await post(world, '/api/clock', { advance })
      expect(refused.status).toBe(400)
      expect(await errorOf(refused)).toContain(`"${advance}" is no step forward in time`)
    }
  })

  test('tells another process where it stands, at once and at each jump', async () => {
    const world = await sandbox()
    const url = world.env.CLOCK_URL ?? ''
    const stream = events(await fetch(url, { headers: { accept: 'text/event-stream' } }))
    expect(await next(stream)).toMatch(/^data: \{"now":".+","offsetMs":0\}$/)
    world.clock.advance(60_000)
    expect(await next(stream)).toMatch(/"offsetMs":60000\}$/)
  })

  test('reads weeks, days, hours, minutes and seconds', () => {
    expect(durationMs('P1W')).toBe(604_800_000)
    expect(durationMs('P1DT2H3M4.5S')).toBe(93_784_500)
    expect(durationMs('PT0.5H')).toBe(1_800_000)
    expect(durationMs('P9999W')).toBeUndefined()
  })
})

describe('the control API', () => {
  test('shows the whole world', async () => {
    const world = await sandbox()
    const state = z
      .object({
        slack: z.object({ channels: z.array(z.object({ name: z.string() })) }),
        telegram: z.object({ chats: z.array(z.object({ id: z.number() })) }),
        numbers: z.array(z.object({ phone: z.string(), name: z.string() })),
        faults: z.array(z.unknown()),
      })
      .parse(await (await get(world, '/api/state')).json())
    expect(state.slack.channels.map((channel) => channel.name)).toEqual(
      expect.arrayContaining(['cases', 'alerts', 'lounge']),
    )
    expect(state.telegram.chats.map((chat) => chat.id)).toEqual(expect.arrayContaining([7001, -100200300]))
    expect(state.numbers).toHaveLength(14)
  })

  test('offers the levers of each number, and of one', async () => {
    const world = await sandbox()
    const buttons = z.array(z.object({ label: z.string(), body: z.record(z.string(), z.unknown()) }))
    const { numbers } = z
      .object({ numbers: z.record(z.string(), buttons) })
      .parse(await (await get(world, '/api/levers')).json())
    const [phone = '', levers = []] = Object.entries(numbers)[0] ?? []
    expect(await (await get(world, `/api/levers?phone=%2B${phone}`)).json()).toEqual({ buttons: levers })
    const pulled = await post(world, '/api/world', levers[0]?.body)
    expect(pulled.status).toBe(200)
    const unknown = await get(world, '/api/levers?phone=1')
    expect(unknown.status).toBe(404)
    expect(await errorOf(unknown)).toBe('No number +1 in the sandbox.')
  })

  test('lists what the bot has called since a number', async () => {
    const world = await sandbox()
    const auth = { authorization: `Bearer ${world.env.SLACK_BOT_TOKEN}` }
    const call = () => fetch(`${world.env.SLACK_API_URL}auth.test`, { method: 'POST', headers: auth })
    await call()
    await call()
    const log = z.object({ calls: z.array(z.object({ n: z.number(), system: z.string() })), last: z.number() })
    const all = log.parse(await (await get(world, '/api/calls')).json())
    expect(all).toMatchObject({ calls: [{ n: 1, system: 'slack' }, { n: 2 }], last: 2 })
    expect(log.parse(await (await get(world, '/api/calls?since=1')).json()).calls).toHaveLength(1)
  })

  test('says in a sentence what is wrong with a request', async () => {
    const world = await sandbox()
    for (const path of ['/api/clock', '/api/world', '/api/slack/message', '/api/telegram/press']) {
      const broken = await post(world, path, '{"half":')
      expect([path, broken.status, await errorOf(broken)]).toEqual([path, 400, 'The body is not JSON.'])
      const wrong = await post(world, path, { nonsense: true })
      expect([path, wrong.status]).toEqual([path, 400])
      expect(await errorOf(wrong)).not.toBe('')
    }
    expect((await get(world, '/api/calls?since=yesterday')).status).toBe(400)
  })

  test('answers an unknown place with 404', async () => {
    const world = await sandbox()
    const nowhere = await get(world, '/api/nowhere')
    expect(nowhere.status).toBe(404)
    expect(await errorOf(nowhere)).toBe('Nothing answers GET /api/nowhere here.')
  })
})

describe('an open page', () => {
  test('hears of a burst of changes once', async () => {
    const world = await sandbox()
    const stream = events(await get(world, '/api/live'))
    expect(await next(stream)).toContain('event: changed')
    for (let times = 0; times < 20; times += 1) world.ground.changed()
    expect(await next(stream)).toContain('event: changed')
    const more = await Promise.race([next(stream), new Promise((resolve) => setTimeout(resolve, 120, 'silence'))])
    expect(more).toBe('silence')
  })

  test('hears of a message', async () => {
    const world = await sandbox()
    const stream = events(await get(world, '/api/live'))
    await next(stream)
    await post(world, '/api/telegram/message', { user: 'paula', chat: 7001, text: 'hello' })
    expect(await next(stream)).toContain('event: changed')
  })

  test('loads everything from the sandbox and runs no foreign script', async () => {
    const world = await sandbox()
    const page = await get(world, '/')
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
    const files = [...(await page.text()).matchAll(/(?:href|src)="(\/[^"]+)"/g)].map((match) => match[1] ?? '')
    expect(files).toContain('/main.js')
    for (const file of new Set(files)) expect([file, (await get(world, file)).status]).toEqual([file, 200])
  })

  test('finds every module it imports', async () => {
    const world = await sandbox()
    const seen = new Set<string>()
    const visit = async (file: string): Promise<void> => {
      if (seen.has(file)) return
      seen.add(file)
      const answer = await get(world, file)
      expect([file, answer.status]).toEqual([file, 200])
      expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
      const imports = [...(await answer.text()).matchAll(/from '\.(\/[a-z-]+\.js)'/g)]
      for (const [, name = ''] of imports) await visit(name)
    }
    await visit('/main.js')
    expect(seen).toContain('/blocks.js')
  })

  test('gets no file from outside its folder', async () => {
    const world = await sandbox()
    for (const path of ['/../index.ts', '/..%2findex.ts', '/index.ts', '/missing.js']) {
      expect((await get(world, path)).status).toBe(404)
    }
  })
})

describe('the door', () => {
  test('is shut for a foreign host name', async () => {
    const world = await sandbox()
    const { port } = new URL(world.url)
    expect(await statusAs(world, 'evil.example')).toBe(403)
    expect(await statusAs(world, `evil.example:${port}`)).toBe(403)
    expect(await statusAs(world, `localhost:${port}`)).toBe(200)
  })

  test('is shut for what another site posts', async () => {
    const world = await sandbox()
    const advance = { advance: 'PT1H' }
    expect((await post(world, '/api/clock', advance, { origin: 'http://evil.example' })).status).toBe(403)
    expect((await post(world, '/api/clock', advance, { origin: 'null' })).status).toBe(403)
    expect(world.clock.now() - Date.now()).toBeLessThan(60_000)
    expect((await post(world, '/api/clock', advance, { origin: world.url })).status).toBe(200)
  })
})

describe('starting and stopping', () => {
  test('gives the environment of a bot', async () => {
    const { env, url } = await sandbox()
    expect(env).toMatchObject({ SLACK_API_URL: `${url}/slack/api/`, TELEGRAM_API_ROOT: `${url}/telegram` })
    expect(env.PORTDESK_CONFIG).toMatch(/\/src\/sandbox\/portdesk\.yaml$/)
    expect(Object.entries(env).filter(([, value]) => value.length < 8)).toEqual([])
  })

  test('keeps its secrets and its time in the journal', async () => {
    const folder = await mkdtemp(`${tmpdir()}/sandbox-`)
    const file = `${folder}/journal.jsonl`
    const first = await sandbox({ file })
    first.clock.advance(3_600_000)
    const second = await sandbox({ file })
    expect(second.env.SLACK_SIGNING_SECRET).toBe(first.env.SLACK_SIGNING_SECRET)
    expect(second.env.HUB_WEBHOOK_SECRET).toBe(first.env.HUB_WEBHOOK_SECRET)
    expect(second.clock.now() - Date.now()).toBeGreaterThan(3_599_000)
    expect((await sandbox()).env.SLACK_SIGNING_SECRET).not.toBe(first.env.SLACK_SIGNING_SECRET)
    await rm(folder, { recursive: true })
  })

  test('asks for the address of the bot when it needs it', async () => {
    let botUrl = 'http://127.0.0.1:1'
    const world = await sandbox({ botUrl: () => botUrl })
    botUrl = 'http://127.0.0.1:2'
    expect(world.ground.botUrl).toBe('http://127.0.0.1:2')
  })

  test('says which port is taken and what to change', async () => {
    const { url } = await sandbox()
    const port = Number(new URL(url).port)
    await expect(startSandbox({ port, botUrl: '' })).rejects.toThrow(
      `Port ${port} for the sandbox is taken. Set SANDBOX_PORT to another port.`,
    )
  })

  test('listens on this machine only', async () => {
    const { url } = await sandbox()
    const port = Number(new URL(url).port)
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.2', resolve))
    expect((other.address() as AddressInfo).address).toBe('127.0.0.2')
    await new Promise((resolve) => other.close(resolve))
  })

  test('ends streams and long polls at once', { timeout: 40_000 }, async () => {
    const world = await sandbox()
    const live = events(await get(world, '/api/live'))
    await next(live)
    const poll = fetch(`${world.env.TELEGRAM_API_ROOT}/bot${world.env.TELEGRAM_BOT_TOKEN}/getUpdates?timeout=50`)
    const ended = poll.then(
      () => true,
      () => true,
    )
    await new Promise((resolve) => setTimeout(resolve, 20))
    await world.close()
    expect(await ended).toBe(true)
  })
})

/** The status of the page when it is asked for under another host name, which `fetch` does not let one set. */
function statusAs(world: Sandbox, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${world.url}/`, { headers: { host } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    sent.on('error', reject).end()
  })
}
