import { afterEach, describe, expect, it, vi } from 'vitest'
import { levers } from '../../../src/sandbox/world/levers.ts'
import { leverButtons } from '../../../src/sandbox/world/levers-list.ts'
import { numberStates } from '../../../src/sandbox/world/numbers.ts'
import { littleWorld } from '../../../src/sandbox/world/world.ts'
import { testGround } from '../ground.ts'
import { listeningBot } from './listening-bot.ts'

const closing: (() => Promise<unknown>)[] = []

async function scene() {
  const bot = await listeningBot()
  closing.push(bot.close)
  const changed = vi.fn()
  const ground = testGround({ botUrl: bot.url, changed })
  const world = littleWorld(ground)
  const limits = vi.fn()
  const { routes } = levers(ground, world, { limits })
  const pull = async (body: unknown) => {
    const answer = await routes.request('/world', { method: 'POST', body: JSON.stringify(body) })
    await world.webhooks.idle()
    return { status: answer.status, ...((await answer.json()) as { done?: string[]; error?: string }) }
  }
  const number = (phone: string) => numberStates(world).find((one) => one.phone === phone)
  const metaChanges = () => bot.bodies().flatMap(({ entry }) => (entry ? [entry[0].changes[0]] : []))
  const hubEvents = () => bot.bodies().flatMap(({ event, data }) => (event ? [{ event, data }] : []))
  return { bot, ground, world, limits, pull, number, metaChanges, hubEvents, changed }
}

const obo = '493023125301'

describe('levers of the little world', () => {
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  it('switches two-step off as a person would in WhatsApp Manager', async () => {
    const { pull, number, metaChanges, changed } = await scene()
    expect(await pull({ pin: { phone: '+49 30 23125301', enabled: false } })).toEqual({
      status: 200,
      ok: true,
      done: [`Two-step is off for +${obo} (Copperleaf Travel).`],
    })
    expect(number(obo)?.pin).toBe(false)
    expect(metaChanges()).toEqual([
      {
        field: 'security',
        value: { display_phone_number: obo, event: 'PIN_RESET_REQUEST', requester: expect.any(String) },
      },
      { field: 'security', value: { display_phone_number: obo, event: 'PIN_REQUEST_SUCCESS' } },
    ])
    expect(changed).toHaveBeenCalled()
  })

  it('switches two-step silently, or hides it', async () => {
    const { pull, number, world, bot } = await scene()
    await pull({ pin: { phone: obo, enabled: false, webhook: false } })
    expect(number(obo)?.pin).toBe(false)
    await pull({ pin: { phone: obo, enabled: null } })
    expect(world.numbers.values().find((one) => one.verified_name === 'Copperleaf Travel')).not.toHaveProperty(
      'is_pin_enabled',
    )
    expect(bot.posts).toEqual([])
  })

  it('lets a number arrive at its new provider while the subscription goes on', async () => {
    const { pull, number } = await scene()
    await pull({ moved: { phone: obo } })
    expect(number(obo)).toMatchObject({ status: 'MIGRATED', hub_status: 'live' })
  })

  it('cancels a subscription, takes it back, and ends it', async () => {
    const { pull, number, hubEvents, world } = await scene()
    await pull({ cancelled: { phone: obo } })
    expect(number(obo)?.hub_status).toBe('pending_deletion')
    await pull({ cancelled: { phone: obo, by: 'Brightline' } })
    await pull({ reactivated: { phone: obo } })
    expect(number(obo)?.hub_status).toBe('live')
    expect(world.channels.get('cT8velCH')?.cancelled_at).toBeNull()
    await pull({ terminated: { phone: obo } })
    expect(hubEvents().map(({ event }) => event)).toEqual([
      'cancellation_request',
      'cancellation_revoke',
      'cancellation_processed',
    ])
    expect(hubEvents()[0]?.data).toMatchObject({
      id: 'cT8velCH',
      client_id: 'Qe91XcvuCL',
      hub_status: 'pending_deletion',
    })
  })

  it('restricts a number at both platforms', async () => {
    const { pull, number, metaChanges, hubEvents, world } = await scene()
    await pull({ status: { phone: '493023125101', status: 'RESTRICTED' } })
    expect(number('493023125101')?.status).toBe('RESTRICTED')
    expect(world.wabas.get('Pw90RsWA')?.status).toBe('account_restriction')
    expect(metaChanges()[0]).toMatchObject({ field: 'account_update', value: { event: 'ACCOUNT_RESTRICTION' } })
    expect(hubEvents()[0]).toMatchObject({ event: 'account_restriction', data: { phone_number: '493023125101' } })
  })

  it('takes a status that nobody knows', async () => {
    const { pull, number } = await scene()
    await pull({ status: { phone: obo, status: 'SLEEPWALKING' } })
    expect(number(obo)?.status).toBe('SLEEPWALKING')
  })

  it('changes quality, balance and permission, and tells only what changed', async () => {
    const { pull, metaChanges, hubEvents, world } = await scene()
    await pull({
      quality: { phone: obo, quality: 'RED' },
      balance: { phone: obo, amount: -3, currency: 'USD' },
      permission: { phone: obo, shared: false },
    })
    await pull({ quality: { phone: obo, quality: 'RED' }, permission: { phone: obo, shared: false } })
    expect(metaChanges().map(({ value }) => value.event)).toEqual(['FLAGGED'])
    expect(
      hubEvents()
        .map(({ event }) => event)
        .sort(),
    ).toEqual(['channel_permission_revoked', 'template_messaging_disabled'])
    expect(world.asides.get('cT8velCH')).toMatchObject({ balance: -3, currency: 'usd', shared: false })
  })

  it('sets any known field of either platform', async () => {
    const { pull, world } = await scene()
    const set = {
      name_status: 'PENDING_REVIEW',
      hub_status: 'live',
      'hub.status': 'new_name_requested',
      phone_name: 'New Name',
      'waba.status': 'consents_pending',
      'account.ownership_type': 'CLIENT_OWNED',
      'client.contact_info.email': 'new@copperleaf-travel.example',
      is_pin_enabled: null,
    }
    expect((await pull({ number: { phone: obo, set } })).status).toBe(200)
    expect(world.channels.get('cT8velCH')).toMatchObject({
      status: 'new_name_requested',
      setup_info: { phone_name: 'New Name', phone_number: obo },
    })
    expect(world.wabas.get('cT7obOWA')?.status).toBe('consents_pending')
    expect(world.accounts.get('127761039948215')?.ownership_type).toBe('CLIENT_OWNED')
    expect(world.clients.get('Qe91XcvuCL')?.contact_info).toMatchObject({
      email: 'new@copperleaf-travel.example',
      country: 'DE',
    })
    expect(world.numbers.get('121907735508643')).toMatchObject({
      name_status: 'PENDING_REVIEW',
      is_pin_enabled: undefined,
    })
  })

  it('loses webhooks, sends them twice, and sends any payload', async () => {
    const { pull, bot } = await scene()
    await pull({ webhooks: false, pin: { phone: obo, enabled: false } })
    expect(bot.posts).toEqual([])
    const payload = { object: 'whatsapp_business_account', entry: [], odd: 'ü' }
    await pull({ webhooks: true, duplicate: true, event: { system: 'meta', payload } })
    expect(bot.bodies()).toEqual([payload, payload])
    await pull({ duplicate: false, event: { system: 'hub', payload: [] } })
    expect(bot.posts).toHaveLength(3)
  })

  it('switches faults and rate limits', async () => {
    const { pull, ground, limits, world } = await scene()
    await pull({ fault: { system: 'hub', kind: '429' }, limits: { rate: false } })
    expect(ground.faults.list()).toMatchObject([{ system: 'hub', kind: '429', path: '' }])
    expect(limits).toHaveBeenCalledWith({ rate: false })
    expect(world.switches.get('rate')).toBe(false)
    await pull({ faults: [] })
    expect(ground.faults.list()).toEqual([])
  })

  it('does nothing at all when one lever is wrong, and says which', async () => {
    const { pull, number } = await scene()
    const wrong = async (body: unknown) => {
      const { status, error } = await pull(body)
      expect(status).toBe(400)
      return error
    }
    expect(await wrong({ pin: { phone: obo, enabled: false }, status: { phone: '+49 30 999', status: 'X' } })).toBe(
      'status.phone: no number +49 30 999 in the little world.',
    )
    expect(number(obo)?.pin).toBe(true)
    expect(await wrong({ pim: {} })).toContain('no lever pim; there are pin, ')
    expect(await wrong({ pin: { phone: '5511976540412', enabled: true } })).toContain(
      'Meta does not know this number yet',
    )
    expect(await wrong({ pin: { phone: '+49 1', enabled: true } })).toBe(
      'pin.phone: no number +49 1 in the little world.',
    )
    expect(await wrong({ number: { phone: '+49 1', set: { foo: 1 } } })).toContain('no number +49 1')
    expect(await wrong({ number: { phone: obo, set: { foo: 1 } } })).toContain('number.set.foo: no such field')
    expect(await wrong({ balance: { phone: obo } })).toContain('balance.amount')
    expect(await wrong({})).toContain('at least one lever')
    expect(await wrong([])).toContain('at least one lever')
    expect(await wrong(JSON.parse('{"__proto__": 1}'))).toContain('no lever')
  })

  it('takes every button that the page offers', async () => {
    const { pull, world } = await scene()
    for (const button of numberStates(world).flatMap(leverButtons)) {
      expect(await pull(button.body), button.label).toMatchObject({ status: 200 })
    }
  })
})
