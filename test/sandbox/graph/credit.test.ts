import { afterEach, describe, expect, it } from 'vitest'
import { closeScenes, ms, stage } from '../world/stage.ts'

const bluebird = '118307745521904'
const aurora = '166715502948830'
const euro = '940336624409937'
const nordwind = '402915530087614'
const systemUser = '61000000000001'

afterEach(closeScenes)

/** Moves the clock to that day of next month, noon UTC. */
function nextMonth(clock: { now(): number; advance(ms: number): void }, day: number) {
  const now = new Date(clock.now())
  clock.advance(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, day, 12) - clock.now())
}

const share = (waba_id: string, waba_currency = 'EUR') => ({ waba_id, waba_currency })

describe('another credit line for a WABA', () => {
  it('stops sending until the 1st of the next month', async () => {
    const { graph, refused, pull, ground, heard, bot } = await stage()
    nextMonth(ground.clock, 10)
    const number = '110283347790516'
    const message = { messaging_product: 'whatsapp', to: '4915550009999', type: 'text', text: { body: 'hi' } }
    expect((await graph(`/${number}/messages`, message)).status).toBe(200)
    await pull({ unshare: { waba: bluebird } })
    expect(await refused(`/${number}/messages`, message)).toEqual([400, 131042, undefined])
    expect((await graph(`/${number}?fields=health_status`)).body.health_status).toMatchObject({
      can_send_message: 'BLOCKED',
    })
    expect(await refused(`/${euro}/whatsapp_credit_sharing_and_attach`, share(bluebird))).toEqual([403, 200, undefined])

    const [said] = await pull({ reshare: { waba: bluebird, partner: 'Nordwind', assign: false } })
    expect(said).toMatch(/gave the code AQ/)
    expect(await refused(`/${euro}/whatsapp_credit_sharing_and_attach`, share(bluebird))).toEqual([403, 200, undefined])
    await graph(`/${bluebird}/assigned_users?user=${systemUser}&tasks=['MANAGE']`, '')
    expect((await graph(`/${bluebird}/assigned_users?business=${nordwind}`)).body.data).toMatchObject([
      { id: systemUser, tasks: ['MANAGE'] },
    ])
    const before = (await graph(`/${bluebird}?fields=primary_funding_id`)).body.primary_funding_id
    const shared = (await graph(`/${euro}/whatsapp_credit_sharing_and_attach`, share(bluebird))).body
    expect(shared).toEqual({ allocation_config_id: expect.any(String), waba_id: bluebird })
    const allocation = (await graph(`/${shared.allocation_config_id}?fields=receiving_credential`)).body
    expect((await graph(`/${bluebird}?fields=primary_funding_id`)).body.primary_funding_id).toBe(before)

    nextMonth(ground.clock, 1)
    expect((await graph(`/${bluebird}?fields=primary_funding_id`)).body.primary_funding_id).toBe(
      allocation.receiving_credential.id,
    )
    expect((await graph(`/${number}/messages`, message)).status).toBe(200)
    expect((await heard()).filter((one) => one.startsWith('account_update'))).toEqual([
      'account_update PARTNER_REMOVED',
      'account_update PARTNER_ADDED',
    ])
    expect(JSON.stringify(bot.bodies())).toContain('131042')
  })

  it('cannot be shared in the last 3 and the first 4 days of a month', async () => {
    const { graph, refused, pull, ground } = await stage()
    nextMonth(ground.clock, 4)
    await pull({ unshare: { waba: bluebird }, reshare: { waba: bluebird, partner: 'Nordwind' } })
    const path = `/${euro}/whatsapp_credit_sharing_and_attach`
    expect(await refused(path, share(bluebird))).toEqual([400, 100, 9990001])
    ground.clock.advance(ms.day)
    expect((await graph(path, share(bluebird))).status).toBe(200)
  })

  it('has to be in the currency of the WABA', async () => {
    const { refused, pull, ground } = await stage()
    nextMonth(ground.clock, 10)
    await pull({ unshare: { waba: aurora }, reshare: { waba: aurora, partner: 'nordwind' } })
    const path = `/${euro}/whatsapp_credit_sharing_and_attach`
    expect(await refused(path, share(aurora))).toEqual([400, 100, undefined])
    expect(await refused(path, share(aurora, 'USD'))).toEqual([400, 100, undefined])
    expect(await refused(path, share(aurora, 'NOK'))).toEqual([400, 100, undefined])
    expect(await refused(path, {})).toEqual([400, 100, undefined])
  })

  it('can be shared and attached in two steps, found, and revoked', async () => {
    const { graph, refused, pull, ground } = await stage()
    nextMonth(ground.clock, 10)
    const lines = (await graph(`/${nordwind}/extendedcredits?fields=id,legal_entity_name`)).body
    expect(lines.data).toEqual([{ id: euro, legal_entity_name: 'Nordwind GmbH' }])
    await pull({ unshare: { waba: bluebird }, reshare: { waba: bluebird, partner: 'Nordwind' } })
    const business = '276650913384402'
    expect(await refused(`/${euro}/whatsapp_credit_attach`, share(bluebird))).toEqual([400, 100, undefined])
    const shared = (await graph(`/${euro}/whatsapp_credit_sharing?receiving_business_id=${business}`, '')).body
    const attached = (await graph(`/${euro}/whatsapp_credit_attach`, share(bluebird))).body
    expect(attached).toMatchObject({ success: true, allocation_config_id: shared.allocation_config_id })
    const found = await graph(`/${euro}/owning_credit_allocation_configs?receiving_business_id=${business}&fields=id`)
    expect(found.body.data).toEqual([{ id: shared.allocation_config_id }])

    nextMonth(ground.clock, 1)
    const allocation = `/${shared.allocation_config_id}`
    expect((await graph(allocation, undefined, 'DELETE')).body).toEqual({ success: true })
    expect((await graph(`${allocation}?fields=request_status`)).body.request_status).toBe('DELETED')
    expect((await graph(`/${bluebird}?fields=primary_funding_id`)).body).toEqual({ id: bluebird })
    expect(await pull({ sent: { phone: '493023125201' } })).toEqual([expect.stringContaining('131042')])
  })
})
