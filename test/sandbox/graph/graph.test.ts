import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { faultSchema } from '../../../src/sandbox/faults.ts'
import { askedFields } from '../../../src/sandbox/graph/fields.ts'
import { fakeGraph } from '../../../src/sandbox/graph/index.ts'
import { littleWorld } from '../../../src/sandbox/world/world.ts'
import { testGround } from '../ground.ts'

function scene() {
  const ground = testGround()
  const world = littleWorld(ground)
  const app = new Hono().route('/graph', fakeGraph(ground, world).routes)
  const ask = async (path: string, { method = 'GET', token = ground.secrets.graphToken } = {}) => {
    const answer = await app.request(`/graph/v26.0${path}`, { method, headers: { authorization: `Bearer ${token}` } })
    return { status: answer.status, headers: answer.headers, body: JSON.parse(await answer.text()) }
  }
  const fault = (given: object) => ground.faults.add(faultSchema.parse({ system: 'graph', ...given }))
  return { ground, world, app, ask, fault }
}

const acme = '106381927740556'
const acmeWaba = '104726318850943'
const bluebirdWaba = '118307745521904'

describe('nodes of the Graph', () => {
  it('tells a number what was asked, and its id', async () => {
    const { ask } = scene()
    const { status, body, headers } = await ask(`/${acme}?fields=status,is_pin_enabled,display_phone_number`)
    expect(status).toBe(200)
    expect(body).toEqual({
      status: 'CONNECTED',
      is_pin_enabled: true,
      display_phone_number: '+49 30 23125101',
      id: acme,
    })
    expect(JSON.parse(headers.get('x-business-use-case-usage') ?? '{}')).toHaveProperty(acmeWaba)
  })

  it('leaves out what it does not tell', async () => {
    const { ask } = scene()
    const { body } = await ask('/110283347790527?fields=is_pin_enabled,status,new_name_status')
    expect(body).toEqual({ status: 'CONNECTED', id: '110283347790527' })
  })

  it('shows the spelling with the Brazilian 9', async () => {
    const { ask } = scene()
    expect((await ask('/162008847315590?fields=display_phone_number')).body.display_phone_number).toBe(
      '+55 11 97654-0211',
    )
  })

  it('knows who owns a WABA', async () => {
    const { ask } = scene()
    const fields = 'ownership_type,owner_business_info{id,name},on_behalf_of_business_info'
    expect((await ask(`/${acmeWaba}?fields=${fields}`)).body).toEqual({
      ownership_type: 'CLIENT_OWNED',
      owner_business_info: { id: '309104458820117', name: 'Acme GmbH' },
      id: acmeWaba,
    })
    expect((await ask(`/127761039948215?fields=${fields}`)).body).toMatchObject({
      ownership_type: 'ON_BEHALF_OF',
      owner_business_info: { name: 'Brightline GmbH' },
      on_behalf_of_business_info: { name: 'Copperleaf Travel GmbH' },
    })
  })

  it('reads a business and its WABAs', async () => {
    const { ask } = scene()
    expect((await ask('/309104458820117?fields=verification_status,name')).body).toEqual({
      verification_status: 'verified',
      name: 'Acme GmbH',
      id: '309104458820117',
    })
    expect((await ask('/309104458820117/owned_whatsapp_business_accounts')).body.data).toHaveLength(1)
    expect((await ask('/318204467719035/client_whatsapp_business_accounts?fields=id')).body.data).toHaveLength(6)
    expect((await ask('/318204467719035/owned_whatsapp_business_accounts?fields=id')).body.data).toEqual([
      { id: '127761039948215' },
    ])
  })

  it('lets the worst entity decide the health', async () => {
    const { ask } = scene()
    const can = async (id: string) => {
      const { health_status } = (await ask(`/${id}?fields=health_status`)).body
      return [health_status.can_send_message, health_status.entities.length]
    }
    expect(await can(acme)).toEqual(['AVAILABLE', 4])
    expect(await can(acmeWaba)).toEqual(['AVAILABLE', 3])
    expect(await can('130442859917204')).toEqual(['LIMITED', 4])
    expect(await can('176620593384418')).toEqual(['BLOCKED', 4])
  })

  it('refuses unknown fields, ids, edges and changes', async () => {
    const { ask } = scene()
    const error = async (path: string, method = 'GET') => {
      const { status, body } = await ask(path, { method })
      return [status, body.error.code, body.error.error_subcode]
    }
    expect(await error(`/${acme}?fields=status,colour`)).toEqual([400, 100, undefined])
    expect(await error('/999000999000999')).toEqual([400, 100, 33])
    expect(await error('/999000999000999/phone_numbers')).toEqual([400, 100, 33])
    expect(await error(`/${acme}/phone_numbers`)).toEqual([400, 100, undefined])
    expect(await error(`/${acme}/dance`, 'POST')).toEqual([400, 100, 33])
    expect(await error(`/${acme}`, 'DELETE')).toEqual([400, 100, 33])
  })

  it('asks for the token, in the header or in the query', async () => {
    const { ask, app, ground } = scene()
    const refused = await ask(`/${acme}`, { token: 'EAAwrong' })
    expect([refused.status, refused.body.error.code]).toEqual([401, 190])
    const inQuery = await app.request(`/graph/v26.0/${acme}?fields=id&access_token=${ground.secrets.graphToken}`)
    expect(await inQuery.json()).toEqual({ id: acme })
    expect(ground.calls.since(0).at(-1)?.path).toBe(`/v26.0/${acme}?fields=id&access_token=***`)
  })

  it('says what a token may do', async () => {
    const { ask, ground } = scene()
    const { data } = (await ask(`/debug_token?input_token=${ground.secrets.graphToken}`)).body
    expect(data).toMatchObject({ is_valid: true, expires_at: 0 })
    expect(data.scopes).toContain('whatsapp_business_management')
    expect(data.granular_scopes[0].target_ids).toContain(acmeWaba)
    expect((await ask('/debug_token?input_token=other')).body.data.is_valid).toBe(false)
  })

  it('reads the top names of nested fields', () => {
    expect(askedFields('a,b{c,d{e}},f.limit(2){g}, h')).toEqual(['a', 'b', 'f', 'h'])
    expect(askedFields('')).toEqual([])
  })
})

describe('edges of the Graph', () => {
  it('pages forward and back with cursors', async () => {
    const { ask } = scene()
    const edge = `/${bluebirdWaba}/phone_numbers?fields=id&limit=2`
    const first = (await ask(edge)).body
    expect(first.data).toEqual([{ id: '110283347790516' }, { id: '110283347790527' }])
    expect(first.paging.next).toContain('after=')
    expect(first.paging.next).not.toContain('access_token')
    expect(first.paging.previous).toBeUndefined()
    const second = (await ask(`${edge}&after=${first.paging.cursors.after}`)).body
    expect(second.data).toEqual([{ id: '110283347790538' }])
    expect(second.paging.next).toBeUndefined()
    expect((await ask(`${edge}&before=${second.paging.cursors.before}`)).body.data).toEqual(first.data)
    expect((await ask(`${edge}&after=${second.paging.cursors.after}`)).body).toEqual({ data: [] })
    expect((await ask(`${edge}&after=rubbish`)).body.error.code).toBe(131059)
  })

  it('lists templates by state, and the subscribed app', async () => {
    const { ask } = scene()
    const { data } = (await ask(`/${acmeWaba}/message_templates?status=APPROVED&fields=name,status`)).body
    expect(data.map((row: { name: string }) => row.name)).toEqual(['order_update', 'login_code'])
    expect((await ask(`/${acmeWaba}/subscribed_apps`)).body.data[0]).toHaveProperty('whatsapp_business_api_data.id')
  })
})

describe('faults of the Graph', () => {
  it('plays them in its own shape', async () => {
    const { ask, fault } = scene()
    const played = async (kind: string) => {
      fault({ kind, times: 1, retryAfter: 120 })
      const { status, body, headers } = await ask(`/${acme}`)
      return [status, body.error.code, headers.get('retry-after')]
    }
    expect(await played('401')).toEqual([401, 190, null])
    expect(await played('403')).toEqual([403, 200, null])
    expect(await played('404')).toEqual([404, 803, null])
    expect(await played('429')).toEqual([400, 80007, '120'])
    expect(await played('500')).toEqual([500, 1, null])
    expect(await played('done-but-500')).toEqual([500, 1, null])
  })
})
