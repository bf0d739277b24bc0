import { afterEach, describe, expect, it } from 'vitest'
import { closeScenes, ms, stage } from '../world/stage.ts'

const acme = '104726318850943'
const lindgruen = '192241593368825'
const fjord = '152894470163327'
const weltfunk = '930114402287715'
const nordwind = '930225513398826'
const draft = '930336624409937'

afterEach(closeScenes)

describe('multi-partner solutions', () => {
  it('add a WABA when its owner accepts', async () => {
    const { graph, pull, heard, refused } = await stage()
    const { id } = (await graph(`/${acme}/set_solution_migration_intent`, { solution_id: nordwind })).body
    expect((await graph(`/${id}`)).body).toMatchObject({ status: 'INITIATED', solution: { id: nordwind } })
    expect((await graph(`/${acme}/set_solution_migration_intent`, { solution_id: nordwind })).body).toEqual({ id })
    expect(await refused(`/${acme}/set_solution_migration_intent`, { solution_id: weltfunk })).toEqual([
      400, 100, 2593079,
    ])
    await pull({ intent: { waba: 'Pw90RsWA', accepted: true } })
    expect((await graph(`/${id}?fields=status`)).body.status).toBe('ACCEPTED')
    expect((await graph(`/${acme}/solutions?fields=id,status`)).body.data).toEqual([{ id: nordwind, status: 'ACTIVE' }])
    expect(await heard()).toEqual(['account_update PARTNER_ADDED', 'account_update PARTNER_ADDED'])
  })

  it('take 90 days of silence for a yes, and no for a no', async () => {
    const { graph, ground, pull } = await stage()
    const { id } = (await graph(`/${acme}/set_solution_migration_intent`, { solution_id: nordwind })).body
    ground.clock.advance(89 * ms.day)
    expect((await graph(`/${id}`)).body.status).toBe('INITIATED')
    ground.clock.advance(ms.day)
    expect((await graph(`/${id}`)).body.status).toBe('ACCEPTED')
    const other = (await graph('/118307745521904/set_solution_migration_intent', { solution_id: nordwind })).body
    await pull({ intent: { waba: '118307745521904', accepted: false } })
    expect((await graph(`/${other.id}`)).body.status).toBe('REJECTED')
    ground.clock.advance(91 * ms.day)
    expect((await graph(`/${other.id}`)).body.status).toBe('REJECTED')
  })

  it('move a WABA: a new one is made, and the number is registered there without a code', async () => {
    const { graph, pull, ground, heard } = await stage()
    const { id } = (await graph(`/${lindgruen}/set_solution_migration_intent`, { solution_id: nordwind })).body
    await pull({ pin: { phone: '493023125601', enabled: false }, intent: { waba: lindgruen, accepted: true } })
    const intent = (await graph(`/${id}`)).body
    expect(intent).toMatchObject({ status: 'ACCEPTED', destination_waba: { currency: 'EUR', business_type: 'ent' } })
    const home = intent.destination_waba.id
    const age = ground.clock.now() / 1000 - (await graph(`/${home}?fields=creation_time`)).body.creation_time
    expect(age).toBeLessThan(5)
    await graph(`/${home}/subscribed_apps`, {})
    const body = { cc: '49', phone_number: '3023125601', migrate_phone_number: true }
    const number = (await graph(`/${home}/phone_numbers`, body)).body
    const registered = await graph(`/${number.id}/register`, { messaging_product: 'whatsapp', pin: '111222' })
    expect(registered.body).toEqual({ success: true })
    expect((await graph(`/${id}`)).body.status).toBe('COMPLETED')
    ground.clock.advance(2 * ms.minute)
    expect(await heard()).toContain('channel_live')
  })

  it('can be left with an app', async () => {
    const { graph, refused } = await stage()
    expect(await refused(`/${lindgruen}/set_solution_migration_intent`, {})).toEqual([400, 100, undefined])
    expect(await refused(`/${lindgruen}/set_solution_migration_intent`, { app_id: '1' })).toEqual([400, 100, undefined])
    const left = await graph(`/${lindgruen}/set_solution_migration_intent`, { app_id: '440019283746551' })
    expect((await graph(`/${left.body.id}`)).body).toEqual({ id: left.body.id, status: 'INITIATED' })
  })

  it('wait for a yes themselves', async () => {
    const { graph, refused, heard } = await stage()
    const fields = '?fields=name,status,status_for_pending_request,owner_app,partners{partner_app,status}'
    expect((await graph(`/${draft}${fields}`)).body).toMatchObject({
      status: 'INITIATED',
      partners: { data: [{ status: 'NOTIFICATION_SENT' }] },
    })
    expect(await refused(`/${acme}/set_solution_migration_intent`, { solution_id: draft })).toEqual([
      400,
      100,
      undefined,
    ])
    expect((await graph(`/${draft}/accept`, {})).body).toEqual({ success: true })
    expect(await refused(`/${draft}/reject`, {})).toEqual([400, 100, undefined])
    expect((await graph(`/${draft}`)).body.status).toBe('ACTIVE')
    expect(await heard()).toEqual(['partner_solutions SOLUTION_UPDATED'])
    expect((await graph(`/${draft}/access_token?business_id=309104458820117`)).body.data[0]).toHaveProperty(
      'access_token',
    )
    const made = { solution_name: 'New', partner_app_id: '1', owner_permissions: ['MANAGE'], partner_permissions: [] }
    expect((await graph('/440019283746551/whatsapp_business_solution', made)).body).toHaveProperty('solution_id')
    expect((await graph('/440019283746551/whatsapp_business_solutions')).body.data).toHaveLength(4)
  })
})

describe('giving away an on-behalf-of WABA', () => {
  it('is offered once, with one solution', async () => {
    const { graph, refused, pull } = await stage()
    const path = `/${fjord}/set_obo_mobility_intent`
    const { id } = (await graph(path, { solution_id: nordwind })).body
    expect(await refused(`/${id}`)).toEqual([400, 100, 33])
    expect(await refused(path, { solution_id: weltfunk })).toEqual([400, 100, 2593085])
    await pull({ intent: { waba: fjord, accepted: true } })
    expect((await graph(`/${fjord}?fields=ownership_type,owner_business_info`)).body).toMatchObject({
      ownership_type: 'CLIENT_OWNED',
      owner_business_info: { name: 'Fjord & Kante AS' },
    })
    expect((await graph(`/${fjord}/solutions?fields=id`)).body.data).toEqual([{ id: nordwind }])
    expect(await refused(path, {})).toEqual([400, 100, 2593085])
    expect(await refused(`/${acme}/set_obo_mobility_intent`, {})).toEqual([400, 100, 2593085])
  })

  it('waits for the request to message on behalf of the business', async () => {
    const { refused, pull, graph } = await stage()
    await pull({ obo_request: { waba: fjord, accepted: false } })
    expect(await refused(`/${fjord}/set_obo_mobility_intent`, {})).toEqual([400, 100, 2593085])
    await pull({ obo_request: { waba: fjord, accepted: true } })
    expect((await graph(`/${fjord}/set_obo_mobility_intent`, {})).status).toBe(200)
  })
})
