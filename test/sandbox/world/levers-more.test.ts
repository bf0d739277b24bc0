import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openJournal } from '../../../src/sandbox/journal.ts'
import { leverButtons } from '../../../src/sandbox/world/levers-list.ts'
import { numberStates } from '../../../src/sandbox/world/numbers.ts'
import { clientSites } from '../../../src/sandbox/world/site.ts'
import { closeScenes, ms, stage } from './stage.ts'

afterEach(closeScenes)

const template = {
  name: 'back_soon',
  language: 'de',
  category: 'UTILITY',
  components: [{ type: 'BODY', text: 'Bis bald.' }],
}

describe('levers of what a number belongs to', () => {
  it('are offered when there is something to decide', async () => {
    const { world, graph, pull } = await stage()
    const labels = (phone: string) =>
      numberStates(world)
        .filter((one) => one.phone === phone)
        .flatMap(leverButtons)
        .map(({ label }) => label)
    const acme = '493023125101'
    expect(labels(acme)).not.toContain('Accept request in Business Manager')
    await graph('/104726318850943/set_solution_migration_intent', { solution_id: '930225513398826' })
    expect(labels(acme)).toContain('Accept request in Business Manager')
    expect(labels(acme)).toContain('Ask to change to Nordwind')
    expect(labels(acme)).not.toContain('Ask to change to Sabiá')
    await pull({ partner_change: { client: 'Acme GmbH', to: 'Nordwind' } })
    expect(labels(acme)).toContain('Partner change: approve')
    expect(labels('493023125501')).toContain('Import to 360dialog')
    expect(labels('493023125501')).not.toContain('Cancel subscription')
    expect(labels('493023125503')).toContain('Approve display name')
  })

  it('are not part of the state that people read', async () => {
    const { world } = await stage()
    const [first] = JSON.parse(JSON.stringify(numberStates(world)))
    expect(Object.keys(first).sort()).toEqual(
      ['channel', 'client', 'hub_status', 'name', 'note', 'ownership', 'partner', 'phone', 'pin'].concat([
        'quality',
        'status',
        'waba',
      ]),
    )
  })

  it('make clients and WABAs now', async () => {
    const { pull, hub, graph, heard, ground } = await stage()
    const [said = ''] = await pull({
      client_created: { partner: 'Brightline', name: 'Nelke', email: 'a@nelke.example' },
    })
    const id = said.split(' ').at(-1)?.slice(0, -1) ?? ''
    const [made = ''] = await pull({ waba_created: { client: id } })
    const waba = /WABA (\d+)/.exec(made)?.[1]
    const { creation_time, ownership_type } = (await graph(`/${waba}?fields=creation_time,ownership_type`)).body
    expect(ownership_type).toBe('CLIENT_OWNED')
    expect(ground.clock.now() / 1000 - creation_time).toBeLessThan(60)
    expect((await hub('/clients')).body.clients.map((one: { id: string }) => one.id)).toContain(id)
    expect((await heard()).sort()).toEqual(['account_update PARTNER_ADDED', 'client_created'])
  })

  it('restrict and reinstate an account at both platforms', async () => {
    const { pull, heard, world } = await stage()
    await pull({ account: { waba: '493023125101', state: 'RESTRICTED' } })
    expect(world.wabas.get('Pw90RsWA')?.status).toBe('account_restriction')
    await pull({ account: { waba: '493023125101', state: 'REINSTATED' } })
    expect(world.wabas.get('Pw90RsWA')?.status).toBe('approved')
    expect((await heard()).sort()).toEqual([
      'account_restriction',
      'account_update ACCOUNT_RESTRICTION',
      'account_update DISABLED_UPDATE',
    ])
  })

  it('verify a business everywhere', async () => {
    const { pull, graph, hub, world } = await stage()
    await pull({ verified: { waba: 'g1RasSWA' } })
    expect((await graph('/705518836640927?fields=verification_status')).body.verification_status).toBe('verified')
    expect((await graph('/171439086625592?fields=business_verification_status')).body).toMatchObject({
      business_verification_status: 'verified',
    })
    expect(world.wabas.get('g1RasSWA')?.fb_account_status).toBe('verified')
    expect((await hub('/channels/gR1negCH', { partner: 'SabiaxPA' })).body.waba_account.fb_account_status).toBe(
      'verified',
    )
  })

  it('take a client site down and up', async () => {
    const { pull, world, hub } = await stage()
    const sites = clientSites(world).routes
    const status = async () => (await sites.request('/Hn42TtqrCL')).status
    expect(await (await sites.request('/w3FjKt0dCL')).text()).toContain('Fjord &#38; Kante')
    expect(await status()).toBe(200)
    await pull({ website: { client: 'Acme GmbH', up: false } })
    expect(await status()).toBe(503)
    await pull({ website: { client: 'Acme GmbH', up: true } })
    expect(await status()).toBe(200)
    expect((await sites.request('/nobody')).status).toBe(404)
    const { contact_info } = (await hub('/channels/Kd73LmCH')).body.client
    expect(contact_info.webpage_url).toBe(world.siteOf('Hn42TtqrCL'))
  })

  it('say which words they take', async () => {
    const { ask } = await stage()
    const error = async (body: unknown) => (await ask('/api/world', { method: 'POST', body })).body.error
    expect(await error({ intent: { waba: '1', accepted: true } })).toBe('intent.waba: no WABA 1 in the little world.')
    expect(await error({ partner_change: { client: 'Nobody', to: 'Nordwind' } })).toContain('no client Nobody')
    expect(await error({ partner_change: { client: 'Acme GmbH' } })).toContain('give to or decision')
    expect(await error({ reshare: { waba: 'Pw90RsWA', partner: 'X' } })).toContain('no partner X')
  })
})

describe('the order of webhooks', () => {
  it('is turned around three at a time while they are shuffled', async () => {
    const { pull, world, heard } = await stage()
    await pull({ shuffle: true })
    for (const n of [1, 2, 3, 4]) world.webhooks.hub(`event-${n}`, {})
    expect(await heard()).toEqual(['event-3', 'event-2', 'event-1'])
    await pull({ shuffle: false })
    expect(await heard()).toEqual(['event-3', 'event-2', 'event-1', 'event-4'])
  })
})

describe('what happens by itself', () => {
  it('happens after a restart, too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'agenda-'))
    const file = join(folder, 'journal.jsonl')
    const first = await stage({ journal: openJournal(file) })
    const { id } = (await first.graph('/104726318850943/message_templates', template)).body
    const second = await stage({ journal: openJournal(file) })
    second.ground.clock.advance(ms.minute)
    expect((await second.graph(`/${id}?fields=status`)).body.status).toBe('APPROVED')
    rmSync(folder, { recursive: true })
  })
})
