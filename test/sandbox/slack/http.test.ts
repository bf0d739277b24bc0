import type { App } from '@slack/bolt'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openJournal } from '../../../src/sandbox/journal.ts'
import { soon } from '../../kit/soon.ts'
import { card, type Stage, stage } from './stage.ts'

let s: Stage
beforeEach(async () => {
  s = await stage()
})
afterEach(() => s.close())

const command = (channel = '#cases') => ({ user: 'ana', channel, command: '/portdesk', text: 'status +49 151' })
const posted = async () =>
  (await s.web.chat.postMessage({ channel: 'C0CASES', text: 'PD-1', blocks: card('x') })).ts ?? ''

describe('slash commands over HTTP', () => {
  it('reach Bolt signed, and the answer is shown to the person only', async () => {
    let seen: unknown
    await s.bolt((app) =>
      app.command('/portdesk', async ({ ack, command: sent }) => {
        seen = sent
        await ack({ text: 'Here you are' })
      }),
    )
    expect(await s.act('command', command())).toMatchObject({ ok: true, acknowledged: true })
    expect(seen).toMatchObject({
      user_id: 'U0ANA',
      user_name: 'ana',
      team_id: 'T0SANDBOX',
      channel_id: 'C0CASES',
      channel_name: 'cases',
      command: '/portdesk',
      text: 'status +49 151',
      trigger_id: expect.any(String),
      response_url: expect.stringContaining('/slack/response/'),
    })
    expect(s.messages('C0CASES')).toMatchObject([{ text: 'Here you are', ephemeral_to: 'U0ANA', user: 'U0PORTDESK' }])
  })

  it('work where the bot is no member, in_channel for everybody', async () => {
    await s.bolt((app) =>
      app.command('/portdesk', ({ ack }) => ack({ text: 'All see it', response_type: 'in_channel' })),
    )
    await s.act('command', command('C0LOUNGE'))
    expect(s.messages('C0LOUNGE')[0]?.ephemeral_to).toBeUndefined()
  })

  it('that nobody answers fail in the client as in Slack', async () => {
    await s.bolt(() => undefined, { unhandledMs: 20 })
    expect(await s.act('command', command())).toMatchObject({ ok: false, error: 'the app answered HTTP 404' })
    expect(s.messages('C0CASES')).toMatchObject([
      { user: 'USLACKBOT', ephemeral_to: 'U0ANA', text: '/portdesk failed with the error "dispatch_failed"' },
    ])
  })

  it('that are answered too late fail', async () => {
    await s.close()
    s = await stage({ withinMs: 20 })
    await s.bolt((app) => app.command('/portdesk', async () => new Promise((done) => setTimeout(done, 40))))
    expect((await s.act('command', command())).error).toBe('the app did not answer within 0.02 seconds')
  })

  it('to an app that is not there fail', async () => {
    expect(await s.act('command', command())).toMatchObject({ ok: false, error: 'the app could not be reached' })
    expect(s.messages('C0CASES')[0]?.text).toBe('/portdesk failed because the app did not respond')
  })

  it('whose answer has broken blocks fail', async () => {
    await s.bolt((app) => app.command('/portdesk', ({ ack }) => ack({ blocks: [{ type: 'section' }] })))
    expect((await s.act('command', command())).error).toContain('invalid_blocks')
  })
})

describe('response_url', () => {
  it('takes five posts within half an hour', async () => {
    const respond: (() => Promise<unknown>)[] = []
    await s.bolt((app) =>
      app.command('/portdesk', async ({ ack, respond: answer }) => {
        respond.push(() => answer('again'))
        await ack()
      }),
    )
    await s.act('command', command())
    await s.act('command', command())
    for (let n = 0; n < 5; n += 1) await respond[0]?.()
    await expect(respond[0]?.()).rejects.toMatchObject({ statusCode: 404 })
    await respond[1]?.()
    s.ground.clock.advance(31 * 60_000)
    await expect(respond[1]?.()).rejects.toMatchObject({ statusCode: 404 })
    expect(s.messages('C0CASES')).toHaveLength(6)
  })

  it('replaces and deletes the pressed message, an ephemeral one, too', async () => {
    await s.web.chat.postEphemeral({ channel: 'C0CASES', user: 'U0ANA', text: 'sure?', blocks: card('sure?') })
    await s.bolt((app) =>
      app.action('approve', async ({ ack, respond }) => {
        await ack()
        await respond({ replace_original: true, text: 'done', blocks: card('done') })
      }),
    )
    const ts = s.messages('C0CASES')[0]?.ts
    await s.act('press', { user: 'ana', channel: 'cases', ts, action_id: 'approve' })
    await soon(() => expect(s.messages('C0CASES')).toMatchObject([{ ts, text: 'done', ephemeral_to: 'U0ANA' }]))
    expect(await s.act('press', { user: 'ben', channel: 'cases', ts, action_id: 'approve' })).toMatchObject({
      status: 403,
      error: 'Ben cannot see that message.',
    })
  })
})

describe('presses over HTTP', () => {
  it('carry the button, the message and a trigger that opens one modal', async () => {
    const refused: string[] = []
    let body: unknown
    await s.bolt((app) =>
      app.action('approve', async ({ ack, body: sent, client }) => {
        await ack()
        body = sent
        if (!('trigger_id' in sent) || typeof sent.trigger_id !== 'string') return
        const view = {
          trigger_id: sent.trigger_id,
          view: {
            type: 'modal' as const,
            title: { type: 'plain_text' as const, text: 'Sure?' },
            blocks: [{ type: 'divider' }],
          },
        }
        await client.views.open(view)
        await client.views.open(view).catch((error) => refused.push(error.data.error))
      }),
    )
    const ts = await posted()
    expect(await s.act('press', { user: 'Ana', channel: '#cases', ts, action_id: 'approve' })).toMatchObject({
      ok: true,
    })
    expect(body).toMatchObject({
      type: 'block_actions',
      user: { id: 'U0ANA', username: 'ana', team_id: 'T0SANDBOX' },
      container: { type: 'message', message_ts: ts, channel_id: 'C0CASES', is_ephemeral: false },
      channel: { id: 'C0CASES', name: 'cases' },
      message: { ts, text: 'PD-1' },
      actions: [{ action_id: 'approve', block_id: 'acts', type: 'button', value: 'PD-1', text: { text: 'Approve' } }],
    })
    await soon(() => expect(refused).toEqual(['exchanged_trigger_id']))
    expect(s.slack.state().modals).toMatchObject([{ user: 'U0ANA', view: { title: { text: 'Sure?' } } }])
  })

  it('send the chosen option of a menu', async () => {
    const chosen: unknown[] = []
    const option = (value: string) => ({ value, text: { type: 'plain_text' as const, text: value } })
    const elements = [
      { type: 'static_select' as const, action_id: 'owner', options: [option('a'), option('b')] },
      { type: 'overflow' as const, action_id: 'more', options: [option('x'), option('y')] },
    ]
    const { ts } = await s.web.chat.postMessage({
      channel: 'C0CASES',
      text: 'x',
      blocks: [{ type: 'actions', elements }],
    })
    await s.bolt((app) =>
      app.action(/.*/, async ({ ack, payload }) => {
        await ack()
        if ('selected_option' in payload) chosen.push(payload.selected_option)
      }),
    )
    const press = { user: 'ana', channel: 'cases', ts }
    await s.act('press', { ...press, action_id: 'owner', value: 'b' })
    await s.act('press', { ...press, action_id: 'more', value: 'y' })
    await soon(() => expect(chosen).toEqual([option('b'), option('y')]))
    expect(await s.act('press', { ...press, action_id: 'owner', value: 'z' })).toMatchObject({ status: 400 })
  })

  it('are refused when the button is gone', async () => {
    const ts = await posted()
    await s.web.chat.update({ channel: 'C0CASES', ts, text: 'closed', blocks: [] })
    const answer = await s.act('press', { user: 'ana', channel: 'cases', ts, action_id: 'approve' })
    expect(answer).toMatchObject({ status: 409, error: 'There is no "approve" to press here (any more).' })
    expect(await s.act('press', { user: 'zed', channel: 'cases', ts, action_id: 'approve' })).toMatchObject({
      status: 404,
    })
  })
})

describe('events over HTTP', () => {
  const hear = (app: App, heard: unknown[]) => {
    app.message(async ({ message }) => void heard.push(message))
    app.event('app_mention', async ({ event }) => void heard.push(event))
  }

  it('tell of messages where the bot is a member, and of mentions', async () => {
    const heard: unknown[] = []
    await s.bolt((app) => hear(app, heard))
    await s.act('message', { user: 'eve', channel: 'lounge', text: 'nobody hears it' })
    const { ts } = await s.act('message', { user: 'ana', channel: 'cases', text: '@portdesk help' })
    await s.act('message', { user: 'ben', channel: 'cases', text: 'a note', thread_ts: ts })
    await s.act('message', { user: 'cleo', channel: 'portdesk', text: 'hi' })
    await soon(() => expect(heard).toHaveLength(4))
    expect(heard).toContainEqual(
      expect.objectContaining({ type: 'app_mention', user: 'U0ANA', text: '<@U0PORTDESK> help', ts }),
    )
    expect(heard).toContainEqual(expect.objectContaining({ type: 'message', channel_type: 'channel', ts }))
    expect(heard).toContainEqual(expect.objectContaining({ user: 'U0BEN', thread_ts: ts, parent_user_id: 'U0ANA' }))
    expect(heard).toContainEqual(expect.objectContaining({ user: 'U0CLEO', channel: 'D0CLEO', channel_type: 'im' }))
  })

  it('are delivered again until the app acknowledges, with the number and the reason', async () => {
    const tries: unknown[] = []
    const app = await s.bolt((bolt) =>
      bolt.event('message', async ({ context }) => {
        tries.push([context.retryNum, context.retryReason])
      }),
    )
    const process = app.processEvent.bind(app)
    let failures = 2
    app.processEvent = async (event) => {
      failures -= 1
      if (failures >= 0) throw Object.assign(new Error('not now'), { code: 'slack_bolt_authorization_error' })
      await process(event)
    }
    await s.act('message', { user: 'ana', channel: 'cases', text: 'x' })
    await soon(() => expect(tries).toEqual([[2, 'http_error']]))
  })

  it('outlive a restart of the sandbox', async () => {
    const journal = openJournal()
    const before = await stage({ retryMs: [60_000] }, { journal })
    const { ts } = await before.act('message', { user: 'ana', channel: 'cases', text: 'still there?' })
    await soon(() => expect(journal.table('slack.events').values()).toMatchObject([{ failures: 1 }]))
    await before.close()
    const heard: unknown[] = []
    const after = await stage({ retryMs: [30, 30] }, { journal })
    await after.bolt((app) => app.message(async ({ message }) => void heard.push(message)))
    await soon(() => expect(heard).toMatchObject([{ ts, text: 'still there?' }]))
    await soon(() => expect(journal.table('slack.events').values()).toEqual([]))
    expect(after.messages('C0CASES')).toMatchObject([{ ts }])
    await after.close()
  })

  it('are given up after three more tries', async () => {
    await s.act('message', { user: 'ana', channel: 'cases', text: 'x' })
    const rows = () => s.ground.journal.table('slack.events').values()
    expect(rows()).toHaveLength(1)
    await soon(() => expect(rows()).toEqual([]))
  })

  it('tell that the App Home was opened', async () => {
    await s.bolt((app) =>
      app.event('app_home_opened', async ({ event, client }) => {
        await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: card('My cases', 'open') } })
      }),
    )
    await s.act('home', { user: 'ana' })
    await soon(() => expect(s.slack.state().homes).toMatchObject([{ user: 'U0ANA', view: { type: 'home' } }]))
  })
})

describe('what people type', () => {
  it.each([
    ['a < b & c', 'a &lt; b &amp; c'],
    ['see https://example.com/x?a=1&b=2.', 'see <https://example.com/x?a=1&amp;b=2>.'],
    ['mail ana@desk.example', 'mail <mailto:ana@desk.example|ana@desk.example>'],
    ['+49 151 2345-6789 please', '<tel:+4915123456789|+49 151 2345-6789> please'],
    ['hi <@U0BEN>', 'hi <@U0BEN>'],
  ])('%s arrives as %s', async (typed, text) => {
    await s.act('message', { user: 'ana', channel: 'lounge', text: typed })
    expect(s.messages('C0LOUNGE')).toMatchObject([{ text }])
  })
})
