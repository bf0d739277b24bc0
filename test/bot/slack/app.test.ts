import { afterEach, describe, expect, it } from 'vitest'
import type { Form } from '../../../src/bot/form.ts'
import { SendError } from '../../../src/bot/surface.ts'
import { soon } from '../../kit/soon.ts'
import { type Desk, type DeskOptions, desk, words } from './desk.ts'

const form: Form = {
  ref: { form: 'open', flow: 'port-out' },
  title: 'Move a number away',
  fields: [{ id: 'number', kind: 'text', label: 'Number' }],
  submit: 'Open',
  cancel: 'Not now',
}

/** Waits until the check holds. */
let open: Desk | undefined
const start = async (options?: DeskOptions) => {
  open = await desk(options)
  return open
}
afterEach(async () => {
  await open?.close()
  open = undefined
})

const command = (text: string, user = 'ana', channel = 'lounge') => ({ user, channel, command: '/portdesk', text })
const later = <T>(value: T, ms: number) => new Promise<T>((resolve) => setTimeout(() => resolve(value), ms))

describe.each([{ socket: false }, { socket: true }])('a person on the desk, Socket Mode $socket', ({ socket }) => {
  it('types a command in any channel and is answered there, alone', async () => {
    const d = await start({ socket })
    d.talk.command.mockResolvedValue([{ do: 'show', card: { title: '+49 30 1234567' } }])
    expect(await d.act('command', command('status +49 30 1234567'))).toMatchObject({ ok: true })
    await soon(() => expect(d.whispers('C0LOUNGE', 'U0ANA')).toHaveLength(1))
    const [actor, name, text, said] = d.talk.command.mock.calls[0] ?? []
    expect(actor).toMatchObject({ id: 'slack:U0ANA', role: 'support', room: 'C0LOUNGE' })
    expect([name, text]).toEqual(['status', '+49 30 1234567'])
    expect(said?.key).toMatch(/^slack:/)
  })

  it('fills in a form: refused values, a further form, then done', async () => {
    const d = await start({ socket })
    d.talk.command.mockResolvedValue([{ do: 'form', form }])
    await d.act('command', command('new port-out', 'ana', 'cases'))
    await soon(() => expect(d.modal()?.view.title).toMatchObject({ text: 'Move a number away' }))
    const view_id = d.modal()?.view_id

    d.talk.submit.mockResolvedValueOnce([{ do: 'errors', errors: { number: 'No such number', other: 'Nor this' } }])
    const refused = await d.act('submit', { user: 'ana', view_id, values: { number: '12' } })
    expect(refused.errors).toEqual({ number: 'No such number Nor this' })

    const next: Form = { ...form, ref: { form: 'answers', case: 7 }, title: 'One more question' }
    d.talk.submit.mockResolvedValueOnce([{ do: 'form', form: next }])
    await d.act('submit', { user: 'ana', view_id, values: { number: '+49301234567' } })
    expect(d.modal()?.view.title).toMatchObject({ text: 'One more question' })

    d.talk.submit.mockResolvedValueOnce([{ do: 'toast', text: 'PD-7 is open.' }])
    await d.act('submit', { user: 'ana', view_id, values: { number: '+49301234567' } })
    expect(d.modal()).toBeUndefined()
    await soon(() => expect(d.whispers('C0CASES', 'U0ANA')).toMatchObject([{ text: 'PD-7 is open.' }]))
    expect(d.talk.submit.mock.calls.map(([, ref, values]) => [ref, values])).toEqual([
      [{ form: 'open', flow: 'port-out' }, { number: '12' }],
      [{ form: 'open', flow: 'port-out' }, { number: '+49301234567' }],
      [{ form: 'answers', case: 7 }, { number: '+49301234567' }],
    ])
    expect(new Set(d.talk.submit.mock.calls.map(([, , , said]) => said.key)).size).toBe(3)
  })

  it('presses a button of a card', async () => {
    const d = await start({ socket })
    const card = { title: 'PD-7', buttons: [{ label: 'Approve', press: 'y|7|3|release' }] }
    const ts = await d.app.surface.show({ surface: 'slack', id: 'C0CASES' }, card, { key: 'card:7' })
    d.talk.press.mockResolvedValue([{ do: 'toast', text: 'Ben was faster.' }])
    await d.act('press', { user: 'ana', channel: 'cases', ts, action_id: 'y|7|3|release' })
    await soon(() => expect(d.whispers('C0CASES', 'U0ANA')).toMatchObject([{ text: 'Ben was faster.' }]))
    expect(d.talk.press.mock.calls[0]?.[1]).toEqual({ verb: 'approve', case: 7, seq: 3, target: 'release' })
    expect(d.talk.press.mock.calls[0]?.[2]).toMatchObject({
      key: expect.stringMatching(/^slack:[\d.]+:U0ANA:y\|7\|3\|release$/),
      about: ts,
    })
  })

  it('writes in the thread of a case', async () => {
    const d = await start({ socket })
    const ts = await d.app.surface.say({ surface: 'slack', id: 'C0CASES' }, { title: 'PD-7' }, { key: 'card:7' })
    await d.act('message', { user: 'ana', channel: 'cases', text: 'call +49 30 1234567 & ask', thread_ts: ts })
    await soon(() => expect(d.talk.text).toHaveBeenCalledOnce())
    const [actor, text, said] = d.talk.text.mock.calls[0] ?? []
    expect([actor?.name, text, said?.about]).toEqual(['Ana', 'call +49 30 1234567 & ask', ts])
    await soon(() => expect(d.ground.journal.table('slack.events').values()).toEqual([]))
  })
})

describe('a redelivered event', () => {
  it('acts by the same key and is answered once', async () => {
    const d = await start({ holdMs: 40 })
    const ts = await d.app.surface.say({ surface: 'slack', id: 'C0CASES' }, { title: 'PD-7' }, { key: 'card:7' })
    d.talk.text.mockImplementation(() => later([{ do: 'toast', text: 'Sent.' }], 100))
    await d.act('message', { user: 'ana', channel: 'cases', text: 'hello', thread_ts: ts })
    await soon(() => expect(d.ground.journal.table('slack.events').values()).toEqual([]))
    await soon(() => expect(d.whispers('C0CASES', 'U0ANA')).toMatchObject([{ text: 'Sent.', thread_ts: ts }]))
    expect(new Set(d.talk.text.mock.calls.map(([, , said]) => said.key)).size).toBe(1)
    await later(undefined, 50)
    expect(d.whispers('C0CASES', 'U0ANA')).toHaveLength(1)
  })
})

describe('speaking to the bot itself', () => {
  it('in direct messages and by mention, as a command or as free text', async () => {
    const d = await start()
    await d.act('message', { user: 'ana', channel: 'portdesk', text: 'cases' })
    await d.act('message', { user: 'ana', channel: 'alerts', text: '@portdesk status +49301234567' })
    await d.act('message', { user: 'ana', channel: 'portdesk', text: 'what is a PIN?' })
    await soon(() => {
      expect(d.talk.command.mock.calls.map(([, name, text]) => [name, text]).sort()).toEqual([
        ['cases', ''],
        ['status', '+49301234567'],
      ])
      expect(d.talk.text.mock.calls.map(([, text]) => text)).toEqual(['what is a PIN?'])
    })
  })

  it('is not meant when people talk among themselves', async () => {
    const d = await start()
    const { ts } = await d.act('message', { user: 'ana', channel: 'cases', text: 'lunch?' })
    await d.act('message', { user: 'ben', channel: 'cases', text: 'yes', thread_ts: ts })
    await d.act('message', { user: 'ana', channel: 'alerts', text: 'hm' })
    await soon(() => expect(d.ground.journal.table('slack.events').values()).toEqual([]))
    expect(d.talk.text).not.toHaveBeenCalled()
    expect(d.talk.command).not.toHaveBeenCalled()
  })

  it('gets the help and a friendly word for what it does not know', async () => {
    const d = await start()
    d.talk.command.mockResolvedValue([{ do: 'show', card: { title: 'Help' } }])
    await d.act('command', command('frobnicate'))
    await soon(() =>
      expect(d.whispers('C0LOUNGE', 'U0ANA').map(({ text }) => text)).toEqual(['There is no “frobnicate”.', 'Help']),
    )
  })

  it('does not work for strangers, wherever they try', async () => {
    const d = await start()
    const card = { title: 'PD-7', buttons: [{ label: 'Approve', press: 'y|7' }] }
    const ts = await d.app.surface.show({ surface: 'slack', id: 'C0CASES' }, card, { key: 'card:7' })
    await d.act('command', command('cases', 'eve', 'cases'))
    await d.act('press', { user: 'eve', channel: 'cases', ts, action_id: 'y|7' })
    await d.act('message', { user: 'eve', channel: 'cases', text: 'approve it!', thread_ts: ts })
    await soon(() => expect(d.whispers('C0CASES', 'U0EVE')).toHaveLength(3))
    expect(d.whispers('C0CASES', 'U0EVE')[0]?.text).toBe('I do not know you yet.')
    for (const act of [d.talk.command, d.talk.press, d.talk.text]) expect(act).not.toHaveBeenCalled()
  })
})

describe('answers', () => {
  it('take the place of the ephemeral message that was pressed', async () => {
    const d = await start()
    const first = { title: 'Your cases', buttons: [{ label: 'PD-7', press: 'o|7' }] }
    d.talk.command.mockResolvedValue([{ do: 'show', card: first }])
    await d.act('command', command('cases', 'ana', 'cases'))
    await soon(() => expect(d.whispers('C0CASES', 'U0ANA')).toHaveLength(1))
    const ts = d.whispers('C0CASES', 'U0ANA')[0]?.ts
    d.talk.press.mockResolvedValue([{ do: 'replace', card: { title: 'PD-7' } }])
    await d.act('press', { user: 'ana', channel: 'cases', ts, action_id: 'o|7' })
    await soon(() => expect(d.whispers('C0CASES', 'U0ANA')).toMatchObject([{ ts, text: 'PD-7' }]))
  })

  it('leave the card of a case where it is', async () => {
    const d = await start()
    const card = { title: 'PD-7', buttons: [{ label: 'Details', press: 'd|7' }] }
    const ts = await d.app.surface.show({ surface: 'slack', id: 'C0CASES' }, card, { key: 'card:7' })
    d.talk.press.mockResolvedValue([{ do: 'replace', card: { title: 'Details of PD-7' } }])
    await d.act('press', { user: 'ana', channel: 'cases', ts, action_id: 'd|7' })
    await soon(() => expect(d.whispers('C0CASES', 'U0ANA')).toMatchObject([{ text: 'Details of PD-7' }]))
    expect(d.messages('C0CASES')[0]?.text).toBe('PD-7')
  })

  it('to a button of another time say so', async () => {
    const d = await start()
    const card = { title: 'PD-7', buttons: [{ label: 'Old', press: '?|7' }] }
    const ts = await d.app.surface.show({ surface: 'slack', id: 'C0CASES' }, card, { key: 'card:7' })
    await d.act('press', { user: 'ana', channel: 'cases', ts, action_id: '?|7' })
    await soon(() => expect(d.whispers('C0CASES', 'U0ANA')).toMatchObject([{ text: words.oldButton() }]))
  })

  it('to something that failed say sorry, with an id that is in the log', async () => {
    const d = await start()
    d.talk.command.mockRejectedValue(new Error('no database'))
    expect(await d.act('command', command('cases'))).toMatchObject({ ok: true })
    await soon(() => expect(d.whispers('C0LOUNGE', 'U0ANA')).toHaveLength(1))
    const id = /\((\w+)\)/.exec(d.whispers('C0LOUNGE', 'U0ANA')[0]?.text ?? '')?.[1]
    expect(id).toBeDefined()
    expect(d.lines.find((line) => line.id === id)?.msg).toBe('an act from Slack failed')
  })

  it('that ask for input where no modal can open come with a button that opens one', async () => {
    const d = await start()
    d.talk.text.mockResolvedValue([{ do: 'form', form }])
    await d.act('message', { user: 'ana', channel: 'portdesk', text: 'I want to move a number' })
    await soon(() => expect(d.whispers('D0ANA', 'U0ANA')).toHaveLength(1))
    const ts = d.whispers('D0ANA', 'U0ANA')[0]?.ts
    d.talk.press.mockResolvedValue([{ do: 'form', form }])
    await d.act('press', { user: 'ana', channel: 'portdesk', ts, action_id: 'f|||port-out' })
    await soon(() => expect(d.modal()).toBeDefined())
    expect(d.talk.press.mock.calls[0]?.[1]).toEqual({ verb: 'new', target: 'port-out' })
  })
})

describe('when the desk takes its time', () => {
  it('a form that may come keeps its modal open', async () => {
    const d = await start({ slowMs: 20 })
    d.talk.command.mockImplementation(() => later([{ do: 'form', form }], 120))
    const done = d.act('command', command('new port-out'))
    await soon(() => expect(JSON.stringify(d.modal()?.view)).toContain('One moment'))
    expect(await done).toMatchObject({ ok: true })
    await soon(() => expect(d.modal()?.view.title).toMatchObject({ text: 'Move a number away' }))
  })

  it('a command is taken before Slack loses patience, and said to be worked on', async () => {
    const d = await start({ slowMs: 20, holdMs: 60, withinMs: 2000 })
    d.talk.command.mockImplementation(() => later([{ do: 'show', card: { title: 'Found' } }], 200))
    const { ok } = await d.act('command', command('status +49301234567'))
    expect(ok).toBe(true)
    await soon(() =>
      expect(d.whispers('C0LOUNGE', 'U0ANA').map(({ text }) => text)).toEqual(['⏳ One moment …', 'Found']),
    )
  })

  it('a submission waits in its modal and ends there', async () => {
    const d = await start({ slowMs: 20 })
    d.talk.command.mockResolvedValue([{ do: 'form', form }])
    await d.act('command', command('new port-out'))
    await soon(() => expect(d.modal()).toBeDefined())
    d.talk.submit.mockImplementation(() => later([{ do: 'errors', errors: { number: 'No such number' } }], 100))
    await d.act('submit', { user: 'ana', view_id: d.modal()?.view_id, values: { number: '12' } })
    expect(JSON.stringify(d.modal()?.view)).toContain('One moment')
    await soon(() => expect(JSON.stringify(d.modal()?.view)).toContain('No such number'))
    expect(JSON.stringify(d.modal()?.view)).toContain('f|||port-out')
  })
})

describe('the App Home', () => {
  it("shows a person's cases and answers presses in a modal", async () => {
    const d = await start()
    const card = { title: 'Your cases', buttons: [{ label: 'PD-7', press: 'o|7' }] }
    d.talk.home.mockResolvedValue([{ do: 'show', card }])
    await d.act('home', { user: 'ana' })
    await soon(() => expect(JSON.stringify(d.slack.state().homes)).toContain('Your cases'))
    const { view_id } = d.ground.journal
      .table<{ id: string; kind: string }>('slack.views')
      .values()
      .filter(({ kind }) => kind === 'home')
      .map(({ id }) => ({ view_id: id }))[0] ?? { view_id: '' }
    d.talk.press.mockResolvedValue([
      { do: 'show', card: { title: 'PD-7', buttons: [{ label: 'Take it', press: 'm|7' }] } },
    ])
    await d.act('press', { user: 'ana', view_id, action_id: 'o|7' })
    await soon(() => expect(d.modal()?.view.title).toMatchObject({ text: 'PD-7' }))

    d.talk.press.mockResolvedValue([{ do: 'toast', text: 'It is yours.' }])
    await d.act('press', { user: 'ana', view_id: d.modal()?.view_id, action_id: 'm|7' })
    await soon(() => expect(JSON.stringify(d.modal()?.view)).toContain('It is yours.'))
    await soon(() => expect(d.talk.home).toHaveBeenCalledTimes(2))
  })
})

describe('starting', () => {
  it('says what is wrong with the token', async () => {
    const d = await start()
    d.ground.faults.add({ system: 'slack', path: 'auth.test', kind: '401', times: 1, ms: 1, retryAfter: 1 })
    await expect(d.app.start()).rejects.toThrow(/does not let the bot in.*SLACK_BOT_TOKEN.*invalid_auth/)
  })

  it('makes the desk ready, stopping unready', async () => {
    const d = await start({ socket: true })
    expect(d.app.ready()).toBe(true)
    await d.app.stop()
    expect(d.app.ready()).toBe(false)
  })
})

describe('posting', () => {
  it('throws nothing but send errors', async () => {
    const d = await start()
    const said = d.app.surface.say({ surface: 'slack', id: 'C0LOUNGE' }, { title: 'x' }, { key: 'k' })
    await expect(said).rejects.toBeInstanceOf(SendError)
  })
})
