import { afterEach, describe, expect, it } from 'vitest'
import { changeAccountSide } from '../../../src/sandbox/world/sides.ts'
import { closeScenes, ms, stage } from '../world/stage.ts'

const fresh = '182240617739508'
const source = { waba: '191130482257714', on: '196601937712503', off: '196601937712514', renamed: '196601937712525' }
const migrate = (national: string) => ({ cc: '49', phone_number: national, migrate_phone_number: true })
const pin = { messaging_product: 'whatsapp', pin: '654321' }

afterEach(closeScenes)

describe('a number moves to 360dialog', () => {
  it('is served at the source until it is registered, and appears as a channel then', async () => {
    const { graph, world, heard, ground, refused, hub } = await stage()
    const { body } = await graph(`/${fresh}/phone_numbers`, migrate('3023125502'))
    const moved = (await graph(`/${body.id}?fields=status,platform_type,code_verification_status`)).body
    expect(moved).toMatchObject({ status: 'PENDING', code_verification_status: 'NOT_VERIFIED' })
    expect((await graph(`/${source.off}?fields=status`)).body.status).toBe('CONNECTED')

    expect(await refused(`/${body.id}/register`, pin)).toEqual([400, 133006, undefined])
    expect((await graph(`/${body.id}/request_code`, { code_method: 'SMS', language: 'de' })).body).toEqual({
      success: true,
    })
    expect(await refused(`/${body.id}/verify_code`, { code: '999999' })).toEqual([400, 136025, undefined])
    await graph(`/${body.id}/verify_code`, { code: '123-456' })
    expect(await refused(`/${body.id}/request_code`, { code_method: 'SMS', language: 'de' })).toEqual([
      400,
      136024,
      undefined,
    ])
    expect((await graph(`/${body.id}/register`, pin)).body).toEqual({ success: true })

    expect((await graph(`/${body.id}?fields=status,is_pin_enabled,platform_type,verified_name`)).body).toMatchObject({
      status: 'CONNECTED',
      is_pin_enabled: true,
      platform_type: 'CLOUD_API',
      verified_name: 'Delphin Kurse',
    })
    expect((await graph(`/${source.off}?fields=status`)).body.status).toBe('MIGRATED')
    ground.clock.advance(2 * ms.minute)
    expect(await heard()).toEqual(
      expect.arrayContaining(['channel_created', 'channel_ready', 'channel_running', 'channel_live']),
    )
    expect((await heard()).filter((one) => one.startsWith('channel_'))).toEqual([
      'channel_created',
      'channel_ready',
      'channel_running',
      'channel_live',
    ])
    const filters = encodeURIComponent(JSON.stringify({ 'setup_info.phone_number': '493023125502' }))
    const [channel] = (await hub(`/channels?filters=${filters}`)).body.partner_channels
    expect(channel).toMatchObject({
      external_id: body.id,
      status: 'ready',
      account_mode: 'live',
      hub_status: 'live',
      client_id: 'dLpSp0rtCL',
      is_migrated: true,
    })
    expect(world.asides.get(channel.id)?.shared).toBe(false)
  })

  it('takes the good templates along, and leaves the rest', async () => {
    const { graph, pull, ground } = await stage()
    await pull({ imported: { phone: '+49 30 23125502', waba: fresh } })
    const names = async (status: string) =>
      (await graph(`/${fresh}/message_templates?status=${status}&fields=name,quality_score`)).body.data
    const copies = await names('APPROVED')
    expect(copies.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['order_update', 'pickup_ready', 'delivery_promo']),
    )
    expect(copies).not.toContainEqual(expect.objectContaining({ name: 'feedback' }))
    expect(copies).toContainEqual(
      expect.objectContaining({ name: 'pickup_ready', quality_score: { reasons: null, score: 'UNKNOWN' } }),
    )
    ground.clock.advance(2 * ms.hour)
    expect((await names('REJECTED')).map(({ name }: { name: string }) => name)).toContain('delivery_promo')
  })

  it('is refused in the order of the checks', async () => {
    const { graph, refused, pull, world } = await stage()
    const why = async (national: string, waba = fresh) => {
      const { status, body } = await graph(`/${waba}/phone_numbers`, migrate(national))
      return [status, body.error?.error_subcode, body.error?.error_user_msg]
    }
    await pull({ maintenance: { phone: '493023125501' } })
    expect(await why('3023125501')).toEqual([400, 2494100, expect.any(String)])
    await pull({ maintenance: { phone: '493023125501', on: false } })
    expect(await why('3023125501')).toEqual([400, 2388001, expect.stringMatching(/two-step/)])
    expect(await why('3023125502', source.waba)).toEqual([400, 2388012, expect.any(String)])
    expect(await why('3023125503')).toEqual([400, 2388103, expect.stringMatching(/display name/)])
    expect(await why('3023125701')).toEqual([400, 2388103, expect.stringMatching(/not verified/)])
    expect(await why('3023125502', '118307745521904')).toEqual([400, 2388103, expect.stringMatching(/same business/)])
    expect(await why('3023125999')).toEqual([400, 2388103, expect.stringMatching(/added directly/)])
    await pull({ review: { waba: fresh, decision: 'PENDING' } })
    expect(await why('3023125502')).toEqual([400, 2388103, expect.stringMatching(/destination/)])
    await pull({ review: { waba: fresh, decision: 'APPROVED' }, payment: { waba: fresh, ok: false } })
    expect(await why('3023125502')).toEqual([400, 2388103, expect.stringMatching(/credit line/)])
    await pull({ payment: { waba: fresh, ok: true } })
    await graph(`/${fresh}/subscribed_apps`, undefined, 'DELETE')
    expect(await why('3023125502')).toEqual([400, 2388103, expect.stringMatching(/webhooks/)])
    await graph(`/${fresh}/subscribed_apps`, {})
    expect(await why('3023125502')).toEqual([200, undefined, undefined])
    expect(await why('3023125502')).toEqual([400, 2388012, expect.any(String)])
    expect(await refused(`/${fresh}/phone_numbers`, { cc: '+49', phone_number: '1' })).toEqual([400, 100, undefined])
    expect(world.numbers.get(source.off)?.status).toBe('CONNECTED')
  })

  it('reads a body as JSON, as a form and from the query', async () => {
    const { graph } = await stage()
    const form = 'cc=49&phone_number=3023125502&migrate_phone_number=true'
    expect((await graph(`/${fresh}/phone_numbers`, form)).status).toBe(200)
    const query = '?cc=49&phone_number=3023125990&verified_name=Delphin'
    expect((await graph(`/${fresh}/phone_numbers${query}`, '')).body).toEqual({ id: expect.any(String) })
  })

  it('can be imported in the Client Hub, which says what is wrong in its own words', async () => {
    const { pull, heard, ground, graph } = await stage()
    const imported = (phone: string) => pull({ imported: { phone, waba: 'dLfr3sWA' } })
    expect(await imported('493023125501')).toEqual([
      'The Client Hub says: "Two-factor authentication not yet disabled"',
    ])
    expect(await imported('493023125503')).toEqual([
      'The Client Hub says: "Register Name should be present and approved"',
    ])
    await pull({ name: { phone: '493023125503', decision: 'APPROVED' } })
    await imported('493023125503')
    ground.clock.advance(ms.minute + 1)
    expect(await heard()).toContain('channel_live')
    expect(await heard()).toContain('phone_number_name_update')
    const { data } = (await graph(`/${fresh}/phone_numbers?fields=verified_name,is_pin_enabled`)).body
    expect(data).toMatchObject([{ verified_name: 'Delphin Rental', is_pin_enabled: false }])
    expect(await imported('493023125503')).toEqual([expect.stringContaining('already been moved')])
  })

  it('stops the channel of a number that leaves 360dialog', async () => {
    const { graph, world } = await stage()
    const bluebird = '110283347790516'
    const account = world.accounts.get('118307745521904')
    if (!account) throw new Error('the WABA is not there')
    const elsewhere = '190000000000001'
    world.accounts.set(elsewhere, { ...account, id: elsewhere })
    changeAccountSide(world, elsewhere, { apps: [{ app: 'another' }] })
    const { body } = await graph(`/${elsewhere}/phone_numbers`, migrate('3023125201'))
    await graph(`/${body.id}/request_code`, { code_method: 'VOICE', language: 'en_US' })
    await graph(`/${body.id}/verify_code`, { code: '123456' })
    await graph(`/${body.id}/register`, pin)
    expect((await graph(`/${bluebird}?fields=status`)).body.status).toBe('MIGRATED')
    expect(world.channels.get('b1OrdrCH')).toMatchObject({ meta_status: 'MIGRATED', hub_status: 'live' })
  })
})

describe('registering', () => {
  const acme = '106381927740556'
  const with_ = (pin: string) => ({ messaging_product: 'whatsapp', pin })

  it('wants the PIN that is set, and gets tired of guesses', async () => {
    const { refused, graph, ground } = await stage()
    const guess = () => refused(`/${acme}/register`, with_('000000'))
    expect(await guess()).toEqual([400, 133005, undefined])
    expect(await guess()).toEqual([400, 133009, undefined])
    for (let n = 0; n < 2; n += 1) {
      ground.clock.advance(6000)
      expect(await guess()).toEqual([400, 133005, undefined])
    }
    ground.clock.advance(6000)
    expect(await refused(`/${acme}/register`, with_('142857'))).toEqual([400, 133008, undefined])
    ground.clock.advance(12 * ms.hour)
    expect((await graph(`/${acme}/register`, with_('142857'))).status).toBe(200)
    expect(await refused(`/${acme}/register`, with_('12345'))).toEqual([400, 100, undefined])
  })

  it('is done at most 10 times in 72 hours, then blocked for 72 hours', async () => {
    const { refused, graph, ground } = await stage()
    for (let n = 0; n < 10; n += 1) {
      expect((await graph(`/${acme}/register`, with_('142857'))).status).toBe(200)
      ground.clock.advance(ms.hour)
    }
    expect(await refused(`/${acme}/register`, with_('142857'))).toEqual([400, 133016, undefined])
    ground.clock.advance(71 * ms.hour)
    expect(await refused(`/${acme}/deregister`, {})).toEqual([400, 133016, undefined])
    ground.clock.advance(ms.hour + 1)
    expect((await graph(`/${acme}/register`, with_('142857'))).status).toBe(200)
  })

  it('can be taken back, and the PIN can be set without the old one', async () => {
    const { refused, graph, heard } = await stage()
    expect((await graph(`/${acme}`, { pin: '222333' })).body).toEqual({ success: true })
    expect(await heard()).toEqual(['security PIN_CHANGED'])
    expect((await graph(`/${acme}/deregister`, {})).status).toBe(200)
    expect((await graph(`/${acme}?fields=status`)).body.status).toBe('DISCONNECTED')
    expect(await refused(`/${acme}/deregister`, {})).toEqual([400, 133010, undefined])
    expect(await refused(`/${acme}`, { pin: '111111' })).toEqual([400, 133010, undefined])
    expect((await graph(`/${acme}/register`, with_('222333'))).status).toBe(200)
    expect(await refused(`/${acme}/request_code`, { code_method: 'SMS', language: 'en' })).toEqual([400, 100, 2388091])
    expect(await refused(`/${acme}/verify_code`, { code: '123456' })).toEqual([400, 100, 2388093])
  })

  it('switches two-step on, and only WhatsApp Manager switches it off', async () => {
    const { graph, pull, heard } = await stage()
    await pull({ pin: { phone: '493023125101', enabled: false } })
    expect(await heard()).toEqual(['security PIN_RESET_REQUEST', 'security PIN_REQUEST_SUCCESS'])
    await graph(`/${acme}/register`, with_('777888'))
    expect((await graph(`/${acme}?fields=is_pin_enabled`)).body.is_pin_enabled).toBe(true)
  })

  it('refuses a number that was just deleted', async () => {
    const { graph, refused, pull, ground } = await stage()
    await pull({ deleted: { phone: '493023125502' } })
    expect(await refused(`/${source.off}`)).toEqual([400, 33, undefined])
    const add = { cc: '49', phone_number: '3023125502', verified_name: 'Delphin Kurse' }
    expect(await refused(`/${fresh}/phone_numbers`, add)).toEqual([400, 133015, undefined])
    ground.clock.advance(5 * ms.minute)
    expect((await graph(`/${fresh}/phone_numbers`, add)).status).toBe(200)
  })

  it('wants a proof that is not older than two weeks', async () => {
    const { graph, refused, ground } = await stage()
    const add = { cc: '49', phone_number: '3023125990', verified_name: 'Delphin' }
    const { id } = (await graph(`/${fresh}/phone_numbers`, add)).body
    await graph(`/${id}/request_code`, { code_method: 'SMS', language: 'de' })
    await graph(`/${id}/verify_code`, { code: '123456' })
    ground.clock.advance(15 * ms.day)
    expect(await refused(`/${id}/register`, pin)).toEqual([400, 133006, undefined])
    expect((await graph(`/${id}?fields=code_verification_status`)).body.code_verification_status).toBe('EXPIRED')
  })
})
