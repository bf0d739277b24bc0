import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Card } from '../../src/bot/card.ts'
import { conversationsIn } from '../../src/bot/conversation.ts'
import { deskTalk } from '../../src/bot/desk-talk.ts'
import type { Form } from '../../src/bot/form.ts'
import { decodePress, type Press, type Verb } from '../../src/bot/press.ts'
import type { Reply } from '../../src/bot/reply.ts'
import type { Command, Talk } from '../../src/bot/talk.ts'
import { openTexts } from '../../src/bot/texts.ts'
import type { Actor } from '../../src/cases/actor.ts'
import { catalogue } from '../../src/flows/index.ts'
import { deskOfNotices } from '../../src/notify/desk-of-notices.ts'
import { openDeadLetters } from '../../src/notify/undelivered.ts'
import { type Office, openOffice, phones } from '../cases/office.ts'
import { ana, ben, config, nora, paula } from '../cases/people.ts'
import { databases } from '../kit/database.ts'

const textsOf = openTexts(new URL('../../locales/', import.meta.url))

/** What a person is told, as plain text: cards, toasts and forms alike. */
function read(reply: Reply): string {
  if (reply.do === 'toast') return `(${reply.text})`
  if (reply.do === 'errors')
    return Object.entries(reply.errors)
      .map(([id, text]) => `${id}: ${text}`)
      .join('\n')
  if (reply.do === 'file') return [reply.file.text, reply.file.content].join('\n')
  if (reply.do === 'form') return [reply.form.title, ...reply.form.fields.map(({ label }) => label)].join('\n')
  const { title, text = [], items = [], footer = [] } = reply.card
  return [title, ...text, ...items.map((item) => item.title), ...footer].join('\n')
}

const all = (replies: Reply[]) => replies.map(read).join('\n')
const cardOf = (replies: Reply[]): Card => {
  const found = replies.find((reply) => reply.do === 'show' || reply.do === 'replace')
  if (!found || !('card' in found)) throw new Error(`There is no card: ${JSON.stringify(replies)}`)
  return found.card
}
const formOf = (replies: Reply[]): Form => {
  const found = replies.find((reply) => reply.do === 'form')
  if (found?.do !== 'form') throw new Error(`There is no form: ${JSON.stringify(replies)}`)
  return found.form
}
const verbsOn = ({ buttons = [] }: Card) =>
  buttons.flatMap(({ press }) => (press ? (decodePress(press)?.verb ?? []) : []))

describe.each(databases().filter(({ name }) => name === 'pglite'))('talking with the desk', ({ open }) => {
  let office: Office
  let talk: Talk
  let updates: number
  let memory: Map<string, unknown>
  beforeEach(async () => {
    office = await openOffice({ open, flows: catalogue })
    updates = 0
    memory = new Map()
    talk = deskTalk({
      desk: office.desk,
      notices: deskOfNotices({ db: office.db, now: office.clock.now, onChange: () => undefined }),
      deadLetters: openDeadLetters({ db: office.db, queue: office.queue, clock: office.clock, late: async () => [] }),
      textsOf,
      conversations: conversationsIn({
        get: async (key) => memory.get(key),
        set: async (key, value) => memory.set(key, value),
        delete: async (key) => memory.delete(key),
      }),
      clock: office.clock,
      partnerName: (id) => config.partners.find((partner) => partner.id === id)?.name,
    })
  })
  afterEach(() => office.close())

  const key = () => `update:${++updates}`
  const says = (who: Actor, text: string, about?: string) =>
    talk.text(who, text, { key: key(), ...(about !== undefined && { about }) })
  const commands = (who: Actor, command: Command, text = '') => talk.command(who, command, text, { key: key() })
  const presses = (who: Actor, press: Press) => talk.press(who, press, { key: key() })
  /** Presses the button of a card that asks for this. */
  const pressesOn = (who: Actor, card: Card, verb: Verb, target?: string, value?: string) => {
    const press = (card.buttons ?? []).flatMap((button) => (button.press ? (decodePress(button.press) ?? []) : []))
    const found = press.find(
      (each) => each.verb === verb && (target ?? each.target) === each.target && (value ?? each.value) === each.value,
    )
    if (!found) throw new Error(`No ${verb} ${target ?? ''} on ${JSON.stringify(card.buttons)}`)
    return presses(who, found)
  }
  const questionNow = async (who: Actor, id: number) => (await office.desk.view(who, id))?.plan.question?.question.id
  const answersOf = async (id: number) =>
    Object.fromEntries(Object.entries((await office.snapshot(id)).answers).map(([name, { value }]) => [name, value]))

  /** Paula has begun to move her number away in Telegram; the number is known. */
  const begun = async () => {
    await presses(paula, { verb: 'new', target: 'port-out' })
    await says(paula, '+49 30 123456')
    await office.settle()
    return 1
  }
  /** Everything is answered. */
  const running = async () => {
    const id = await begun()
    for (const text of ['yes', 'New Provider']) await says(paula, text)
    await presses(paula, { verb: 'skip-question', case: id, target: 'planned-date' })
    for (const text of ['yes', 'no', 'no']) await says(paula, text)
    expect(await questionNow(paula, id)).toBeUndefined()
    return id
  }
  /** The message of the case in that room. */
  const messageOf = async (id: number, room: string, message: string) => {
    await office.db.run('update places set message_id = $3 where case_id = $1 and room = $2', [id, room, message])
    return message
  }

  describe('asking for help', () => {
    it.each([
      ['in Slack', ana, '/portdesk status'],
      ['in Telegram', paula, '/status'],
    ])('%s names the commands and offers the procedures', async (_, who, command) => {
      const card = cardOf(await commands(who, 'help'))
      expect(all([{ do: 'show', card }])).toContain(command)
      expect(verbsOn(card)).toEqual([...catalogue.map(() => 'new'), 'numbers', 'cases'])
      expect(cardOf(await commands(who, 'start'))).toEqual(card)
      expect(cardOf(await presses(who, { verb: 'help' }))).toEqual(card)
    })

    it('repeats the word it does not know', async () => {
      expect(all(await commands(ana, 'help', 'statsu +49'))).toContain('I do not know "statsu +49"')
    })

    it('tells a stranger what to do, and nothing else', () => {
      expect(all(talk.stranger('slack', 'en'))).toMatch(/not on this desk yet/)
      expect(all(talk.stranger('telegram'))).toMatch(/not linked to a partner/)
      expect(all(talk.stranger('telegram', 'tlh'))).toMatch(/not linked to a partner/)
    })

    it('is what text without a question gets', async () => {
      expect(all(await says(paula, 'hello'))).toContain('Portdesk')
      expect(all(await says(ana, 'hello', 'no-such-message'))).toContain('Portdesk')
    })
  })

  describe('looking a number up', () => {
    it('lists the partner’s numbers when nothing was given, for the desk one partner after the other', async () => {
      const own = cardOf(await commands(paula, 'status', '  '))
      expect(own.title).toBe('2 numbers')
      expect(all([{ do: 'show', card: own }])).not.toMatch(/Brightline|4940/)
      const partners = cardOf(await commands(ana, 'status'))
      expect(partners.items?.map(({ title }) => title)).toEqual(['Brightline', 'Nordwind', 'Sabiá'])
      expect(cardOf(await pressesOn(ana, partners, 'numbers', 'nordwind')).subtitle).toBe('Nordwind')
      expect(cardOf(await presses(paula, { verb: 'numbers', target: 'nordwind' }))).toEqual(own)
      expect(cardOf(await presses(nora, { verb: 'numbers' })).title).toBe('1 number')
    })

    it('shows ten numbers on a page, those in trouble first, and turns pages in place', async () => {
      for (let n = 10; n < 33; n += 1) {
        const good = { status: 'ready', accountMode: 'live', quality: n === 32 ? 'RED' : 'GREEN' }
        office.numbers.put(`49301234${n}`, 'nordwind', { channel: { name: `Shop ${n}`, ...good } })
      }
      office.numbers.put('49301234', 'nordwind', { channel: { hubStatus: 'terminated' } })
      const first = cardOf(await commands(nora, 'status'))
      expect(first.title).toBe('25 numbers')
      expect(first.items).toHaveLength(10)
      expect(first.items?.slice(0, 3).map(({ mark }) => mark)).toEqual(['failed', 'failed', 'done'])
      expect(JSON.stringify(first.items?.slice(0, 2))).toContain('quality: low (RED)')
      const [second] = await pressesOn(nora, first, 'numbers', 'nordwind', '1')
      expect(second?.do).toBe('replace')
      const last = cardOf(await presses(nora, { verb: 'numbers', value: '99' }))
      expect(last.items).toHaveLength(5)
      expect(last.items?.at(-1)?.mark).toBe('skipped')
      expect(verbsOn(last).filter((verb) => verb === 'numbers')).toHaveLength(1)
    })

    it('hands out the clients as a file, each partner its own', async () => {
      const [file] = await commands(paula, 'export')
      expect(file).toMatchObject({ do: 'file', file: { name: expect.stringMatching(/^clients-brightline-.*\.csv$/) } })
      expect(all(await commands(paula, 'export'))).toMatch(/"4930123456"[\s\S]*"4930123457"/)
      expect(all(await presses(paula, { verb: 'export', target: 'nordwind' }))).toMatch(/No client's name/)
      expect(all(await commands(ana, 'export'))).toMatch(/Whose clients\?/)
      expect(all(await commands(ana, 'export', 'NORDWIND bright'))).toMatch(/1 number of the clients of Nordwind/)
      expect(all(await commands(ana, 'export', 'sabia'))).toMatch(/nothing to export/)
    })

    it('shows one number, and everything about it on demand', async () => {
      const card = cardOf(await commands(paula, 'status', '+49 30 123456'))
      expect(card.title).toBe('+49 30 123456')
      expect(verbsOn(card)).toEqual(['details', 'new', 'new'])
      const more = cardOf(await pressesOn(paula, card, 'details'))
      expect((more.fields ?? []).length).toBeGreaterThan((card.fields ?? []).length)
    })

    it('shows the partner to the desk only', async () => {
      const labels = async (who: Actor) =>
        cardOf(await commands(who, 'status', phones.bright)).fields?.map(({ label }) => label)
      expect(await labels(ana)).toContain('Partner')
      expect(await labels(paula)).not.toContain('Partner')
    })

    it('lets people choose when several numbers fit', async () => {
      const card = cardOf(await commands(ana, 'status', 'Bright Lights'))
      expect(card.title).toBe('Several numbers fit. Which one?')
      expect(card.buttons?.map(({ label }) => label)).toEqual([
        '+49 30 123456 · Bright Lights · Brightline',
        '+49 30 123457 · Bright Lights · Brightline',
      ])
      expect(cardOf(await pressesOn(ana, card, 'status', `CH${phones.brightToo}`)).title).toBe('+49 30 123457')
    })

    it('answers another partner’s number in the very words of one that is not there', async () => {
      const said = async (text: string) => all(await commands(nora, 'status', text)).replace(text, 'X')
      expect(await said(phones.bright)).toBe(await said('4999999999'))
      expect(await said(`CH${phones.bright}`)).toBe(await said('CHnowhere'))
      expect(await said('Bright Lights')).toBe(await said('Nobody'))
      const pressed = async (target: string) =>
        all(await presses(nora, { verb: 'status', target })).replace(target, 'X')
      expect(await pressed(`CH${phones.bright}`)).toBe(await pressed('CHnowhere'))
      const detailed = async (target: string) =>
        all(await presses(nora, { verb: 'details', target })).replace(target, 'X')
      expect(await detailed(`CH${phones.bright}`)).toBe(await detailed('CHnowhere'))
    })

    it('says so when the platforms do not answer', async () => {
      office.numbers.failure = new Error('down')
      expect(all(await commands(ana, 'status', phones.bright))).toMatch(/Could not be looked up: HTTP 500/)
    })

    it('leads to the open case about it', async () => {
      const id = await begun()
      const card = cardOf(await commands(ana, 'status', phones.bright))
      expect(verbsOn(card)).toEqual(['details', 'case'])
      expect(cardOf(await pressesOn(ana, card, 'case')).title).toContain(`PD-${id}`)
    })
  })

  describe('starting something new', () => {
    it('offers the procedures, with the number that was named', async () => {
      const card = cardOf(await commands(paula, 'new', 'for +49 30 123456'))
      expect(card.buttons?.map(({ press = '' }) => decodePress(press)?.value)).toEqual(
        catalogue.map(() => phones.bright),
      )
      await pressesOn(paula, card, 'new', 'two-step-disable')
      await office.settle()
      expect(await office.snapshot(1)).toMatchObject({ flow: 'two-step-disable', phone: phones.bright })
    })

    it('starts at once when the procedure was named', async () => {
      expect(await commands(paula, 'new', `port-out ${phones.bright}`)).toEqual([])
      await office.settle()
      expect(await office.snapshot(1)).toMatchObject({ flow: 'port-out', phone: phones.bright })
    })

    it('says what is wrong with a number that was named', async () => {
      expect(all(await commands(paula, 'new', 'port-out 12'))).toMatch(/does not look like a phone number/)
    })

    it('opens one case for a press that Telegram sends twice', async () => {
      const press: Press = { verb: 'new', target: 'port-out' }
      await talk.press(paula, press, { key: 'same' })
      expect(all(await talk.press(paula, press, { key: 'same' }))).toMatch(/^\(You did that already: opened [^.]+\.\)$/)
      expect(await office.desk.list(paula)).toHaveLength(1)
    })

    it('asks in a form in Slack, step by step', async () => {
      const form = formOf(await commands(ana, 'new', `port-out ${phones.bright}`))
      expect(form.ref).toEqual({ form: 'open', flow: 'port-out' })
      expect(form.fields[0]).toMatchObject({ id: 'number', value: phones.bright })
      const wrong = await talk.submit(ana, form.ref, { number: '12' }, { key: key() })
      expect(wrong).toEqual([{ do: 'errors', errors: { number: expect.stringMatching(/phone number/) } }])
      const values = { number: phones.bright, target: 'New Provider', invoices: 'yes', templates: 'yes', admin: 'yes' }
      const next = formOf(await talk.submit(ana, form.ref, values, { key: key() }))
      expect(next.ref).toEqual({ form: 'answers', case: 1 })
      expect(next.fields.map(({ id }) => id)).toEqual(['refund'])
      expect(await talk.submit(ana, next.ref, { refund: 'no' }, { key: key() })).toEqual([])
      expect(await questionNow(ana, 1)).toBeUndefined()
      expect(await answersOf(1)).toMatchObject({ 'planned-date': null, refund: false })
    })

    it('says on the form what is wrong with the number', async () => {
      const { ref } = formOf(await presses(ana, { verb: 'new', target: 'two-step-disable' }))
      const again = formOf(await talk.submit(ana, ref, { number: '4999999999', admin: 'yes' }, { key: key() }))
      expect(again.fields[0]).toMatchObject({ id: 'number', error: expect.stringMatching(/no such number/) })
    })

    it('takes a procedure that there is not for a call for help', async () => {
      expect(all(await presses(ana, { verb: 'new', target: 'no-such-flow' }))).toContain('Portdesk')
    })
  })

  describe('answering questions in Telegram', () => {
    it('goes from question to question', async () => {
      const id = await begun()
      expect(await questionNow(paula, id)).toBe('admin')
      await presses(paula, { verb: 'answer', case: id, target: 'admin', value: 'no' })
      await says(paula, 'New Provider')
      await presses(paula, { verb: 'skip-question', case: id, target: 'planned-date' })
      expect(await answersOf(id)).toMatchObject({ admin: false, target: 'New Provider', 'planned-date': null })
      expect(await questionNow(paula, id)).toBe('invoices')
    })

    it('says what is wrong with an answer, and asks on', async () => {
      const id = await begun()
      expect(all(await says(paula, 'maybe'))).toBe('Please answer yes or no.')
      expect(await questionNow(paula, id)).toBe('admin')
      expect(all(await presses(paula, { verb: 'skip-question', case: id, target: 'admin' }))).toBe(
        '(That cannot be skipped.)',
      )
      await says(paula, 'yes')
      expect(all(await says(paula, 'x'))).toBe('That is too short.')
      await says(paula, 'New Provider')
      expect(all(await says(paula, 'tomorrow'))).toMatch(/date as year-month-day/)
    })

    it('goes back to an answer and changes it', async () => {
      const id = await begun()
      await says(paula, 'yes')
      const pending = cardOf(await commands(paula, 'case', `PD-${id}`))
      const [again] = await pressesOn(paula, pending, 'ask', 'admin')
      expect(again).toMatchObject({ do: 'replace', card: { title: expect.stringMatching(/admin access/) } })
      expect(cardOf(again ? [again] : []).buttons?.map(({ label }) => label)).toContain('Yes ✓')
      const [next] = await says(paula, 'no')
      expect(next).toMatchObject({ do: 'replace', card: { title: 'Which provider does the number move to?' } })
      expect(await answersOf(id)).toMatchObject({ admin: false })
      await says(paula, 'New Provider')
      expect(await answersOf(id)).toMatchObject({ target: 'New Provider' })
    })

    it('keeps an answer that was looked at again', async () => {
      const id = await begun()
      await says(paula, 'yes')
      const card = cardOf(await presses(paula, { verb: 'ask', case: id, target: 'admin' }))
      expect(cardOf(await pressesOn(paula, card, 'keep')).title).toBe('Which provider does the number move to?')
      await says(paula, 'New Provider')
      expect(await answersOf(id)).toMatchObject({ admin: true, target: 'New Provider' })
    })

    it('changes an answer of a case that runs', async () => {
      const id = await running()
      const card = cardOf(await presses(paula, { verb: 'edit', case: id }))
      await pressesOn(paula, card, 'ask', 'target')
      await says(paula, 'Another Provider')
      expect(await answersOf(id)).toMatchObject({ target: 'Another Provider' })
    })

    it('does not ask again what the platforms know', async () => {
      const id = await begun()
      expect(all(await presses(paula, { verb: 'ask', case: id, target: 'ownership' }))).toContain('admin access')
    })

    it('forgets a question that was opened again once its case is over', async () => {
      const first = await begun()
      await says(paula, 'yes')
      await presses(paula, { verb: 'ask', case: first, target: 'admin' })
      await presses(paula, { verb: 'cancel', case: first })
      expect(all(await says(paula, 'no'))).toContain('Portdesk')
      await presses(paula, { verb: 'new', target: 'two-step-disable' })
      await says(paula, phones.brightToo)
      await office.settle()
      expect(await office.snapshot(2)).toMatchObject({ phone: phones.brightToo })
    })

    it('answers the case that was begun last, not one that was looked at before', async () => {
      const first = await begun()
      await says(paula, 'yes')
      await presses(paula, { verb: 'ask', case: first, target: 'admin' })
      await presses(paula, { verb: 'new', target: 'two-step-disable' })
      await says(paula, phones.brightToo)
      expect(await answersOf(2)).toEqual({ number: phones.brightToo })
      expect(await answersOf(first)).toMatchObject({ admin: true })
    })

    it('answers the case whose message is replied to', async () => {
      const first = await begun()
      await presses(paula, { verb: 'new', target: 'two-step-disable' })
      const message = await messageOf(first, '7001', '55')
      await says(paula, 'no', message)
      expect(await answersOf(first)).toMatchObject({ admin: false })
      expect(await answersOf(2)).toEqual({})
    })

    it('shows where somebody was', async () => {
      const id = await begun()
      const replies = await commands(paula, 'cases')
      expect(replies).toHaveLength(2)
      expect(all(replies)).toMatch(/1 open case[\s\S]*PD-1[\s\S]*admin access/)
      expect(all(await commands(paula, 'case', `pd ${id}`))).toContain('admin access')
    })
  })

  describe('seeing cases', () => {
    it('lists the open ones, and says when there is none', async () => {
      expect(all(await commands(ana, 'cases'))).toMatch(/No open cases/)
      await running()
      expect(cardOf(await commands(ana, 'cases')).items).toMatchObject([
        { title: 'PD-1 · Move a number away', notes: [expect.stringContaining('+49 30 123456')] },
      ])
      expect(await talk.home(ana)).toEqual(await commands(ana, 'cases'))
      expect(all(await commands(nora, 'cases'))).toMatch(/No open cases/)
    })

    it('shows one, and says which words it wants', async () => {
      const id = await running()
      expect(all(await commands(ana, 'case'))).toMatch(/Say which case/)
      expect(all(await commands(ana, 'case', 'what'))).toMatch(/Say which case/)
      expect(cardOf(await commands(ana, 'case', `PD-${id}`)).title).toBe('PD-1 · Move a number away')
      const fields = async (verb: Verb) => cardOf(await presses(ana, { verb, case: id })).fields?.length ?? 0
      expect(await fields('details')).toBeGreaterThan(await fields('case'))
    })

    it('answers another partner in the very words of a case that does not exist', async () => {
      const id = await running()
      const nobody = id + 7
      const verbs: Verb[] = [
        ...(['tick', 'untick', 'attest', 'approve', 'decline', 'skip', 'start', 're-check', 'take', 'cancel'] as const),
        ...(['answer', 'skip-question', 'questions', 'edit', 'ask', 'keep', 'case', 'details'] as const),
      ]
      for (const verb of verbs) {
        const told = async (each: number) =>
          all(await presses(nora, { verb, case: each, target: 'admin', value: 'yes' })).replace(`PD-${each}`, 'PD')
        expect(await told(id), verb).toBe(await told(nobody))
        expect(await told(id), verb).toMatch(/There is no case PD\./)
      }
      for (const command of ['case', 'cancel'] as const) {
        const told = async (each: number) =>
          all(await commands(nora, command, `PD-${each}`)).replace(`PD-${each}`, 'PD')
        expect(await told(id)).toBe(await told(nobody))
      }
      for (const ref of [
        { form: 'answers', case: id },
        { form: 'reason', verb: 'decline', case: id, step: 'release' },
      ] as const) {
        const told = async (each: number) =>
          all(await talk.submit(nora, { ...ref, case: each }, { target: 'Mine', reason: 'x' }, { key: key() })).replace(
            `PD-${each}`,
            'PD',
          )
        expect(await told(id)).toBe(await told(nobody))
      }
    })

    it('tells what is true now when an old button is pressed', async () => {
      const id = await running()
      expect(all(await presses(ana, { verb: 'questions', case: id }))).toContain('PD-1 · Move a number away')
      await presses(paula, { verb: 'cancel', case: id })
      for (const verb of ['questions', 'edit', 'ask', 'keep'] as const) {
        for (const who of [ana, paula]) {
          expect(all(await presses(who, { verb, case: id, target: 'admin' })), verb).toContain(
            'Paula cancelled this case.',
          )
        }
      }
      expect(all(await presses(ana, { verb: 'take', case: id }))).toBe('(PD-1 is closed (cancelled).)')
    })
  })

  describe('cancelling', () => {
    it('asks which case, and only one’s own', async () => {
      expect(all(await commands(paula, 'cancel'))).toBe('There is nothing to cancel.')
      const id = await running()
      expect(all(await commands(ana, 'cancel'))).toBe('There is nothing to cancel.')
      const card = cardOf(await commands(paula, 'cancel'))
      expect(card.title).toBe('Which case shall be cancelled?')
      const shown = cardOf(await pressesOn(paula, card, 'case'))
      expect(shown.buttons?.find(({ confirm }) => confirm?.title === `Cancel PD-${id}?`)).toBeDefined()
      expect(cardOf(await commands(paula, 'cancel', `PD-${id}`)).title).toBe(shown.title)
      expect(await pressesOn(paula, shown, 'cancel')).toEqual([])
      expect((await office.snapshot(id)).closed).toMatchObject({ outcome: 'cancelled', by: { name: 'Paula' } })
    })

    it('changes nothing when somebody thought better of it', async () => {
      expect(await presses(paula, { verb: 'never' })).toEqual([])
    })
  })

  describe('deciding', () => {
    /** On behalf of the client: support has to release the number. */
    const toRelease = async () => {
      office.numbers.put(phones.bright, 'brightline', { owner: 'ON_BEHALF_OF' })
      return running()
    }

    it('asks why, and ends the case with the reason', async () => {
      const id = await toRelease()
      const form = formOf(await presses(ana, { verb: 'decline', case: id, target: 'release' }))
      expect(form.ref).toEqual({ form: 'reason', verb: 'decline', case: id, step: 'release' })
      expect(await talk.submit(ana, form.ref, { reason: '  ' }, { key: key() })).toEqual([
        { do: 'errors', errors: { reason: 'Please give a reason.' } },
      ])
      expect(await talk.submit(ana, form.ref, { reason: 'no ticket' }, { key: key() })).toEqual([])
      expect((await office.snapshot(id)).closed).toMatchObject({ outcome: 'declined', reason: 'no ticket' })
    })

    it('asks nobody for a reason who may not decide', async () => {
      const id = await toRelease()
      expect(all(await presses(paula, { verb: 'decline', case: id, target: 'release' }))).toBe(
        '(Only support can do that.)',
      )
      expect(all(await presses(paula, { verb: 'approve', case: id, target: 'release' }))).toBe(
        '(Only support can do that.)',
      )
    })

    it('says who was faster, also to whoever is about to decline', async () => {
      const id = await toRelease()
      expect(await presses(ana, { verb: 'approve', case: id, target: 'release' })).toEqual([])
      office.clock.move('PT2S')
      const faster = '(Ana was faster: accepted 2 sec. ago.)'
      expect(all(await presses(ben, { verb: 'approve', case: id, target: 'release' }))).toBe(faster)
      expect(all(await presses(ben, { verb: 'decline', case: id, target: 'release' }))).toBe(faster)
      expect(all(await presses(ana, { verb: 'approve', case: id, target: 'release' }))).toBe(
        '(You did that already: accepted 2 sec. ago.)',
      )
      const late = await talk.submit(
        ben,
        { form: 'reason', verb: 'decline', case: id, step: 'release' },
        { reason: 'no' },
        { key: key() },
      )
      expect(all(late)).toBe(faster)
    })

    it('skips a step with a reason, and only one that may be skipped', async () => {
      const id = await running()
      expect(formOf(await presses(paula, { verb: 'skip', case: id, target: 'export-templates' })).fields).toMatchObject(
        [{ id: 'reason', kind: 'long-text' }],
      )
      expect(all(await presses(paula, { verb: 'skip', case: id, target: 'two-step-off' }))).toBe(
        '(That cannot be skipped.)',
      )
      expect(all(await presses(paula, { verb: 'skip', case: id, target: 'no-such-step' }))).toMatch(/not open/)
      expect((await office.snapshot(id)).steps['export-templates']?.ended).toBeUndefined()
    })

    it('takes a case over once', async () => {
      const id = await running()
      expect(await presses(ana, { verb: 'take', case: id })).toEqual([])
      expect(await presses(ana, { verb: 'take', case: id })).toEqual([])
      expect((await office.types(id)).filter((type) => type === 'assigned')).toHaveLength(1)
    })
  })

  describe('talking in the thread of a case', () => {
    it('relays words from room to room, and keeps notes inside', async () => {
      const id = await running()
      const inSlack = await messageOf(id, 'C0CASES', '1.5')
      const inTelegram = await messageOf(id, '7001', '55')
      expect(await says(ana, 'We are on it', inSlack)).toEqual([])
      expect(await says(ana, '// they owe us money', inSlack)).toEqual([])
      expect(await says(paula, '// thank you', inTelegram)).toEqual([])
      const rows = await office.db.run(`select room, body from deliveries where case_id = $1 order by id`, [id])
      const said = rows.flatMap(({ room, body }) => {
        const { type, data } = body as { type: string; data: { text?: string } }
        return type === 'said' ? [[room, data.text]] : []
      })
      expect(said).toEqual([
        ['7001', 'We are on it'],
        ['C0CASES', '// thank you'],
      ])
      const history = await office.desk.history(ana, id)
      expect(
        history.flatMap((event) => (event.type === 'said' ? [[event.data.text, event.data.internal]] : [])),
      ).toEqual([
        ['We are on it', false],
        ['they owe us money', true],
        ['// thank you', false],
      ])
    })

    it('says nothing when nothing was said', async () => {
      const id = await running()
      const before = await office.types(id)
      const message = await messageOf(id, 'C0CASES', '1.5')
      for (const text of ['', '   ', '//', '//  ']) expect(await says(ana, text, message)).toEqual([])
      expect(await office.types(id)).toEqual(before)
    })

    it('does not reach a case from another room', async () => {
      const id = await running()
      const message = await messageOf(id, '7001', '55')
      const before = await office.types(id)
      expect(all(await says(nora, 'hello', message))).toContain('Portdesk')
      expect(all(await says({ ...nora, room: '7001' }, 'hello', message))).toBe(`(There is no case PD-${id}.)`)
      expect(await office.types(id)).toEqual(before)
    })
  })
})
