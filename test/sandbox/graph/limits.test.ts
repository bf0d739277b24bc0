import { afterEach, describe, expect, it } from 'vitest'
import { closeScenes, ms, stage } from '../world/stage.ts'

const acme = '104726318850943'
const fresh = '182240617739508'
const appId = '440019283746551'

afterEach(closeScenes)

describe('limits of the Graph', () => {
  it('count 200 calls an hour on a WABA without a number, and tell how much is used', async () => {
    const { graph, refused, ground, pull } = await stage()
    for (let n = 0; n < 199; n += 1) await graph(`/${fresh}`)
    const last = await graph(`/${fresh}`)
    const usage = JSON.parse(last.headers.get('x-business-use-case-usage') ?? '{}')
    expect(usage[fresh][0]).toMatchObject({ call_count: 100, estimated_time_to_regain_access: 0 })
    expect(await refused(`/${fresh}`)).toEqual([400, 80007, undefined])
    expect((await graph(`/${acme}`)).status).toBe(200)
    await pull({ limits: { rate: false } })
    expect((await graph(`/${fresh}`)).status).toBe(200)
    await pull({ limits: { rate: true } })
    ground.clock.advance(ms.hour)
    expect((await graph(`/${fresh}`)).status).toBe(200)
  })

  it('can be used up by a lever, for a WABA or for the app', async () => {
    const { graph, refused, ground, pull } = await stage()
    await pull({ usage: { waba: acme, percent: 80 } })
    const usage = JSON.parse((await graph(`/${acme}`)).headers.get('x-business-use-case-usage') ?? '{}')
    expect(usage[acme][0].call_count).toBe(80)
    await pull({ usage: { waba: acme, percent: 100, minutes: 7 } })
    const limited = await graph(`/${acme}`)
    expect(limited.body.error.code).toBe(80007)
    expect(limited.headers.get('x-business-use-case-usage')).toContain('"estimated_time_to_regain_access":7')
    ground.clock.advance(7 * ms.minute)
    expect((await graph(`/${acme}`)).status).toBe(200)
    await pull({ usage: { percent: 100, minutes: 5 } })
    expect(await refused(`/${fresh}`)).toEqual([400, 4, undefined])
    expect((await graph(`/${fresh}`)).headers.get('x-app-usage')).toContain('"call_count":100')
  })

  it('answers any error that a lever orders', async () => {
    const { graph, refused, pull } = await stage()
    await pull({ graph_error: { path: '/register', code: 133000, status: 500, message: 'Deregister again', times: 2 } })
    const path = '/106381927740556/register'
    expect(await refused(path, {})).toEqual([500, 133000, undefined])
    expect(await refused(path, {})).toEqual([500, 133000, undefined])
    expect(await refused(path, {})).toEqual([400, 100, undefined])
    expect((await graph(`/${acme}`)).status).toBe(200)
  })
})

describe('tokens of the Graph', () => {
  it('are given for a code, once and within 30 seconds', async () => {
    const { ask, pull, ground } = await stage()
    const code = async () => /code (\S+),/.exec((await pull({ signup_code: true }))[0] ?? '')?.[1] ?? ''
    const exchange = (code: string, secret = ground.secrets.metaAppSecret) =>
      ask(`/graph/v25.0/oauth/access_token?client_id=${appId}&client_secret=${secret}&code=${code}`)
    const good = await code()
    const { access_token, token_type } = (await exchange(good)).body
    expect(token_type).toBe('bearer')
    expect((await ask(`/graph/v25.0/${acme}?access_token=${access_token}`)).status).toBe(200)
    expect((await exchange(good)).body.error).toMatchObject({ code: 100, error_subcode: 36009 })
    const late = await code()
    ground.clock.advance(31 * ms.second)
    expect((await exchange(late)).body.error).toMatchObject({ code: 100, error_subcode: 36007 })
    expect((await exchange('nothing')).status).toBe(400)
    expect((await exchange(late, 'wrong')).body.error.code).toBe(1)
    expect(JSON.stringify(ground.calls.since(0))).not.toContain(ground.secrets.metaAppSecret)
    expect(JSON.stringify(ground.calls.since(0))).not.toContain(good)
    const debug = await ask(`/graph/v25.0/debug_token?input_token=${access_token}&access_token=${access_token}`)
    expect(debug.body.data.is_valid).toBe(true)
  })

  it('work under every living version, which the answer names', async () => {
    const { ask, ground } = await stage()
    const version = (one: string) =>
      ask(`/graph/${one}/${acme}`, { headers: { authorization: `Bearer ${ground.secrets.graphToken}` } })
    for (const one of ['v20.0', 'v23.0', 'v26.0', 'v31.0']) {
      const answer = await version(one)
      expect([answer.status, answer.headers.get('facebook-api-version')]).toEqual([200, one])
    }
    expect((await version('v19.0')).status).toBe(400)
  })
})

describe('faults on the calls that change something', () => {
  const body = { cc: '49', phone_number: '3023125502', migrate_phone_number: true }

  it.each([
    ['429', 400],
    ['500', 500],
    ['html', 502],
    ['401', 401],
  ])('%s comes before the work', async (kind, status) => {
    const { graph, fault, world } = await stage()
    fault({ system: 'graph', path: '/phone_numbers', kind, times: 1 })
    const answer = await graph(`/${fresh}/phone_numbers`, body)
    expect(answer.status).toBe(status)
    expect(world.numbers.values().filter((one) => one.waba_id === fresh)).toEqual([])
  })

  it('done-but-500 comes after it', async () => {
    const { graph, fault, world } = await stage()
    fault({ system: 'graph', path: '/phone_numbers', kind: 'done-but-500', times: 1 })
    expect((await graph(`/${fresh}/phone_numbers`, body)).status).toBe(500)
    expect(world.numbers.values().filter((one) => one.waba_id === fresh)).toHaveLength(1)
  })
})
