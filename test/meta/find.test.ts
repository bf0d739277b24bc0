import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Found, finder } from '../../src/meta/find.ts'
import { type SandboxPlatforms, sandboxPlatforms } from './sandbox-platforms.ts'

let platforms: SandboxPlatforms
beforeAll(async () => {
  platforms = await sandboxPlatforms()
})
afterAll(() => platforms.close())
afterEach(() => platforms.ground.faults.clear())

const all = ['brightline', 'nordwind', 'sabia']
const find = (text: string, partners = all) => finder({ hubs: platforms.hubs }).find(text, partners)
const channelsIn = (found: Found) =>
  found.kind === 'many'
    ? found.hits.map(({ channel }) => channel.id).sort()
    : found.kind === 'one'
      ? [found.channel.id]
      : []

describe('find', () => {
  it.each([
    ['+49 30 23125101', 'Kd73LmCH'],
    ['0049 (0)30 / 2312 5101', 'Kd73LmCH'],
    ['493023125101', 'Kd73LmCH'],
    ['+55 11 97654-0211', 'aU1br9CH'],
    ['+55 11 7654-0211', 'aU1br9CH'],
    ['Kd73LmCH', 'Kd73LmCH'],
    ['Pw90RsWA', 'Kd73LmCH'],
    ['Hn42TtqrCL', 'Kd73LmCH'],
    ['acme support', 'Kd73LmCH'],
    ['clinica girassol s/s', 'gR1negCH'],
  ])('knows what %s is', async (text, channel) => {
    const found = await find(text)
    expect(channelsIn(found)).toContain(channel)
  })

  it("knows Meta's id of a WABA, although it could be a number", async () => {
    expect(channelsIn(await find(platforms.metaIdsOf('Kd73LmCH').waba))).toEqual(['Kd73LmCH'])
  })

  it('says whose number it is', async () => {
    expect(await find('+49 40 66969101')).toMatchObject({
      kind: 'one',
      subject: { phone: '494066969101', partner: 'nordwind' },
      name: 'Acme Retail',
      phone: '494066969101',
      clientName: 'Acme Retail GmbH',
    })
  })

  it('takes the stored spelling as the subject', async () => {
    expect(await find('+55 11 97654-0211')).toMatchObject({ kind: 'one', subject: { phone: '551176540211' } })
  })

  it('lets the person choose between several', async () => {
    const found = await find('acme')
    expect(found).toMatchObject({ kind: 'many', more: false })
    expect(channelsIn(found)).toEqual(['Kd73LmCH', 'rE1oBaCH'])
  })

  it('finds all numbers of a client by e-mail', async () => {
    const email = platforms.world.clients.get('b7Kd0WmzCL')?.contact_info.email ?? ''
    expect(channelsIn(await find(email))).toEqual(['b1OrdrCH', 'b2ShopCH', 'b3TestCH'])
  })

  it('searches only the given partners', async () => {
    expect(await find('acme', ['nordwind'])).toMatchObject({ kind: 'one', channel: { id: 'rE1oBaCH' } })
    expect(await find('493023125101', ['nordwind'])).toEqual({ kind: 'none' })
    expect(await find('acme', [])).toEqual({ kind: 'none' })
    expect(await find('acme', ['toString'])).toEqual({ kind: 'none' })
  })

  it.each(['', ' ', '?', 'nobody at all', '+49 30 99999999', 'zzzzzzCH', '../..', '030 1234'])(
    'finds nothing for %j',
    async (text) => {
      expect(await find(text)).toEqual({ kind: 'none' })
    },
  )

  it('gives what one partner has when another one fails', async () => {
    platforms.ground.faults.add({ system: 'hub', path: '/partners/BrghtlPA', kind: '403', ms: 1, retryAfter: 1 })
    expect(channelsIn(await find('acme'))).toEqual(['rE1oBaCH'])
  })

  it('says so when nothing was found and a partner failed', async () => {
    platforms.ground.faults.add({ system: 'hub', path: '/partners/BrghtlPA', kind: '403', ms: 1, retryAfter: 1 })
    expect(await find('copperleaf')).toMatchObject({ kind: 'problem', problem: { kind: 'NotAllowed' } })
  })

  it('lists ten, the closest first, and says that there are more', async () => {
    const [row] = platforms.world.channels.values()
    for (let n = 0; row && n < 12; n += 1) {
      const setup_info = { ...row.setup_info, phone_number: `4930555000${n}`, phone_name: `Kiosk ${n}` }
      platforms.world.channels.set(`kiosk${n}CH`, { ...row, id: `kiosk${n}CH`, setup_info })
    }
    const found = await find('kiosk 7')
    expect(found).toMatchObject({ kind: 'one', name: 'Kiosk 7' })
    const many = await find('kiosk')
    expect(many).toMatchObject({ kind: 'many', more: true })
    expect(channelsIn(many)).toHaveLength(10)
  })
})
