import { afterEach, describe, expect, it } from 'vitest'
import { closeScenes, ms, stage } from '../world/stage.ts'

const acme = '104726318850943'
const delphin = '191130482257714'
const fresh = '182240617739508'
const template = {
  name: 'back_soon',
  language: 'de',
  category: 'UTILITY',
  components: [{ type: 'BODY', text: 'Bis bald.' }],
}

afterEach(closeScenes)

describe('templates at Meta', () => {
  it('wait half a minute for approval, unless somebody decides first', async () => {
    const { graph, ground, heard, pull } = await stage()
    const made = (await graph(`/${acme}/message_templates`, template)).body
    expect(made).toEqual({ id: expect.any(String), status: 'PENDING', category: 'UTILITY' })
    expect((await graph(`/${made.id}?fields=status,health_status`)).body).toMatchObject({
      status: 'PENDING',
      health_status: { can_send_message: 'BLOCKED' },
    })
    const other = (await graph(`/${acme}/message_templates`, { ...template, name: 'rejected_soon' })).body
    await pull({ template: { waba: acme, name: 'rejected_soon', status: 'REJECTED', reason: 'INVALID_FORMAT' } })
    ground.clock.advance(30 * ms.second)
    expect((await graph(`/${made.id}?fields=status`)).body.status).toBe('APPROVED')
    expect((await graph(`/${other.id}?fields=status,rejected_reason`)).body).toMatchObject({
      status: 'REJECTED',
      rejected_reason: 'INVALID_FORMAT',
    })
    expect((await heard()).sort()).toEqual([
      'message_template_status_update APPROVED',
      'message_template_status_update REJECTED',
      'waba_template_status_changed',
      'waba_template_status_changed',
    ])
  })

  it('have a name of their own, also for a while after they are gone', async () => {
    const { graph, refused, ground } = await stage()
    await graph(`/${acme}/message_templates`, template)
    expect(await refused(`/${acme}/message_templates`, template)).toEqual([400, 100, 2388024])
    expect(await refused(`/${acme}/message_templates`, { ...template, name: 'Back Soon' })).toEqual([
      400,
      100,
      undefined,
    ])
    expect((await graph(`/${acme}/message_templates?name=back_soon`, undefined, 'DELETE')).body).toEqual({
      success: true,
    })
    expect(await refused(`/${acme}/message_templates`, template)).toEqual([400, 100, 2388023])
    ground.clock.advance(30 * ms.day)
    expect((await graph(`/${acme}/message_templates`, template)).status).toBe(200)
  })

  it('are at most 250', async () => {
    const { refused, world } = await stage()
    const [row] = world.templates.values().filter((one) => one.waba_account_id === 'Pw90RsWA')
    if (!row) throw new Error('no template')
    for (let n = 0; n < 247; n += 1) world.templates.set(`t${n}`, { ...row, id: `t${n}`, name: `t${n}` })
    expect(await refused(`/${acme}/message_templates`, template)).toEqual([400, 100, 2388019])
  })

  it('are copied between WABAs of one business when they are good', async () => {
    const { graph, refused } = await stage()
    const first = (await graph(`/${fresh}/migrate_message_templates`, { source_waba_id: delphin, count: 3 })).body
    expect(first.migrated_templates).toHaveLength(3)
    const all = (await graph(`/${fresh}/migrate_message_templates`, { source_waba_id: delphin })).body
    expect(all).toEqual({ migrated_templates: [expect.any(String)], failed_templates: {} })
    const poor = (await graph(`/${delphin}/message_templates?status=APPROVED&quality_score=RED&fields=id`)).body.data[0]
    const asked = { source_waba_id: delphin, template_ids: [poor.id] }
    expect((await graph(`/${fresh}/migrate_message_templates`, asked)).body).toEqual({
      migrated_templates: [],
      failed_templates: { [poor.id]: expect.any(String) },
    })
    expect(await refused(`/${acme}/migrate_message_templates`, { source_waba_id: delphin })).toEqual([
      400,
      100,
      undefined,
    ])
  })

  it('get worse, and everybody hears of it', async () => {
    const { pull, heard, graph } = await stage()
    await pull({ template: { waba: acme, name: 'order_update', quality: 'RED', status: 'PAUSED' } })
    await pull({ template: { waba: acme, name: 'order_update', category: 'MARKETING' } })
    expect((await heard()).sort()).toEqual([
      'message_template_quality_update',
      'message_template_status_update PAUSED',
      'template_category_update',
      'waba_template_category_changed',
      'waba_template_status_changed',
    ])
    expect((await graph(`/${acme}/message_templates?status=PAUSED&fields=category`)).body.data).toMatchObject([
      { category: 'MARKETING' },
    ])
  })
})
