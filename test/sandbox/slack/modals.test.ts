import type { types } from '@slack/bolt'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { soon } from '../../kit/soon.ts'
import { refusal, type Stage, stage } from './stage.ts'

let s: Stage
beforeEach(async () => {
  s = await stage()
})
afterEach(() => s.close())

const plain = (text: string) => ({ type: 'plain_text' as const, text })
const option = (value: string) => ({ value, text: plain(value.toUpperCase()) })
const input = (block_id: string, element: types.InputBlock['element'], optional = false): types.InputBlock => ({
  type: 'input',
  block_id,
  label: plain(block_id),
  element,
  optional,
})
const form = (blocks: types.KnownBlock[], more: Partial<types.ModalView> = {}): types.ModalView => ({
  type: 'modal',
  callback_id: 'form',
  private_metadata: 'PD-1',
  title: plain('Form'),
  submit: plain('Send'),
  blocks,
  ...more,
})
const name = input('name', { type: 'plain_text_input', action_id: 'name' })

/** Opens that modal for Ana with the real client; its view id. */
async function open(
  view: types.ModalView,
  setup: Parameters<Stage['bolt']>[0] = () => undefined,
  more: Parameters<Stage['bolt']>[1] = {},
) {
  await s.bolt((app) => {
    app.command('/open', async ({ ack, command, client }) => {
      await client.views.open({ trigger_id: command.trigger_id, view })
      await ack()
    })
    setup(app)
  }, more)
  await s.act('command', { user: 'ana', channel: 'cases', command: '/open' })
  return top()
}
const top = () => s.slack.state().modals.at(-1)?.view_id ?? ''
const submit = (view_id: string, values = {}) => s.act('submit', { user: 'ana', view_id, values })

describe('submitting a modal', () => {
  it('sends what every kind of input holds, first values included, and closes', async () => {
    let sent: unknown
    const choice = { options: [option('a'), option('b')] }
    const view = form([
      name,
      input('count', { type: 'number_input', action_id: 'count', is_decimal_allowed: false }),
      input('mail', { type: 'email_text_input', action_id: 'mail' }),
      input('link', { type: 'url_text_input', action_id: 'link' }),
      input('owner', { type: 'static_select', action_id: 'owner', ...choice }),
      input('kind', { type: 'radio_buttons', action_id: 'kind', ...choice, initial_option: option('b') }),
      input('flags', { type: 'checkboxes', action_id: 'flags', ...choice }),
      input('day', { type: 'datepicker', action_id: 'day' }),
      input('hour', { type: 'timepicker', action_id: 'hour' }),
      input('note', { type: 'plain_text_input', action_id: 'note' }, true),
    ])
    const id = await open(view, (app) =>
      app.view('form', async ({ ack, view: submitted }) => {
        sent = submitted
        await ack()
      }),
    )
    const values = {
      name: 'Ana',
      count: 3,
      mail: 'a@b.cd',
      link: 'https://b.cd',
      owner: 'a',
      flags: ['a', 'b'],
      day: '2026-01-31',
      hour: '09:30',
    }
    expect(await submit(id, values)).toMatchObject({ ok: true, acknowledged: true })
    expect(sent).toMatchObject({
      id,
      callback_id: 'form',
      private_metadata: 'PD-1',
      state: {
        values: {
          name: { name: { type: 'plain_text_input', value: 'Ana' } },
          count: { count: { type: 'number_input', value: '3' } },
          mail: { mail: { value: 'a@b.cd' } },
          link: { link: { value: 'https://b.cd' } },
          owner: { owner: { type: 'static_select', selected_option: option('a') } },
          kind: { kind: { type: 'radio_buttons', selected_option: option('b') } },
          flags: { flags: { type: 'checkboxes', selected_options: [option('a'), option('b')] } },
          day: { day: { selected_date: '2026-01-31' } },
          hour: { hour: { selected_time: '09:30' } },
          note: { note: { type: 'plain_text_input', value: null } },
        },
      },
    })
    expect(s.slack.state().modals).toEqual([])
  })

  it('refuses what the client itself refuses', async () => {
    const id = await open(
      form([
        name,
        input('count', { type: 'number_input', action_id: 'count', is_decimal_allowed: false, max_value: '5' }),
      ]),
    )
    expect((await submit(id, { count: 'many' })).errors).toEqual({
      name: 'Please complete this required field.',
      count: 'Please enter a number.',
    })
    expect((await submit(id, { name: 'x', count: 9 })).errors).toEqual({ count: 'Please enter a number of at most 5.' })
    expect(await submit(id, { nome: 'x' })).toMatchObject({
      status: 400,
      error: 'There is no input "nome" in this modal.',
    })
    expect(await s.act('submit', { user: 'ben', view_id: id })).toMatchObject({ status: 403 })
  })

  it('shows the errors of the app and keeps what was entered', async () => {
    const id = await open(form([name]), (app) =>
      app.view('form', ({ ack }) => ack({ response_action: 'errors', errors: { name: 'Taken' } })),
    )
    expect(await submit(id, { name: 'Ana' })).toMatchObject({ ok: false, errors: { name: 'Taken' } })
    expect(top()).toBe(id)
    expect(await submit(id)).toMatchObject({ errors: { name: 'Taken' } })
  })

  it('says when the app names a block that is not there', async () => {
    const id = await open(form([name]), (app) =>
      app.view('form', ({ ack }) => ack({ response_action: 'errors', errors: { nome: 'Taken' } })),
    )
    expect((await submit(id, { name: 'x' })).error).toBe('the app named errors for unknown blocks: nome')
  })

  it('updates, pushes and clears', async () => {
    const next = (callback_id: string) => form([name], { callback_id })
    const id = await open(form([name]), (app) => {
      app.view('form', ({ ack }) => ack({ response_action: 'update', view: next('second') }))
      app.view('second', ({ ack }) => ack({ response_action: 'push', view: next('third') }))
      app.view('third', ({ ack }) => ack({ response_action: 'clear' }))
    })
    await submit(id, { name: '1' })
    expect(s.slack.state().modals).toMatchObject([{ view_id: id, view: { callback_id: 'second' } }])
    await submit(id, { name: '2' })
    expect(s.slack.state().modals).toMatchObject([{ view_id: id }, { view: { callback_id: 'third' } }])
    expect(await submit(id)).toMatchObject({ status: 409, error: 'Another modal lies on top of that one.' })
    await submit(top(), { name: '3' })
    expect(s.slack.state().modals).toEqual([])
  })

  it('keeps the modal when the app fails', async () => {
    const id = await open(form([name]), undefined, { unhandledMs: 200 })
    expect(await submit(id, { name: 'x' })).toMatchObject({ ok: false, error: 'the app answered HTTP 404' })
    expect(top()).toBe(id)
  })
})

describe('modals while they are open', () => {
  it('are updated by id with a hash that must be the newest, and keep what was entered', async () => {
    const more = { type: 'static_select' as const, action_id: 'more', options: [option('a'), option('b')] }
    const hashes: string[] = []
    const blocks = [
      { ...name, optional: true },
      { type: 'actions' as const, block_id: 'acts', elements: [more] },
    ]
    const id = await open(form(blocks), (app) =>
      app.action('more', async ({ ack, body, client }) => {
        await ack()
        if (!('view' in body) || !body.view) return
        hashes.push(body.view.hash)
        expect(body.view.state).toMatchObject({ values: { acts: { more: { selected_option: option('b') } } } })
        await client.views.update({ view_id: id, hash: body.view.hash, view: form([...blocks, { type: 'divider' }]) })
      }),
    )
    await s.act('press', { user: 'ana', view_id: id, action_id: 'more', value: 'b' })
    await soon(() => expect(s.slack.state().modals[0]?.view.blocks).toHaveLength(3))
    const late = s.web.views.update({ view_id: id, hash: hashes[0] ?? '', view: form(blocks) })
    expect(await refusal(late)).toBe('hash_conflict')
    const { view } = await s.web.views.update({ view_id: id, view: form(blocks) })
    expect(view?.state).toMatchObject({ values: { acts: { more: { selected_option: option('b') } } } })
  })

  it('lie at most three deep', async () => {
    const view = {
      ...form([{ type: 'actions', elements: [{ type: 'button', action_id: 'deeper', text: plain('Deeper') }] }]),
    }
    const refused: string[] = []
    await open(view, (app) =>
      app.action('deeper', async ({ ack, body, client }) => {
        await ack()
        if (!('trigger_id' in body)) return
        await client.views.push({ trigger_id: body.trigger_id, view }).catch((error) => refused.push(error.data.error))
      }),
    )
    for (const depth of [2, 3]) {
      await s.act('press', { user: 'ana', view_id: top(), action_id: 'deeper' })
      await soon(() => expect(s.slack.state().modals).toHaveLength(depth))
    }
    await s.act('press', { user: 'ana', view_id: top(), action_id: 'deeper' })
    await soon(() => expect(refused).toEqual(['push_limit_reached']))
  })

  it('tell the app that they were closed only when it wants to know', async () => {
    const closed: string[] = []
    const listen: Parameters<Stage['bolt']>[0] = (app) =>
      app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, view }) => {
        closed.push(view.private_metadata)
        await ack()
      })
    const id = await open(form([name]), listen)
    expect(await s.act('close', { user: 'ana', view_id: id })).toMatchObject({ ok: true })
    const loud = await open(form([name], { notify_on_close: true, private_metadata: 'loud' }), listen)
    expect(await s.act('close', { user: 'ana', view_id: loud })).toMatchObject({ ok: true })
    expect(closed).toEqual(['loud'])
    expect(s.slack.state().modals).toEqual([])
  })
})

describe('App Home', () => {
  it('is published per person and pressed like a message', async () => {
    const pressed: unknown[] = []
    const blocks: types.KnownBlock[] = [
      { type: 'actions', elements: [{ type: 'button', action_id: 'open', value: '7', text: plain('Open') }] },
    ]
    const { view } = await s.web.views.publish({ user_id: 'U0ANA', view: { type: 'home', blocks } })
    await s.bolt((app) =>
      app.action('open', async ({ ack, body, payload }) => {
        pressed.push(body, payload)
        await ack()
      }),
    )
    await s.act('press', { user: 'ana', view_id: view?.id, action_id: 'open' })
    expect(pressed).toMatchObject([
      { view: { id: view?.id, type: 'home' }, container: { type: 'view' } },
      { value: '7' },
    ])
    expect(s.slack.state().homes).toMatchObject([{ view_id: view?.id, user: 'U0ANA' }])
    const stale = s.web.views.publish({ user_id: 'U0ANA', hash: 'old', view: { type: 'home', blocks } })
    expect(await refusal(stale)).toBe('hash_conflict')
  })
})
