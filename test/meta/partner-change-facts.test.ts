import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FactName } from '../../src/meta/facts.ts'
import { lookUp } from '../../src/meta/look-up.ts'
import { completeChange, failChange, requestChange } from '../../src/sandbox/world/partner-change.ts'
import { memoryCache, type SandboxPlatforms, sandboxPlatforms } from './sandbox-platforms.ts'

const names: FactName[] = ['channel', 'changeRequests', 'newPartner', 'newNumbers', 'newPermission']
const before = { phone: '493023125201', partner: 'brightline', newPartner: 'nordwind' }
const after = { ...before, client: 'b7Kd0WmzCL' }
const all = ['b1OrdrCH', 'b2ShopCH', 'b3TestCH']

let platforms: SandboxPlatforms
beforeEach(async () => {
  platforms = await sandboxPlatforms()
})
afterEach(() => platforms.close())

function look(subject: Parameters<ReturnType<typeof lookUp>['readings']>[0]) {
  const { now } = platforms.ground.clock
  return lookUp({ hubs: platforms.hubs, now, cache: memoryCache(now) }).readings(subject, names)
}

function request(channels: string[]) {
  const { world, ground } = platforms
  const client = world.clients.get('b7Kd0WmzCL')
  if (!client) throw new Error('the little world has lost a client')
  return requestChange(ground, world, client, 'NordwnPA', channels)
}

describe('a change of partner is read', () => {
  it('from both sides before anything is asked for', async () => {
    expect(await look(before)).toMatchObject({
      changeRequests: { state: 'known', value: [] },
      newPartner: { state: 'known', value: { id: 'NordwnPA', autoApprove: false, paymentRequired: true } },
      newNumbers: { state: 'known', value: [] },
    })
  })

  it('while it is open and after it failed, the newest first', async () => {
    const first = request(all)
    failChange(platforms.ground, platforms.world, first)
    platforms.ground.clock.advance(3_600_000)
    const second = request(all)
    const { changeRequests } = await look(before)
    expect(changeRequests).toMatchObject({
      value: [
        { id: second.id, status: 'created' },
        { id: first.id, status: 'failed' },
      ],
    })
  })

  it('after the numbers went to the new partner, by the client that is known', async () => {
    completeChange(platforms.ground, platforms.world, request(all))
    const readings = await look(after)
    expect(readings).toMatchObject({
      channel: { state: 'absent' },
      changeRequests: { value: [{ status: 'completed' }] },
      newPermission: { value: { channels: all } },
    })
    const moved = readings.newNumbers?.state === 'known' ? readings.newNumbers.value : []
    expect(moved.map(({ id }) => id).sort()).toEqual(all)
    expect((await look(before)).changeRequests).toMatchObject({ state: 'unknown', why: 'no-id' })
  })

  it('by the clone of the client when only a part of its numbers went', async () => {
    completeChange(platforms.ground, platforms.world, request(['b1OrdrCH']))
    expect((await look(after)).newNumbers).toMatchObject({ value: [{ id: 'b1OrdrCH' }] })
  })

  it('not at all from a new partner that is none of ours', async () => {
    const { newPartner: _, ...subject } = before
    const unknown = { state: 'unknown', why: 'no-token' }
    expect(await look(subject)).toMatchObject({ newPartner: unknown, newNumbers: unknown, newPermission: unknown })
  })

  it('no list of requests or permissions proves nothing', async () => {
    const fault = { system: 'hub', kind: '404', ms: 1, retryAfter: 1 } as const
    platforms.ground.faults.add({ ...fault, path: '/selective' })
    platforms.ground.faults.add({ ...fault, path: '/shared_client_numbers' })
    expect(await look(before)).toMatchObject({
      changeRequests: { state: 'unknown' },
      newPermission: { state: 'unknown' },
    })
  })
})
