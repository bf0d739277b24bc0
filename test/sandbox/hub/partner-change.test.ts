import { afterEach, describe, expect, it } from 'vitest'
import { closeScenes, ms, stage } from '../world/stage.ts'

const list = '/selective_partner_change_requests'
const filtered = (filters: object) => `?filters=${encodeURIComponent(JSON.stringify(filters))}`

afterEach(closeScenes)

async function scene() {
  const all = await stage()
  const requests = async (partner = 'NordwnPA', query = '') =>
    (await all.hub(`${list}${query}`, { partner })).body.selective_partner_change_requests
  const approve = (id: string, partner = 'NordwnPA') =>
    all.hub(`${list}/${id}/approve`, { partner, method: 'POST', body: {} })
  return { ...all, requests, approve }
}

describe('a client changes its partner', () => {
  it('moves with all its numbers a minute after the new partner approved', async () => {
    const { pull, requests, approve, ground, hub, world } = await scene()
    await pull({ partner_change: { client: 'Bluebird Coffee', to: 'Nordwind' } })
    const [request] = await requests()
    expect(request).toMatchObject({
      status: 'created',
      is_full_migration: true,
      source_client_id: 'b7Kd0WmzCL',
      target_client_id: null,
      source_partner_id: 'BrghtlPA',
      target_partner_id: 'NordwnPA',
      channels: ['b1OrdrCH', 'b2ShopCH', 'b3TestCH'],
    })
    expect(await requests('BrghtlPA')).toHaveLength(1)
    expect(await requests('SabiaxPA')).toEqual([])
    expect((await approve(request.id, 'BrghtlPA')).status).toBe(404)
    expect((await approve(request.id)).body.status).toBe('pending')
    expect((await approve(request.id)).status).toBe(400)
    expect((await hub('/channels/b1OrdrCH')).status).toBe(200)

    ground.clock.advance(ms.minute)
    expect(await requests('NordwnPA', filtered({ status: 'completed' }))).toHaveLength(1)
    expect(await requests('NordwnPA', filtered({ status: 'created' }))).toEqual([])
    expect((await hub('/channels/b1OrdrCH')).status).toBe(404)
    expect((await hub('/channels/b1OrdrCH', { partner: 'NordwnPA' })).body.client_id).toBe('b7Kd0WmzCL')
    expect((await hub('/waba_accounts/kV3bLuWA', { partner: 'NordwnPA' })).status).toBe(200)
    const clients = (await hub('/clients', { partner: 'NordwnPA' })).body.clients
    expect(clients.find(({ id }: { id: string }) => id === 'b7Kd0WmzCL').partner_payload).toBeNull()
    // Nordwind pays for its clients, so it has the permission.
    expect(world.asides.get('b2ShopCH')?.shared).toBe(true)
  })

  it('moves some numbers into a clone of the client', async () => {
    const { pull, requests, approve, ground, hub } = await scene()
    await pull({ partner_change: { client: 'Bluebird Coffee', to: 'NordwnPA', phones: ['493023125201'] } })
    const [request] = await requests()
    expect(request.is_full_migration).toBe(false)
    await approve(request.id)
    ground.clock.advance(ms.minute)
    const [done] = await requests('NordwnPA', filtered({ id: request.id }))
    expect(done).toMatchObject({ status: 'completed', target_client_id: expect.stringMatching(/CL$/) })
    expect(done.target_client_id).not.toBe('b7Kd0WmzCL')
    const moved = (await hub('/channels/b1OrdrCH', { partner: 'NordwnPA' })).body
    expect(moved).toMatchObject({ client_id: done.target_client_id, waba_account: { external_id: '118307745521904' } })
    expect((await hub('/channels/b2ShopCH')).body.client_id).toBe('b7Kd0WmzCL')
  })

  it('is taken at once by a partner that approves by itself', async () => {
    const { pull, requests, hub, ground } = await scene()
    const settings = { partner: 'NordwnPA', method: 'PATCH', body: { auto_approve: true } }
    await hub('/settings/partner_change_request', settings)
    await pull({ partner_change: { client: '493023125101', to: 'Nordwind' } })
    expect((await requests())[0].status).toBe('pending')
    ground.clock.advance(ms.minute)
    expect((await requests())[0].status).toBe('completed')
  })

  it('is refused between two payment processors', async () => {
    const { pull, requests, approve } = await scene()
    expect(await pull({ partner_change: { client: 'Acme GmbH', to: 'Sabiá' } })).toEqual([
      'The Client Hub says: "Destination partner is using a different payment processor."',
    ])
    await pull({
      partner_change: { client: 'Acme GmbH', to: 'Nordwind' },
      processor: { partner: 'Nordwind', system: 'x' },
    })
    const refused = await approve((await requests())[0].id)
    expect(refused.body.meta.details).toEqual(['Destination partner is using a different payment processor.'])
  })

  it.each(['decline', 'fail'])('ends as failed when people %s it', async (decision) => {
    const { pull, requests, ground, hub } = await scene()
    await pull({ partner_change: { client: 'Acme GmbH', to: 'Nordwind' } })
    await pull({ partner_change: { client: 'Acme GmbH', decision } })
    ground.clock.advance(ms.hour)
    expect((await requests())[0].status).toBe('failed')
    expect((await hub('/channels/Kd73LmCH')).status).toBe(200)
    expect((await hub(`${list}/1/decline`, { partner: 'NordwnPA', method: 'POST', body: {} })).status).toBe(404)
  })
})
