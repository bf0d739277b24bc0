import { Api } from 'grammy'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Fault } from '../../../src/sandbox/faults.ts'
import { serve } from './served.ts'

const fault = (kind: Fault['kind'], more: Partial<Fault> = {}): Fault => ({
  system: 'telegram',
  path: 'sendMessage',
  kind,
  times: 1,
  ms: 20,
  retryAfter: 7,
  ...more,
})

// Limits count by the second: real time stands still, however long the calls take.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

test('a chat takes a burst of 30 and then one message a second, on the movable clock', async () => {
  const { api, ground, telegram } = await serve()
  for (let n = 0; n < 30; n += 1) await api.sendMessage(7001, `${n}`)
  await expect(api.sendMessage(7001, 'x')).rejects.toMatchObject({
    error_code: 429,
    description: 'Too Many Requests: retry after 1',
    parameters: { retry_after: 1 },
  })
  await api.sendMessage(7003, 'others are not slowed down')
  ground.clock.advance(1000)
  await api.sendMessage(7001, 'x')
  telegram.limits({ rate: false })
  for (let n = 0; n < 5; n += 1) await api.sendMessage(7001, `${n}`)
})

test('a group takes a burst of 40 and then 20 a minute, edits counted', async () => {
  const { api, ground } = await serve()
  const group = -100200300
  for (let n = 0; n < 30; n += 1) await api.sendMessage(group, `${n}`)
  ground.clock.advance(1000)
  await api.editMessageText(group, 1, 'edited')
  ground.clock.advance(60_000)
  for (let n = 0; n < 29; n += 1) await api.sendMessage(group, `${n}`)
  ground.clock.advance(3500)
  await api.sendMessage(group, 'x')
  await expect(api.sendMessage(group, 'x')).rejects.toMatchObject({ parameters: { retry_after: 2 } })
})

test('faults answer in Telegram’s own shapes', async () => {
  const { api, ground, messages, apiRoot, token } = await serve()
  const post = () =>
    fetch(`${apiRoot}/bot${token}/sendMessage`, {
      method: 'POST',
      body: new URLSearchParams({ chat_id: '7001', text: 'x' }),
    })
  for (const [kind, code, words] of [
    ['401', 401, 'Unauthorized'],
    ['403', 403, 'Forbidden: bot was blocked by the user'],
    ['404', 404, 'Not Found'],
    ['429', 429, 'Too Many Requests: retry after 7'],
    ['500', 500, 'Internal Server Error'],
  ] as const) {
    ground.faults.add(fault(kind))
    await expect(api.sendMessage(7001, 'x')).rejects.toMatchObject({ error_code: code, description: words })
  }
  expect(messages(7001)).toEqual([])
  ground.faults.add(fault('html'))
  const page = await post()
  expect([page.status, page.headers.get('content-type')]).toEqual([502, 'text/html; charset=UTF-8'])
  ground.faults.add(fault('cut'))
  await expect(post()).rejects.toThrow()
  expect(messages(7001)).toEqual([])
  ground.faults.add(fault('done-but-500'))
  await expect(api.sendMessage(7001, 'done')).rejects.toMatchObject({ error_code: 500 })
  expect(messages(7001)).toMatchObject([{ text: 'done' }])
  ground.faults.add(fault('delay'))
  await api.sendMessage(7001, 'later')
  expect(messages(7001)).toHaveLength(2)
})

test('wrong tokens and unknown methods', async () => {
  const { apiRoot, token, ground } = await serve()
  const stranger = new Api('4242:wrong', { apiRoot })
  await expect(stranger.getMe()).rejects.toMatchObject({ error_code: 401, description: 'Unauthorized' })
  const unknown = await fetch(`${apiRoot}/bot${token}/sendNonsense`)
  expect(await unknown.json()).toEqual({ ok: false, error_code: 404, description: 'Not Found' })
  expect(unknown.status).toBe(404)
  expect(ground.calls.since(0)).toMatchObject([
    { path: '/telegram/bot***/getMe', status: 401 },
    { method: 'GET', path: '/telegram/bot***/sendNonsense', status: 404 },
  ])
  expect(JSON.stringify(ground.calls.since(0))).not.toContain(token)
})

test('calls by query, form and JSON are the same', async () => {
  const { apiRoot, token, messages } = await serve()
  const url = `${apiRoot}/bot${token}/sendMessage`
  const markup = JSON.stringify({ inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] })
  const form = new FormData()
  form.set('chat_id', '7001')
  form.set('text', 'b')
  form.set('reply_markup', markup)
  await fetch(`${url}?chat_id=7001&text=a&reply_markup=${encodeURIComponent(markup)}`)
  await fetch(url, { method: 'POST', body: form })
  const missing = await fetch(url, { method: 'POST', body: new URLSearchParams({ text: 'c' }) })
  expect(await missing.json()).toMatchObject({ description: 'Bad Request: chat_id is empty' })
  expect(messages(7001)).toMatchObject([
    { text: 'a', keyboard: [[{ text: 'Go', callback_data: 'go' }]] },
    { text: 'b', keyboard: [[{ text: 'Go', callback_data: 'go' }]] },
  ])
})
