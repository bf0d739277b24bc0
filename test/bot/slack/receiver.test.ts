import { createHmac } from 'node:crypto'
import type { App, ReceiverEvent } from '@slack/bolt'
import { describe, expect, it } from 'vitest'
import { httpReceiver } from '../../../src/bot/slack/http-receiver.ts'

const now = Date.parse('2026-11-23T12:00:00Z')
const wallTime = () => now
const json = 'application/json'
const form = 'application/x-www-form-urlencoded'
const event = JSON.stringify({ type: 'event_callback', event_id: 'Ev1', event: { type: 'message' } })

type Work = (event: ReceiverEvent) => Promise<void>

/** A receiver whose app does that work with every request. */
function receiver(work: Work = async () => undefined, { ready = true, holdMs = 1000 } = {}) {
  const taken: ReceiverEvent[] = []
  const made = httpReceiver({ secrets: ['new-secret', 'old-secret'], wallTime, ready: () => ready, holdMs })
  const app: Pick<App, 'processEvent'> = {
    async processEvent(request) {
      taken.push(request)
      await work(request)
    },
  }
  made.init(app as App)
  const post = (body: string, headers: Record<string, string>) =>
    made.routes.request('/events', { method: 'POST', body, headers })
  return {
    taken,
    post,
    signed: (body: string, { type = json, secret = 'new-secret', ageS = 0, headers = {} } = {}) => {
      const at = String(now / 1000 - ageS)
      const mac = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')
      const own = { 'content-type': type, 'x-slack-request-timestamp': at, 'x-slack-signature': `v0=${mac}` }
      return post(body, { ...own, ...headers })
    },
  }
}

describe('who may speak to the desk', () => {
  it.each([
    ['a fresh signature', { ageS: 0 }, 200],
    ['one that is four minutes old', { ageS: 240 }, 200],
    ['one that is six minutes old', { ageS: 360 }, 401],
    ['one from six minutes ahead', { ageS: -360 }, 401],
    ['one made with the second secret', { secret: 'old-secret' }, 200],
    ['one made with another secret', { secret: 'guessed' }, 401],
  ])('%s', async (_, options, status) => {
    const { signed, taken } = receiver()
    expect((await signed(event, options)).status).toBe(status)
    expect(taken.length).toBe(status === 200 ? 1 : 0)
  })

  it('nobody without a signature, or with half of one', async () => {
    const { post, signed, taken } = receiver()
    expect((await post(event, { 'content-type': json })).status).toBe(401)
    expect((await signed(event, { headers: { 'x-slack-signature': 'v0=' } })).status).toBe(401)
    expect((await signed(event, { headers: { 'x-slack-request-timestamp': '1e9' } })).status).toBe(401)
    expect(taken).toEqual([])
  })

  it('the signature covers the bytes as they came, whatever they are', async () => {
    const { signed, taken } = receiver()
    expect((await signed('{"type":"event_callback",  "x":"ü 👍"}')).status).toBe(200)
    expect(taken[0]?.body).toMatchObject({ x: 'ü 👍' })
  })
})

describe('what the door answers by itself', () => {
  it('url_verification', async () => {
    const answer = await receiver().signed(JSON.stringify({ type: 'url_verification', challenge: 'c7' }))
    expect(await answer.json()).toEqual({ challenge: 'c7' })
  })

  it('ssl_check, and only exactly that, without a signature', async () => {
    const { post } = receiver()
    expect((await post('ssl_check=1&token=x', { 'content-type': form })).status).toBe(200)
    expect((await post('ssl_check=10', { 'content-type': form })).status).toBe(401)
    expect((await post('ssl_check=1', { 'content-type': json })).status).toBe(401)
  })

  it.each([
    ['{"type":', json],
    ['[1]', json],
    ['payload=%7B', form],
    ['', form],
  ])('400 to %j', async (body, type) => {
    expect((await receiver().signed(body, { type })).status).toBe(400)
  })

  it('413 to more than a megabyte', async () => {
    expect((await receiver().signed('x'.repeat(1024 * 1024 + 1))).status).toBe(413)
  })

  it('503 until the desk has started', async () => {
    expect((await receiver(undefined, { ready: false }).signed(event)).status).toBe(503)
  })
})

describe('when Slack gets its answer', () => {
  it('for an event: when its work is done, not when Bolt acks it', async () => {
    const { promise: work, resolve: finish } = Promise.withResolvers<void>()
    const { signed } = receiver(async ({ ack }) => {
      await ack()
      await work
    })
    let answered = false
    const answer = Promise.resolve(signed(event)).finally(() => {
      answered = true
    })
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(answered).toBe(false)
    finish()
    expect((await answer).status).toBe(200)
  })

  it('for an event that takes too long or fails: not done, so that Slack comes again', async () => {
    const never = receiver(() => new Promise(() => undefined), { holdMs: 5 })
    expect((await never.signed(event)).status).toBe(503)
    const failing = receiver(async () => Promise.reject(new Error('no database')))
    expect((await failing.signed(event)).status).toBe(503)
  })

  it('for a form: with what the listener says, though its work goes on', async () => {
    const { signed, taken } = receiver(async ({ ack }) => {
      await ack({ response_action: 'clear' })
      await new Promise(() => undefined)
    })
    const body = `payload=${encodeURIComponent(JSON.stringify({ type: 'view_submission' }))}`
    const answer = await signed(body, { type: form, headers: { 'x-slack-retry-num': '2' } })
    expect(await answer.json()).toEqual({ response_action: 'clear' })
    expect(taken[0]).toMatchObject({ body: { type: 'view_submission' }, retryNum: 2 })
  })

  it('for a command: empty, at the latest when the time is up', async () => {
    const { signed } = receiver(() => new Promise(() => undefined), { holdMs: 5 })
    const answer = await signed('command=%2Fportdesk&text=help', { type: form })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
  })
})
