import { describe, expect, it } from 'vitest'
import type { Problem } from '../../src/meta/facts.ts'
import { all } from '../../src/meta/hub/lists.ts'
import type { HubCredentials } from '../../src/meta/hub/sign-in.ts'
import { type Hub, hubClient } from '../../src/meta/hub.ts'
import { json, tinyServer } from './tiny-server.ts'

/** A Hub that answers every call with one status. */
async function refusing(status: number, credentials: HubCredentials = { apiKey: 'key-1' }) {
  const { url } = await tinyServer((response) => json(response, { meta: { developer_message: 'no' } }, status))
  const heard: Problem[] = []
  const hub = hubClient({
    baseUrl: url,
    partner: 'p1PA',
    credentials,
    now: Date.now,
    sleep: async () => undefined,
    keyRefused: async (problem) => heard.push(problem),
  })
  return { hub, heard }
}

const ways: [string, (hub: Hub) => Promise<unknown>][] = [
  ['its numbers', (hub) => all(hub.channels.list())],
  ['its clients', (hub) => hub.clients.all()],
  ['itself', (hub) => hub.partner.read()],
]
/** What may be kept from a key that works. */
const ofItsOwn: [string, (hub: Hub) => Promise<unknown>][] = [
  ['its requests to change partner', (hub) => all(hub.partnerChanges.list())],
  ['its own balance', (hub) => hub.partner.balance()],
]
const ofClients: [string, (hub: Hub) => Promise<unknown>][] = [
  ['a balance', (hub) => hub.clients.balance('c1CL')],
  ['the numbers whose permission is given', (hub) => hub.clients.sharedNumbers('c1CL')],
  ['a new key of a number', (hub) => hub.keys.create('ch1CH')],
]

describe('a Hub that refuses the key of a partner', () => {
  it.each([...ways, ...ofItsOwn, ...ofClients])('is heard of when a 401 meets who asks for %s', async (_, ask) => {
    const { hub, heard } = await refusing(401)
    await expect(ask(hub)).rejects.toThrow('HTTP 401')
    expect(heard).toEqual([expect.objectContaining({ kind: 'NotAllowed', answered: 'HTTP 401', words: 'no' })])
  })

  it.each(ways)('is heard of when a 403 meets who asks for %s', async (_, ask) => {
    const { hub, heard } = await refusing(403)
    await expect(ask(hub)).rejects.toThrow('HTTP 403')
    expect(heard).toHaveLength(1)
  })

  it.each([...ofItsOwn, ...ofClients])(
    'is not to blame when %s is refused: a permission may be missing',
    async (_, ask) => {
      const { hub, heard } = await refusing(403)
      await expect(ask(hub)).rejects.toThrow('HTTP 403')
      expect(heard).toEqual([])
    },
  )

  it.each([404, 429, 500])('is not to blame for a %i', async (status) => {
    const { hub, heard } = await refusing(status)
    await expect(hub.partner.read()).rejects.toThrow()
    expect(heard).toEqual([])
  })

  it('is heard of by who signs in with a password, too', async () => {
    const { hub, heard } = await refusing(401, { username: 'ops@bright.example', password: 'secret-9f8e' })
    await expect(hub.partner.read()).rejects.toThrow('HTTP 401')
    expect(heard).toHaveLength(1)
  })
})
