import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { card, refusal, type Stage, stage } from './stage.ts'

let s: Stage
beforeEach(async () => {
  s = await stage()
})
afterEach(() => s.close())

describe('messages through the real WebClient', () => {
  it('posts a card, updates it in place and deletes it', async () => {
    const posted = await s.web.chat.postMessage({ channel: 'C0CASES', text: 'PD-1', blocks: card('*PD-1*') })
    expect(posted.ts).toMatch(/^\d{10}\.\d{6}$/)
    expect(posted.message?.user).toBe('U0PORTDESK')
    const ts = posted.ts ?? ''
    await s.web.chat.update({ channel: 'C0CASES', ts, text: 'PD-1 is done', blocks: [] })
    const [message] = s.messages('C0CASES')
    expect(message).toMatchObject({ text: 'PD-1 is done', blocks: [], user: 'U0PORTDESK', bot: true })
    expect(Number(message?.edited)).toBeGreaterThan(Number(ts))
    await s.web.chat.delete({ channel: 'C0CASES', ts })
    expect(s.messages('C0CASES')).toEqual([])
  })

  it('keeps blocks and metadata that an update leaves out', async () => {
    const metadata = { event_type: 'card', event_payload: { case: 'PD-1' } }
    const { ts = '' } = await s.web.chat.postMessage({ channel: 'C0CASES', text: 'PD-1', blocks: card('x'), metadata })
    await s.web.chat.update({ channel: 'C0CASES', ts, text: 'new' })
    expect(s.messages('C0CASES')[0]).toMatchObject({ text: 'new', metadata, blocks: [{ type: 'section' }, {}] })
  })

  it('answers history newest first and threads oldest first, page by page, metadata only when asked', async () => {
    const metadata = { event_type: 'card', event_payload: { case: 'PD-1' } }
    const { ts = '' } = await s.web.chat.postMessage({ channel: 'C0CASES', text: 'root', metadata })
    for (const text of ['one', 'two', 'three']) {
      await s.web.chat.postMessage({ channel: 'C0CASES', text, thread_ts: ts })
    }
    await s.web.chat.postMessage({ channel: 'C0CASES', text: 'later' })
    const history = await s.web.conversations.history({ channel: 'C0CASES' })
    expect(history.messages?.map(({ text }) => text)).toEqual(['later', 'root'])
    expect(history.messages?.[1]).toMatchObject({ reply_count: 3, thread_ts: ts })
    expect(history.messages?.[1]?.metadata).toBeUndefined()
    const replies = await s.web.conversations.replies({ channel: 'C0CASES', ts, limit: 2, include_all_metadata: true })
    expect(replies.messages?.map(({ text }) => text)).toEqual(['root', 'one', 'two'])
    expect(replies.messages?.[0]?.metadata).toEqual(metadata)
    const cursor = replies.response_metadata?.next_cursor ?? ''
    const rest = await s.web.conversations.replies({ channel: 'C0CASES', ts, limit: 2, cursor })
    expect(rest.messages?.map(({ text }) => text)).toEqual(['root', 'three'])
    const window = await s.web.conversations.history({ channel: 'C0CASES', oldest: ts })
    expect(window.messages?.map(({ text }) => text)).toEqual(['later'])
    const inclusive = await s.web.conversations.history({ channel: 'C0CASES', oldest: ts, latest: ts, inclusive: true })
    expect(inclusive.messages?.map(({ text }) => text)).toEqual(['root'])
  })

  it('shows a thread reply in the channel, too, when it is broadcast', async () => {
    const { ts = '' } = await s.web.chat.postMessage({ channel: 'C0CASES', text: 'root' })
    await s.web.chat.postMessage({ channel: 'C0CASES', text: 'calm', thread_ts: ts })
    await s.web.chat.postMessage({ channel: 'C0CASES', text: 'loud', thread_ts: ts, reply_broadcast: true })
    expect(s.messages('C0CASES').map(({ text, broadcast }) => [text, broadcast])).toEqual([
      ['root', undefined],
      ['calm', undefined],
      ['loud', true],
    ])
    const { messages } = await s.web.conversations.history({ channel: 'C0CASES' })
    expect(messages?.map(({ text, subtype }) => [text, subtype])).toEqual([
      ['loud', 'thread_broadcast'],
      ['root', undefined],
    ])
  })

  it('shows an ephemeral message to one person and keeps it out of history', async () => {
    await s.web.chat.postEphemeral({ channel: 'C0CASES', user: 'U0ANA', text: 'only you' })
    expect(s.messages('C0CASES')[0]).toMatchObject({ ephemeral_to: 'U0ANA', text: 'only you' })
    expect((await s.web.conversations.history({ channel: 'C0CASES' })).messages).toEqual([])
  })

  it('opens direct messages and takes a user id as a channel', async () => {
    const { channel } = await s.web.conversations.open({ users: 'U0BEN' })
    expect(channel?.id).toBe('D0BEN')
    const { channel: posted } = await s.web.chat.postMessage({ channel: 'U0BEN', text: 'hello' })
    expect(posted).toBe('D0BEN')
  })

  it('shares a file that was uploaded with files.uploadV2', async () => {
    await s.web.files.uploadV2({
      channel_id: 'C0CASES',
      filename: 'PD-1.txt',
      content: 'line 1\nline 2',
      initial_comment: 'log',
    })
    expect(s.messages('C0CASES')[0]).toMatchObject({
      text: 'log',
      files: [{ name: 'PD-1.txt', content: 'line 1\nline 2' }],
    })
  })

  it('tells who is there', async () => {
    expect(await s.web.auth.test()).toMatchObject({ user_id: 'U0PORTDESK', bot_id: 'B0PORTDESK', team_id: 'T0SANDBOX' })
    expect((await s.web.users.info({ user: 'U0CLEO' })).user?.profile?.email).toBe('cleo@desk.example')
    expect((await s.web.users.list({})).members).toHaveLength(7)
    expect((await s.web.conversations.list({})).channels?.map(({ name }) => name)).toEqual([
      'cases',
      'alerts',
      'lounge',
    ])
    expect((await s.web.conversations.info({ channel: 'C0LOUNGE' })).channel?.is_member).toBe(false)
  })

  it('adds a reaction once and links to a message', async () => {
    const { ts = '' } = await s.web.chat.postMessage({ channel: 'C0CASES', text: 'x' })
    const reaction = { channel: 'C0CASES', timestamp: ts, name: 'eyes' }
    await s.web.reactions.add(reaction)
    expect(await refusal(s.web.reactions.add(reaction))).toBe('already_reacted')
    const { permalink } = await s.web.chat.getPermalink({ channel: 'C0CASES', message_ts: ts })
    expect(permalink).toContain(`/archives/C0CASES/p${ts.replace('.', '')}`)
  })
})

describe('refusals', () => {
  it.each([
    ['channel_not_found', () => s.web.chat.postMessage({ channel: 'C0NOWHERE', text: 'x' })],
    ['not_in_channel', () => s.web.chat.postMessage({ channel: 'C0LOUNGE', text: 'x' })],
    ['not_in_channel', () => s.web.conversations.history({ channel: 'C0LOUNGE' })],
    ['no_text', () => s.web.chat.postMessage({ channel: 'C0CASES', text: '' })],
    ['message_not_found', () => s.web.chat.update({ channel: 'C0CASES', ts: '1.000001', text: 'x' })],
    ['thread_not_found', () => s.web.conversations.replies({ channel: 'C0CASES', ts: '1.000001' })],
    ['cannot_reply_to_message', () => s.web.chat.postMessage({ channel: 'C0CASES', text: 'x', thread_ts: '1.000001' })],
    ['user_not_in_channel', () => s.web.chat.postEphemeral({ channel: 'D0ANA', user: 'U0BEN', text: 'x' })],
    ['user_not_found', () => s.web.users.info({ user: 'U0NOBODY' })],
    ['unknown_method', () => s.web.apiCall('chat.shout', {})],
    ['invalid_auth', () => s.webAs('xoxb-wrong').auth.test()],
    ['not_authed', () => s.webAs('').auth.test()],
    ['not_allowed_token_type', () => s.web.apps.connections.open({})],
    [
      'invalid_arguments [ERROR] missing required field: ts',
      () => s.web.apiCall('chat.delete', { channel: 'C0CASES' }),
    ],
    ['invalid_blocks_format', () => s.web.apiCall('chat.postMessage', { channel: 'C0CASES', blocks: '[{' })],
    ['expired_trigger_id', () => s.web.views.open({ trigger_id: `1.0SANDBOX.${'a'.repeat(32)}`, view: modal })],
    ['invalid_trigger_id', () => s.web.views.open({ trigger_id: 'x', view: modal })],
    ['not_found', () => s.web.views.update({ view_id: 'V0', view: modal })],
  ])('%s', async (code, call) => {
    expect(await refusal(call())).toBe(code)
  })

  it('does not let the bot edit what a person wrote', async () => {
    const { ts } = await s.act('message', { user: 'ana', channel: '#cases', text: 'mine' })
    expect(await refusal(s.web.chat.update({ channel: 'C0CASES', ts, text: 'x' }))).toBe('cant_update_message')
    expect(await refusal(s.web.chat.delete({ channel: 'C0CASES', ts }))).toBe('cant_delete_message')
  })

  it('refuses an edit that is too long', async () => {
    const { ts = '' } = await s.web.chat.postMessage({ channel: 'C0CASES', text: 'x' })
    const text = 'é'.repeat(4001)
    expect(await refusal(s.web.chat.update({ channel: 'C0CASES', ts, text }))).toBe('msg_too_long')
  })
})

const modal = {
  type: 'modal' as const,
  title: { type: 'plain_text' as const, text: 'Hi' },
  blocks: [{ type: 'divider' }],
}

describe('rate limits on the sandbox clock', () => {
  it('takes 30 messages at once in a channel, then one a second', async () => {
    const post = (channel: string) => s.web.chat.postMessage({ channel, text: 'x' })
    for (let n = 0; n < 30; n += 1) await post('C0CASES')
    await expect(post('C0CASES')).rejects.toMatchObject({ retryAfter: 1 })
    await post('C0ALERTS')
    s.ground.clock.advance(1000)
    await post('C0CASES')
    s.slack.limits({ rate: false })
    for (let n = 0; n < 5; n += 1) await post('C0CASES')
  })
})

describe('faults that people switch on', () => {
  const add = (kind: '429' | '500' | 'cut' | 'html' | '401' | 'done-but-500') =>
    s.ground.faults.add({ system: 'slack', path: 'chat.postMessage', kind, times: 1, ms: 1, retryAfter: 7 })
  const post = () => s.web.chat.postMessage({ channel: 'C0CASES', text: 'x' })

  it('429 says how long to wait', async () => {
    add('429')
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 })
  })

  it('401 is an error code, 500 and 502 are HTTP errors, cut is a broken connection', async () => {
    add('401')
    expect(await refusal(post())).toBe('invalid_auth')
    add('500')
    await expect(post()).rejects.toMatchObject({ statusCode: 500 })
    add('html')
    await expect(post()).rejects.toMatchObject({ statusCode: 502, body: expect.stringContaining('<html>') })
    add('cut')
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_request_error' })
    expect(s.messages('C0CASES')).toEqual([])
  })

  it('done-but-500 did the work', async () => {
    add('done-but-500')
    await expect(post()).rejects.toMatchObject({ statusCode: 500 })
    expect(s.messages('C0CASES')).toHaveLength(1)
  })

  it('every request of the bot is written down without its token', async () => {
    await s
      .webAs('')
      .apiCall('chat.postMessage', { channel: 'C0CASES', text: 'x', token: s.ground.secrets.slackBotToken })
    const [call] = s.ground.calls.since(0)
    expect(call).toMatchObject({ system: 'slack', method: 'POST', path: '/slack/api/chat.postMessage', status: 200 })
    expect(call?.body).toEqual({ channel: 'C0CASES', text: 'x' })
  })
})
