import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import type { WebhookRow } from '../../../src/sandbox/world/webhooks.ts'
import { hubWebhookSecret, littleWorld } from '../../../src/sandbox/world/world.ts'
import { soon } from '../../kit/soon.ts'
import { testGround } from '../ground.ts'
import { listeningBot } from './listening-bot.ts'

const closing: (() => Promise<unknown>)[] = []

async function scene(options: { answers?: number[] } = {}) {
  const bot = await listeningBot(options)
  closing.push(bot.close)
  const ground = testGround({ botUrl: bot.url })
  return { bot, ground, world: littleWorld(ground) }
}

describe('webhooks to the bot', () => {
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  it('signs what Meta sends over the bytes, with non-ASCII text escaped', async () => {
    const { bot, ground, world } = await scene()
    world.webhooks.meta('104726318850943', 'account_update', { event: 'ACCOUNT_DELETED', note: 'Sabiá' })
    await world.webhooks.idle()
    const [post] = bot.posts
    expect(post?.path).toBe('/webhooks/meta')
    expect(post?.text).toContain('Sabi\\u00e1')
    const hex = createHmac('sha256', ground.secrets.metaAppSecret)
      .update(post?.text ?? '')
      .digest('hex')
    expect(post?.headers['x-hub-signature-256']).toBe(`sha256=${hex}`)
    const [body] = bot.bodies()
    expect(body.object).toBe('whatsapp_business_account')
    expect(body.entry[0]).toMatchObject({ id: '104726318850943', time: expect.any(Number) })
  })

  it('knows the Hub by the secret in its path', async () => {
    const { bot, ground, world } = await scene()
    world.webhooks.hub('channel_live', { id: 'Kd73LmCH' })
    await world.webhooks.idle()
    expect(bot.posts[0]?.path).toBe(`/webhooks/hub/${hubWebhookSecret(ground)}`)
    expect(bot.bodies()[0]).toEqual({
      id: expect.stringMatching(/^evt-/),
      event: 'channel_live',
      data: { id: 'Kd73LmCH' },
    })
    expect(hubWebhookSecret(ground)).toBe(ground.journal.table('secrets').get('hubWebhook'))
  })

  it('keeps the order of one platform', async () => {
    const { bot, world } = await scene()
    for (let n = 1; n <= 5; n += 1) world.webhooks.hub(`event-${n}`, {})
    await world.webhooks.idle()
    expect(bot.bodies().map(({ event }) => event)).toEqual([1, 2, 3, 4, 5].map((n) => `event-${n}`))
  })

  it('tries again after a refusal, with the same bytes', async () => {
    const { bot, ground, world } = await scene({ answers: [500] })
    world.webhooks.hub('channel_live', {})
    await soon(() => expect(bot.posts).toHaveLength(2))
    expect(bot.posts[1]?.text).toBe(bot.posts[0]?.text)
    await world.webhooks.idle()
    expect(ground.journal.table('webhooks').values()).toEqual([])
  })

  it('keeps a webhook that nobody takes, gives up after four tries and stays calm', async () => {
    const ground = testGround()
    const rows = ground.journal.table<WebhookRow>('webhooks')
    rows.set('old', { id: 'old', to: 'hub', body: '{}', tries: 3, state: 'waiting' })
    const world = littleWorld(ground)
    await world.webhooks.idle()
    expect(rows.get('old')).toMatchObject({ state: 'given-up', tries: 4, last: expect.any(String) })
  })

  it('goes on at the next start with what was on its way', async () => {
    const bot = await listeningBot()
    closing.push(bot.close)
    const ground = testGround({ botUrl: bot.url })
    const row: WebhookRow = { id: 'old', to: 'meta', body: '{"object":"x"}', tries: 1, state: 'waiting' }
    ground.journal.table<WebhookRow>('webhooks').set('old', row)
    await littleWorld(ground).webhooks.idle()
    expect(bot.posts.map(({ text }) => text)).toEqual(['{"object":"x"}'])
  })
})
