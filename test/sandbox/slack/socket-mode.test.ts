import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { soon } from '../../kit/soon.ts'
import { card, refusal, type Stage, stage } from './stage.ts'

let s: Stage
beforeEach(async () => {
  s = await stage()
})
afterEach(() => s.close())

describe('Socket Mode', () => {
  it('carries commands, presses, submissions and events to a Bolt app', async () => {
    const heard: string[] = []
    await s.socketBolt((app) => {
      app.command('/portdesk', async ({ ack, command, client }) => {
        await client.views.open({
          trigger_id: command.trigger_id,
          view: {
            type: 'modal',
            callback_id: 'form',
            title: { type: 'plain_text', text: 'Form' },
            submit: { type: 'plain_text', text: 'Send' },
            blocks: [
              {
                type: 'input',
                block_id: 'why',
                label: { type: 'plain_text', text: 'Why' },
                element: { type: 'plain_text_input', action_id: 'why' },
              },
            ],
          },
        })
        await ack('opened')
      })
      app.view('form', ({ ack, view }) =>
        ack({ response_action: 'errors', errors: { why: `not ${view.state.values.why?.why?.value}` } }),
      )
      app.action('approve', async ({ ack, payload }) => {
        await ack()
        if ('value' in payload) heard.push(`pressed ${payload.value}`)
      })
      app.message(async ({ message }) => void heard.push('text' in message ? `heard ${message.text}` : ''))
    })
    expect(await s.act('command', { user: 'ana', channel: 'cases', command: '/portdesk' })).toMatchObject({ ok: true })
    expect(s.messages('C0CASES')).toMatchObject([{ text: 'opened', ephemeral_to: 'U0ANA' }])
    const view_id = s.slack.state().modals[0]?.view_id
    expect((await s.act('submit', { user: 'ana', view_id, values: { why: 'so' } })).errors).toEqual({ why: 'not so' })
    const { ts } = await s.web.chat.postMessage({ channel: 'C0CASES', text: 'x', blocks: card('x') })
    expect(await s.act('press', { user: 'ana', channel: 'cases', ts, action_id: 'approve' })).toMatchObject({
      ok: true,
    })
    await s.act('message', { user: 'ben', channel: 'cases', text: 'hello' })
    await soon(() => expect(heard).toEqual(['pressed PD-1', 'heard hello']))
    await soon(() => expect(s.ground.journal.table('slack.events').values()).toEqual([]))
  })

  it('reports an app that does not acknowledge in time', async () => {
    await s.close()
    s = await stage({ withinMs: 20 })
    await s.socketBolt((app) => app.command('/portdesk', async () => undefined))
    const answer = await s.act('command', { user: 'ana', channel: 'cases', command: '/portdesk' })
    expect(answer.error).toBe('the app did not answer within 0.02 seconds')
  })

  it('opens a connection with a ticket that works once', async () => {
    const { url = '' } = await s.webAs(s.ground.secrets.slackAppToken).apps.connections.open({})
    expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/slack\/socket\/link\?ticket=/)
    const outcome = (socket: WebSocket) =>
      new Promise((resolve) => {
        socket.onmessage = ({ data }) => resolve(JSON.parse(String(data)).type)
        socket.onerror = () => resolve('refused')
      })
    expect(await outcome(new WebSocket(url))).toBe('hello')
    expect(await outcome(new WebSocket(url))).toBe('refused')
    expect(await refusal(s.web.apps.connections.open({}))).toBe('not_allowed_token_type')
  })
})
