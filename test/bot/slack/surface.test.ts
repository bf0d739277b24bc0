import { webApi } from '@slack/bolt'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sendProblem } from '../../../src/bot/slack/send-problem.ts'
import { slackSurface } from '../../../src/bot/slack/surface.ts'
import { isUnsure, SendError, type Surface } from '../../../src/bot/surface.ts'
import type { Fault } from '../../../src/sandbox/faults.ts'
import { type Stage, stage } from '../../sandbox/slack/stage.ts'

let s: Stage
let surface: Surface
beforeEach(async () => {
  s = await stage()
  surface = slackSurface(s.web, { botId: () => 'B0PORTDESK' })
})
afterEach(() => s.close())

const cases = { surface: 'slack' as const, id: 'C0CASES' }
const fault = (path: string, kind: Fault['kind'], retryAfter = 1) =>
  s.ground.faults.add({ system: 'slack', path, kind, times: 1, ms: 1, retryAfter })

async function problem(call: Promise<unknown>) {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return error instanceof SendError ? error.problem : error
}

describe('showing a card', () => {
  it('posts it, then edits it in place', async () => {
    const ts = await surface.show(cases, { title: 'PD-7' }, { key: 'card:7' })
    expect(await surface.show(cases, { title: 'PD-7, done' }, { key: 'card:7', messageId: ts })).toBe(ts)
    expect(s.messages('C0CASES')).toMatchObject([
      { ts, text: 'PD-7, done', metadata: { event_payload: { key: 'card:7' } } },
    ])
  })

  it('finds the earlier try that may have reached the room, and brings it up to date', async () => {
    fault('chat.postMessage', 'done-but-500')
    expect(await problem(surface.show(cases, { title: 'PD-7' }, { key: 'card:7' }))).toMatchObject({ kind: 'retry' })
    const ts = await surface.show(cases, { title: 'PD-7, taken' }, { key: 'card:7', perhapsSaid: {} })
    expect(s.messages('C0CASES')).toMatchObject([{ ts, text: 'PD-7, taken' }])
  })

  it('posts when the earlier try did not arrive', async () => {
    fault('chat.postMessage', '500')
    await problem(surface.say(cases, { title: 'PD-7' }, { key: 'card:7' }))
    await surface.say(cases, { title: 'PD-7' }, { key: 'card:7', perhapsSaid: {} })
    expect(s.messages('C0CASES')).toHaveLength(1)
  })
})

describe('saying something in a thread', () => {
  it('says it once, and in the room itself when asked to', async () => {
    const thread = await surface.show(cases, { title: 'PD-7' }, { key: 'card:7' })
    const options = { key: 'late:7', thread, broadcast: true }
    const ts = await surface.say(cases, { title: 'PD-7 is late' }, options)
    expect(await surface.say(cases, { title: 'PD-7 is late' }, { ...options, perhapsSaid: {} })).toBe(ts)
    expect(s.messages('C0CASES')[1]).toMatchObject({ ts, thread_ts: thread, broadcast: true })
    expect(s.messages('C0CASES')).toHaveLength(2)
  })

  it('does not take a message of somebody else for its own', async () => {
    const others = slackSurface(s.web, { botId: () => 'B0OTHER' })
    await surface.say(cases, { title: 'PD-7' }, { key: 'k' })
    await others.say(cases, { title: 'PD-7' }, { key: 'k', perhapsSaid: {} })
    expect(s.messages('C0CASES')).toHaveLength(2)
  })
})

describe('what went wrong', () => {
  it('a message that is gone', async () => {
    const edit = surface.show(cases, { title: 'x' }, { key: 'k', messageId: '1700000000.000100' })
    expect(await problem(edit)).toMatchObject({ kind: 'gone' })
    const reply = surface.say(cases, { title: 'x' }, { key: 'k', thread: '1700000000.000100', perhapsSaid: {} })
    expect(await problem(reply)).toMatchObject({ kind: 'gone' })
  })

  it('a room without the bot, with what to do', async () => {
    const said = surface.say({ surface: 'slack', id: 'C0LOUNGE' }, { title: 'x' }, { key: 'k' })
    expect(await problem(said)).toEqual({
      kind: 'broken',
      words: 'the bot is not in this channel; invite it there with /invite @portdesk (not_in_channel)',
    })
  })

  it('too many messages, with how long to wait', async () => {
    fault('chat.postMessage', '429', 7)
    const said = surface.say(cases, { title: 'x' }, { key: 'k' })
    expect(await problem(said)).toMatchObject({ kind: 'retry', afterMs: 7000 })
  })

  it.each(['500', 'cut'] as const)('a fault after which nobody knows whether it arrived: %s', async (kind) => {
    fault('chat.postMessage', kind)
    expect(await problem(surface.say(cases, { title: 'x' }, { key: 'k' }))).toMatchObject({
      kind: 'retry',
      unsure: true,
    })
  })

  it.each(['500', 'html', 'cut'] as const)('a passing fault: %s', async (kind) => {
    fault('chat.postMessage', kind)
    expect(await problem(surface.say(cases, { title: 'x' }, { key: 'k' }))).toMatchObject({ kind: 'retry' })
  })

  it('a token that Slack does not accept', async () => {
    fault('chat.postMessage', '401')
    expect(await problem(surface.say(cases, { title: 'x' }, { key: 'k' }))).toMatchObject({
      kind: 'broken',
      words: expect.stringContaining('SLACK_BOT_TOKEN'),
    })
  })

  it.each([
    ['is_archived', 'broken'],
    ['token_revoked', 'broken'],
    ['account_inactive', 'broken'],
    ['channel_not_found', 'broken'],
    ['cant_update_message', 'gone'],
    ['internal_error', 'retry'],
    // Other messages still get through.
    ['invalid_blocks', 'retry'],
    ['msg_too_long', 'retry'],
    ['something_new', 'broken'],
  ])('%s is %s', (error, kind) => {
    expect(sendProblem(new webApi.WebAPIPlatformError({ ok: false, error })).kind).toBe(kind)
  })

  it.each([
    ['internal_error', true],
    ['fatal_error', true],
    ['ratelimited', false],
  ])('%s: whether it may have arrived', (error, expected) => {
    expect(isUnsure(sendProblem(new webApi.WebAPIPlatformError({ ok: false, error })))).toBe(expected)
  })
})
