import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/cases/actor.ts'
import { ask, check, defineFlow, pass, task, unknown, wait } from '../../src/flows/engine/define.ts'
import { askNumber } from '../../src/flows/number.ts'
import { databases } from '../kit/database.ts'
import { idOf, type Office, openOffice, phones, whyOf } from './office.ts'
import { ana, nora, paula } from './people.ts'

/** A small procedure with two partners: the other one takes part once support has seen the request. */
const handover = defineFlow({
  id: 'handover',
  version: 1,
  ref: '0',
  startedBy: ['partner', 'support'],
  subject: 'number',
  destinationAfter: 'requested',
  questions: [
    askNumber('x', ['client', 'balance']),
    ask.hubId('destination-partner', { ref: 'x' }),
    ask.text('why', { ref: 'x' }),
    ask.yesNo('welcome', {
      ref: 'x',
      by: ['destination-partner', 'support'],
      when: ({ outcomes }) => outcomes.requested !== undefined,
    }),
  ],
  steps: [
    check('paid', { ref: 'x', owner: 'client', needs: ['balance'], passes: () => pass({ balance: 7 }) }),
    wait('requested', { ref: 'x', owner: 'client', by: ['support'], needs: ['client'], every: 'poll', until: unknown }),
    task('take-over', { ref: 'x', owner: 'destination-partner', after: ['requested'] }),
    task('settle', { ref: 'x', owner: 'destination-partner', for: ['destination-partner'], after: ['requested'] }),
    task('say-goodbye', { ref: 'x', owner: 'partner', after: ['requested'] }),
  ],
})

describe.each(databases())('a case with two partners, on $name', ({ open }) => {
  let office: Office
  beforeEach(async () => {
    office = await openOffice({ open, flows: [handover] })
  })
  afterEach(() => office.close())

  const opened = async (by: Actor = paula) => {
    const given = { number: '+49 30 123456', 'destination-partner': 'nordwiPA', why: 'they shout at us' }
    const id = idOf(await office.desk.open(by, 'handover', given, 'open'))
    await office.settle()
    return id
  }
  const joined = async () => {
    const id = await opened()
    await office.desk.act(ana, id, { do: 'attest', step: 'requested' })
    return id
  }
  const history = async (who: Actor, id: number) =>
    (await office.desk.history(who, id)).map(({ type, data }) => ('step' in data ? `${type} ${data.step}` : type))
  const rooms = async (id: number) => {
    const rows = await office.db.run(`select room from places where case_id = $1 and kind = 'card' order by room`, [id])
    return rows.map(({ room }) => room)
  }

  it('does not exist for the new partner before its time', async () => {
    const id = await opened()
    expect((await office.snapshot(id)).destination).toBe('nordwind')
    expect(await office.desk.view(nora, id)).toBeUndefined()
    expect(await office.desk.list(nora)).toEqual([])
    expect(await office.desk.history(nora, id)).toEqual([])
    expect(await office.desk.viewFor('destination-partner', id)).toBeUndefined()
    expect(whyOf(await office.desk.act(nora, id, { do: 're-check' })).code).toBe('not-found')
    expect(await rooms(id)).toEqual(['7001', 'C0CASES'])
  })

  it('then shows each partner its own', async () => {
    const id = await joined()
    await office.desk.act(paula, id, { do: 'answer', question: 'why', value: 'they cost too much' })
    expect(await rooms(id)).toEqual(['-100200300', '7001', 'C0CASES'])
    const [theirs, ours] = [await office.desk.view(nora, id), await office.desk.view(paula, id)]
    expect(theirs?.role).toBe('destination-partner')
    expect(theirs?.plan.steps.map(({ step }) => step.id)).toEqual(['take-over', 'settle'])
    expect(theirs?.plan.questions.map(({ question }) => question.id)).toEqual(['welcome'])
    expect(theirs?.plan.question?.question.id).toBe('welcome')
    expect(theirs?.plan.progress).toEqual({ done: 0, total: 2 })
    expect(Object.keys(theirs?.state.answers ?? {})).toEqual(['number'])
    expect(theirs?.state.readings).toEqual({})
    expect(ours?.plan.steps.map(({ step }) => step.id)).toEqual(['paid', 'requested', 'take-over', 'say-goodbye'])
    expect(ours?.plan.question).toBeUndefined()
    expect(ours?.plan.ready).toBe(true)
  })

  it('tells each partner what happened on its side', async () => {
    const id = await joined()
    await office.desk.act(nora, id, { do: 'answer', question: 'welcome', value: 'yes' })
    await office.desk.act(nora, id, { do: 'tick', step: 'settle' })
    await office.desk.act(paula, id, { do: 'tick', step: 'say-goodbye' })
    await office.desk.act(paula, id, { do: 'cancel', reason: 'too dear' })
    const told = ['answered', 'step-opened take-over', 'step-opened settle', 'ticked settle', 'closed']
    expect(await history(nora, id)).toEqual(told)
    expect(JSON.stringify(await office.desk.history(nora, id))).not.toMatch(/too dear|shout|balance/)
    expect(await history(paula, id)).not.toContain('ticked settle')
    expect((await office.desk.view(nora, id))?.state.closed).not.toHaveProperty('reason')
    expect((await office.desk.view(paula, id))?.state.closed).toHaveProperty('reason', 'too dear')
  })

  it('carries words to the desk, and from the desk to whom they are for', async () => {
    const id = await opened()
    const from = { surface: 'slack', room: 'C0CASES' } as const
    const say = (who: Actor, text: string, to?: 'destination-partner') =>
      office.desk.act(who, id, { do: 'say', text, internal: false, from, ...(to && { to }) })
    expect(whyOf(await say(ana, 'too early', 'destination-partner')).code).toBe('no-destination')
    await office.desk.act(ana, id, { do: 'attest', step: 'requested' })
    await say(paula, 'from Paula', 'destination-partner')
    await say(nora, 'from Nora')
    await say(ana, 'to Paula')
    await say(ana, 'to Nora', 'destination-partner')
    const words = async (who: Actor) =>
      (await office.desk.history(who, id)).flatMap((event) => (event.type === 'said' ? [event.data.text] : []))
    expect(await words(ana)).toEqual(['from Paula', 'from Nora', 'to Paula', 'to Nora'])
    expect(await words(paula)).toEqual(['from Paula', 'to Paula'])
    expect(await words(nora)).toEqual(['from Nora', 'to Nora'])
    const sent = await office.db.run(
      `select room, body #>> '{data,text}' as text from deliveries where body->>'type' = 'said' order by id`,
    )
    expect(sent).toEqual([
      { room: 'C0CASES', text: 'from Paula' },
      { room: 'C0CASES', text: 'from Nora' },
      { room: '7001', text: 'to Paula' },
      { room: '-100200300', text: 'to Nora' },
    ])
  })

  it('shows the items that people add to whom they are for, and never to the new partner', async () => {
    const id = await joined()
    const add = (who: Actor, text: string) => office.desk.act(who, id, { do: 'add-item', text })
    await add(paula, 'Call the client')
    await add(ana, 'Ask Ben about the price')
    await add(ana, '@partner Send us the invoice')
    expect(whyOf(await add(nora, 'Mine')).code).toBe('not-your-role')
    const seen = async (who: Actor) => (await office.desk.view(who, id))?.state.items?.map(({ text }) => text)
    expect(await seen(ana)).toEqual(['Call the client', 'Ask Ben about the price', 'Send us the invoice'])
    expect(await seen(paula)).toEqual(['Call the client', 'Send us the invoice'])
    expect(await seen(nora)).toBeUndefined()
    const items = (await office.snapshot(id)).items ?? []
    for (const { id: item } of items) {
      expect((await office.desk.act(nora, id, { do: 'tick-item', item })).ok).toBe(false)
      await office.desk.act(ana, id, { do: 'tick-item', item })
    }
    const told = (who: Actor) => office.desk.history(who, id).then((events) => JSON.stringify(events))
    expect(await told(paula)).toMatch(/Call the client.*Send us the invoice/)
    expect(await told(paula)).not.toMatch(/Ask Ben/)
    expect(await told(nora)).not.toMatch(/Call the client|Ask Ben|Send us/)
    const sent = await office.db.run(
      `select room, body->>'type' as type, body #>> '{data,text}' as text from deliveries where body->>'type' like 'item%' order by id`,
    )
    expect(sent).toEqual([
      { room: 'C0CASES', type: 'item-added', text: 'Call the client' },
      { room: '7001', type: 'item-added', text: 'Send us the invoice' },
      { room: '7001', type: 'item-ticked', text: 'Call the client' },
      { room: '7001', type: 'item-ticked', text: 'Send us the invoice' },
    ])
  })

  it('drops the new partner as soon as another one is named', async () => {
    const id = await joined()
    await office.desk.act(paula, id, { do: 'answer', question: 'destination-partner', value: 'sabiaPA' })
    await office.settle()
    expect(await office.desk.view(nora, id)).toBeUndefined()
    expect(await office.desk.list(nora)).toEqual([])
  })

  it('stays with its partner when the number is found at the new one', async () => {
    const id = await opened(ana)
    expect(await office.snapshot(id)).toMatchObject({ partner: 'brightline', partnerFound: true })
    office.numbers.put(phones.bright, 'nordwind')
    await office.desk.act(ana, id, { do: 're-check' })
    await office.settle()
    expect(await office.snapshot(id)).toMatchObject({ partner: 'brightline', phone: phones.bright })
    expect(await office.desk.view(nora, id)).toBeUndefined()
  })
})
