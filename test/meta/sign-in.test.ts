import { describe, expect, it } from 'vitest'
import type { Cache } from '../../src/meta/cache.ts'
import { hubClient } from '../../src/meta/hub.ts'
import { memoryCache, sandboxPlatforms } from './sandbox-platforms.ts'
import { json, tinyServer } from './tiny-server.ts'

const credentials = { username: 'ops@acme.example', password: 'correct horse' }

/** A Hub whose tokens can be ended. */
async function signedIn(more: { cache?: Cache; life?: number } = {}) {
  let tokens = 0
  let ended = 0
  const time = { now: Date.parse('2026-05-04T09:00:00Z') }
  const server = await tinyServer((response, request) => {
    if (request.url === '/api/v2/token') {
      tokens += 1
      return json(response, { access_token: `token-${tokens}`, expires_in: more.life ?? 86_400, token_type: 'Bearer' })
    }
    const nth = Number(/token-(\d+)/.exec(request.headers.authorization ?? '')?.[1])
    if (!(nth > ended)) return json(response, { error: 'invalid_token', error_description: 'ended' }, 401)
    return json(response, { id: 'p1PA', brand_name: 'Acme' })
  })
  const client = () =>
    hubClient({
      baseUrl: `${server.url}/api/v2`,
      partner: 'p1PA',
      credentials,
      now: () => time.now,
      sleep: async () => undefined,
      cache: more.cache,
    })
  return { client, server, time, end: () => (ended = tokens), tokens: () => tokens }
}

describe('signing in with a password', () => {
  it('asks for one token, however many calls want it at once', async () => {
    const { client, server, tokens } = await signedIn()
    const hub = client()
    await Promise.all(Array.from({ length: 8 }, () => hub.partner.read()))
    await hub.partner.read()
    expect(tokens()).toBe(1)
    expect(server.bodies[0]).toBe(JSON.stringify(credentials))
    expect(server.headers[0]?.authorization).toBeUndefined()
    expect(server.headers.at(-1)?.authorization).toBe('Bearer token-1')
  })

  it('signs in once more after a 401, once for all calls that got one', async () => {
    const { client, tokens, end } = await signedIn()
    const hub = client()
    await hub.partner.read()
    end()
    await Promise.all(Array.from({ length: 5 }, () => hub.partner.read()))
    expect(tokens()).toBe(2)
  })

  it('gets a new token a minute before the old one ends', async () => {
    const { client, tokens, time } = await signedIn({ life: 600 })
    const hub = client()
    await hub.partner.read()
    time.now += 539_000
    await hub.partner.read()
    expect(tokens()).toBe(1)
    time.now += 2_000
    await hub.partner.read()
    expect(tokens()).toBe(2)
  })

  it('shares the token through the cache, and replaces it there when it was ended', async () => {
    const cache = memoryCache(() => 0)
    const { client, tokens, end } = await signedIn({ cache })
    await client().partner.read()
    await client().partner.read()
    expect(tokens()).toBe(1)
    end()
    await client().partner.read()
    await client().partner.read()
    expect(tokens()).toBe(2)
  })

  it('says so when the password is wrong, without it', async () => {
    const server = await tinyServer((response) =>
      json(response, { error: 'invalid_grant', error_description: 'no: correct horse' }, 401),
    )
    const hub = hubClient({ baseUrl: server.url, partner: 'p1PA', credentials, now: Date.now })
    await expect(hub.partner.read()).rejects.toMatchObject({
      problem: { kind: 'NotAllowed', asked: 'POST hub /token', words: 'no: [hidden]' },
    })
    expect(server.asked).toHaveLength(1)
  })

  it("is taken by the sandbox's Hub", async () => {
    const platforms = await sandboxPlatforms()
    try {
      const partner = platforms.world.partners.get('BrghtlPA')
      const password = platforms.ground.secrets.hubKeys.BrghtlPA ?? ''
      const right = { username: partner?.email ?? '', password }
      const hub = platforms.hubOf('BrghtlPA', right)
      expect(await hub.partner.read()).toMatchObject({ id: 'BrghtlPA' })
      await expect(platforms.hubOf('BrghtlPA', { ...right, password: 'wrong' }).partner.read()).rejects.toMatchObject({
        problem: { kind: 'NotAllowed' },
      })
    } finally {
      platforms.close()
    }
  })
})
