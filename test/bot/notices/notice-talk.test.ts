import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Card } from '../../../src/bot/card.ts'
import { conversationsIn } from '../../../src/bot/conversation.ts'
import { deskTalk } from '../../../src/bot/desk-talk.ts'
import type { Form } from '../../../src/bot/form.ts'
import { decodePress, encodePress, type Press, verbs } from '../../../src/bot/press.ts'
import type { Reply } from '../../../src/bot/reply.ts'
import { formView } from '../../../src/bot/slack/modal.ts'
import { unpackMetadata } from '../../../src/bot/slack/origin.ts'
import type { Command, Talk } from '../../../src/bot/talk.ts'
import { telegramLimits } from '../../../src/bot/telegram/limits.ts'
import { openTexts } from '../../../src/bot/texts.ts'
import type { Actor } from '../../../src/cases/actor.ts'
import { catalogue } from '../../../src/flows/index.ts'
import { deskOfNotices } from '../../../src/notify/desk-of-notices.ts'
import { families } from '../../../src/notify/families.ts'
import type { NoticeRow, Notices } from '../../../src/notify/notices.ts'
import { openDeadLetters } from '../../../src/notify/undelivered.ts'
import { type Office, openOffice } from '../../cases/office.ts'
import { ana, ben, cleo, nora, paula } from '../../cases/people.ts'
import { databases } from '../../kit/database.ts'
import { aGroup, aLine, putNotice } from '../../notify/notice-kit.ts'
import { expectFits, expectFormFits } from '../limits.ts'

const textsOf = openTexts(new URL('../../../locales/', import.meta.url))
const texts = textsOf('en', 'UTC')
const day = 24 * 3_600_000
const inAlerts = (actor: Actor): Actor => ({ ...actor, room: 'C0ALERTS' })

const toastOf = (replies: Reply[]): string =>
  replies.flatMap((reply) => (reply.do === 'toast' ? reply.text : [])).join()
const errorsOf = (replies: Reply[]) => replies.flatMap((reply) => (reply.do === 'errors' ? [reply.errors] : []))[0]
const cardOf = (replies: Reply[]): Card => {
  const found = replies.find((reply) => reply.do === 'show' || reply.do === 'replace')
  if (!found || !('card' in found)) throw new Error(`There is no card: ${JSON.stringify(replies)}`)
  expectFits(found.card)
  return found.card
}
const formOf = (replies: Reply[]): Form => {
  const found = replies.find((reply) => reply.do === 'form')
  if (found?.do !== 'form') throw new Error(`There is no form: ${JSON.stringify(replies)}`)
  expectFormFits(found.form)
  return found.form
}

describe.each(databases().filter(({ name }) => name === 'pglite'))('talking about notices', ({ open }) => {
  let office: Office
  let notices: Notices
  let talk: Talk
  let updates: number
  beforeEach(async () => {
    office = await openOffice({ open, flows: catalogue })
    updates = 0
    notices = deskOfNotices({ db: office.db, now: office.clock.now, onChange: () => undefined })
    const memory = new Map<string, unknown>()
    talk = deskTalk({
      desk: office.desk,
      notices,
      deadLetters: openDeadLetters({ db: office.db, queue: office.queue, clock: office.clock, late: async () => [] }),
      textsOf,
      conversations: conversationsIn({
        get: async (key) => memory.get(key),
        set: async (key, value) => memory.set(key, value),
        delete: async (key) => memory.delete(key),
      }),
      clock: office.clock,
      partnerName: () => undefined,
    })
  })
  afterEach(() => office.close())

  const key = () => `update:${++updates}`
  const says = (who: Actor, command: Command, text = '') => talk.command(who, command, text, { key: key() })
  const presses = (who: Actor, press: Press) => talk.press(who, press, { key: key() })
  const pressesOn = (who: Actor, card: Card, label: string) => {
    const press = card.buttons?.find((button) => button.label === label)?.press
    const decoded = decodePress(press ?? '')
    if (!decoded) throw new Error(`No ${label} on ${JSON.stringify(card.buttons)}`)
    return presses(who, decoded)
  }
  const submits = (who: Actor, form: Form, values: Record<string, string>) =>
    talk.submit(who, form.ref, values, { key: key() })

  const put = (row?: Partial<NoticeRow>) => putNotice(office.db, row)
  const ofBrightline = () => put({ to: { surface: 'telegram', room: '7001' }, side: 'partner', partner: 'brightline' })
  const groupOf = async (who: Actor, id: number) => (await notices.view(who, id))?.group

  describe('a button on a notice', () => {
    it('changes the message in place and says nothing more', async () => {
      const id = await put()
      expect(await presses(ana, { verb: 'notice-acknowledge', target: String(id) })).toEqual([])
      expect(await groupOf(ana, id)).toMatchObject({ acknowledged: { by: { name: 'Ana' } } })
    })

    it('tells who was first, and when', async () => {
      const id = await put()
      await presses(ana, { verb: 'notice-acknowledge', target: String(id) })
      office.clock.move('PT2M')
      const again = (who: Actor) => presses(who, { verb: 'notice-acknowledge', target: String(id) })
      expect(toastOf(await again(ben))).toBe('Ana acknowledged this 2 min. ago.')
      expect(toastOf(await again(ana))).toBe('You acknowledged this 2 min. ago.')
    })

    it.each([
      ['1h', 3_600_000],
      ['8h', 8 * 3_600_000],
    ])('snoozes for %s', async (value, ms) => {
      const id = await put()
      await presses(ana, { verb: 'notice-snooze', target: String(id), value })
      expect((await groupOf(ana, id))?.snoozed?.until).toBe(office.clock.now() + ms)
      await presses(ana, { verb: 'notice-wake', target: String(id) })
      expect((await groupOf(ana, id))?.snoozed).toBeUndefined()
    })

    it('snoozes until nine tomorrow where the presser is', async () => {
      const id = await put()
      await presses(
        { ...ana, timeZone: 'America/Sao_Paulo' },
        { verb: 'notice-snooze', target: String(id), value: 'morning' },
      )
      const until = (await groupOf(ana, id))?.snoozed?.until ?? 0
      const shown = new Date(until).toLocaleTimeString('en', { timeZone: 'America/Sao_Paulo', hourCycle: 'h23' })
      expect(shown).toBe('09:00:00')
      expect(until).toBeGreaterThan(office.clock.now())
      expect(until).toBeLessThanOrEqual(office.clock.now() + 1.5 * day)
    })

    it('assigns to the one who pressed; an older message takes nothing away from anybody', async () => {
      const id = await put()
      const take = (who: Actor, seq: number) => presses(who, { verb: 'notice-take', target: String(id), seq })
      await take(ana, 1)
      expect(toastOf(await take(ben, 1))).toContain('Ana takes care of this')
      const details = cardOf(await presses(ben, { verb: 'notice-details', target: String(id) }))
      expect(await pressesOn(ben, details, 'Assign to me')).toEqual([])
      expect((await groupOf(ana, id))?.assignee?.name).toBe('Ben')
      await presses(ana, { verb: 'notice-release', target: String(id) })
      expect((await groupOf(ana, id))?.assignee).toBeUndefined()
    })

    it('shows everything to the one who asks for it', async () => {
      const id = await put({ group: aGroup(Array.from({ length: 12 }, (_, n) => aLine({ topic: `t${n}` }))) })
      expect(cardOf(await presses(ana, { verb: 'notice-details', target: String(id) })).items).toHaveLength(12)
    })

    it('of a notice that is closed, gone or another partner’s says so', async () => {
      const closed = await put({ closed: true })
      const theirs = await ofBrightline()
      const tries = [
        [ana, closed, 'This is over'],
        [ana, 999, 'That is not here any more'],
        [nora, theirs, 'That is not here any more'],
        [nora, closed, 'That is not here any more'],
      ] as const
      for (const [who, id, words] of tries) {
        expect(toastOf(await presses(who, { verb: 'notice-acknowledge', target: String(id) }))).toContain(words)
      }
      for (const target of ['', 'x', '-1']) {
        expect(toastOf(await presses(ana, { verb: 'notice-details', target }))).toContain('not here any more')
        expect(toastOf(await presses(ana, { verb: 'notice-quiet', target }))).toContain('not here any more')
      }
    })

    it('starts the procedure that helps, with its number filled in', async () => {
      const press = { verb: 'new', target: 'two-step-disable', value: '4930123456' } as const
      const form = formOf(await presses(ana, press))
      expect(form.fields.find(({ id }) => id === 'number')?.value).toBe('4930123456')
    })

    it('carries no more than Telegram takes, and none means two things', () => {
      const longest = encodePress({ verb: 'notice-snooze', seq: 99_999, target: '9'.repeat(15), value: 'morning' })
      expect(Buffer.byteLength(longest)).toBeLessThanOrEqual(telegramLimits.callbackData)
      expect(new Set(Object.values(verbs)).size).toBe(Object.keys(verbs).length)
    })
  })

  describe('"Quiet…"', () => {
    it('asks what, how long and why, then silences it and what is on the screen', async () => {
      const id = await put()
      const form = formOf(await presses(ana, { verb: 'notice-quiet', target: String(id) }))
      const options = form.fields[0]?.options?.map(({ label }) => label)
      expect(options).toEqual([
        '+49 30 123456',
        `Every notice like this: ${texts.t('notices.kinds.number-flagged.title')}`,
        'Everything from Meta',
        'Everything from 360dialog',
      ])
      const replies = await submits(ana, form, {
        scope: 'subject:phone:4930123456',
        length: '3d',
        reason: 'we move it',
      })
      expect(cardOf(replies).title).toContain('Quiet until')
      const until = office.clock.now() + 3 * day
      expect(await notices.mutes(ana)).toMatchObject([
        { scope: { subject: 'phone:4930123456' }, until, reason: 'we move it' },
      ])
      expect((await groupOf(ana, id))?.snoozed?.until).toBe(until)
    })

    it('leaves a message awake that tells of more than what is quiet', async () => {
      const id = await put({ group: aGroup([aLine(), aLine({ subject: { type: 'waba', id: '7001' } })]) })
      const form = formOf(await presses(ana, { verb: 'notice-quiet', target: String(id) }))
      await submits(ana, form, { scope: 'subject:waba:7001', length: '1h', reason: 'known' })
      expect((await groupOf(ana, id))?.snoozed).toBeUndefined()
    })

    it('keeps the form open until it is filled in', async () => {
      const id = await put()
      const form = formOf(await presses(ana, { verb: 'notice-quiet', target: String(id) }))
      const good = { scope: 'kind:number-flagged', length: '1h', reason: 'known' }
      expect(errorsOf(await submits(ana, form, { ...good, reason: ' ' }))).toEqual({ reason: 'Please say why.' })
      expect(errorsOf(await submits(ana, form, { ...good, length: 'ever' }))).toHaveProperty('length')
      expect(errorsOf(await submits(ana, form, { ...good, length: '31d' }))?.reason).toContain('30 days at most')
      expect(errorsOf(await submits(ana, form, { ...good, scope: 'subject:phone:4940222222' }))).toHaveProperty('scope')
      expect(await notices.mutes(ana)).toEqual([])
    })

    it('silences no platform for a partner, and only its own rooms', async () => {
      const id = await ofBrightline()
      const form = formOf(await presses(paula, { verb: 'notice-quiet', target: String(id) }))
      expect(form.fields[0]?.options?.map(({ value }) => value)).toEqual([
        'subject:phone:4930123456',
        'kind:number-flagged',
      ])
      expect(errorsOf(await submits(paula, form, { scope: 'source:meta', length: '1h', reason: 'x' }))).toHaveProperty(
        'scope',
      )
      const done = cardOf(await submits(paula, form, { scope: 'kind:number-flagged', length: '1h', reason: 'x' }))
      expect(done.text?.join()).toContain('in your chats only')
      expect(await notices.mutes(paula)).toMatchObject([{ scope: { partner: 'brightline' } }])
      expect(toastOf(await submits(nora, form, { scope: 'kind:number-flagged', length: '1h', reason: 'x' }))).toContain(
        'not here any more',
      )
    })

    it('comes back from Slack as what it was', async () => {
      const id = await put()
      const form = formOf(await presses(ana, { verb: 'notice-quiet', target: String(id) }))
      expect(unpackMetadata(formView(form).private_metadata ?? '').ref).toEqual({ form: 'quiet', notice: id })
    })
  })

  describe('muting by a command', () => {
    it('says what is quiet, lists it, and ends it', async () => {
      const done = cardOf(await says(ana, 'mute', '+49 30 123456 for 3d we move it'))
      expect(done.title).toContain('+49 30 123456')
      expect(done.text?.join()).toContain('in every room')
      const listed = cardOf(await says(ben, 'mutes'))
      expect(listed.title).toBe('1 mute')
      expect(listed.items?.[0]?.notes.join()).toContain('by Ana')
      const after = await pressesOn(ben, listed, listed.buttons?.[0]?.label ?? '')
      expect(after[0]?.do).toBe('replace')
      expect(cardOf(after).title).toBe('Nothing is muted.')
      expect(toastOf(await pressesOn(ben, listed, listed.buttons?.[0]?.label ?? ''))).toContain('not here any more')
    })

    it.each([
      ['', /how long and why, for example \/portdesk mute/],
      ['+49 30 123456 for 3x known', /"3x" is no length of time/],
      ['tomplates for 3d known', /"tomplates" is neither a number/],
      ['+49 30 123456 for 3d', /Please add why/],
      ['+49 30 123456 for 31d known', /30 days at most/],
    ])('does not: %s', async (text, words) => {
      expect(toastOf(await says(ana, 'mute', text))).toMatch(words)
      expect(await notices.mutes(ana)).toEqual([])
    })

    it('speaks to Telegram in its own way, and mutes no platform for a partner', async () => {
      expect(toastOf(await says(paula, 'mute'))).toContain('for example /mute +49')
      expect(toastOf(await says(paula, 'mute', 'meta for 1h outage'))).toBe('You cannot do that here.')
    })

    it('lists twenty at most', async () => {
      for (let n = 10; n < 35; n += 1) await says(ana, 'mute', `+49 30 1234${n} for 1h known`)
      const listed = cardOf(await says(ana, 'mutes'))
      expect(listed.items).toHaveLength(20)
      expect(listed.text).toEqual(['And 5 more.'])
    })
  })

  describe('subscribing', () => {
    it('a lead subscribes a channel; everybody of the desk sees it', async () => {
      const done = cardOf(await says(inAlerts(cleo), 'subscribe', 'templates quality critical @DE Acme'))
      expect(done.title).toBe('This room hears of: Templates, Quality · Critical · DE · "Acme"')
      expect(await notices.subscriptions(ana)).toMatchObject([
        {
          to: { surface: 'slack', room: 'C0ALERTS' },
          match: {
            kinds: [...families.templates, ...families.quality],
            severities: ['critical'],
            countries: ['DE'],
            text: 'Acme',
          },
        },
      ])
      const listed = cardOf(await says(ana, 'subscriptions'))
      expect(listed.items?.[0]?.notes).toEqual(['by Cleo', 'in C0ALERTS'])
      expect(listed.buttons, 'only a lead may remove it').toEqual([])
    })

    it('a partner presses a family, and removes it again', async () => {
      const which = cardOf(await says(paula, 'subscribe'))
      expect(which.buttons?.map(({ label }) => label)).toEqual([
        'Templates',
        'Quality',
        'Account',
        'Numbers',
        'Money',
        'Everything',
      ])
      expect(cardOf(await pressesOn(paula, which, 'Everything')).title).toBe('This room hears of: Everything')
      const listed = cardOf(await says(paula, 'subscriptions'))
      const after = await pressesOn(paula, listed, 'Remove #1: Everything')
      expect(cardOf(after).title).toBe('No room has subscribed to anything.')
    })

    it('is for the topic of a forum where somebody asks', async () => {
      const [one, two] = [5, 6].map((topic) => ({ ...nora, topic }))
      if (!one || !two) throw new Error('There are no topics')
      const which = cardOf(await says(one, 'subscribe'))
      expect(cardOf(await pressesOn(one, which, 'Money')).title).toBe('This topic hears of: Money')
      expect(cardOf(await says(two, 'subscriptions')).title).toBe('This topic has not subscribed to anything.')
      expect(toastOf(await says(two, 'unsubscribe', '1'))).toMatch(
        /^This topic has no subscription #1\. The topic General/,
      )
      const notesFor = async (who: Actor) => cardOf(await says(who, 'subscriptions')).items?.[0]?.notes
      expect(await notesFor(one)).toEqual(['by Nora'])
      expect(await notesFor(nora)).toEqual(['by Nora', 'in topic 5'])
      expect(await notesFor(ana)).toEqual(['by Nora', 'in -100200300', 'in topic 5'])
      expect(cardOf(await says(one, 'unsubscribe', '1')).title).toBe('This topic has not subscribed to anything.')
    })

    it('ends by its number', async () => {
      await says(inAlerts(cleo), 'subscribe', 'money')
      expect(toastOf(await says(ana, 'unsubscribe', '1'))).toContain('Only a support lead or an admin')
      expect(toastOf(await says(cleo, 'unsubscribe', '7'))).toBe('There is no subscription #7.')
      expect(toastOf(await says(cleo, 'unsubscribe', 'money'))).toContain('/portdesk subscriptions lists them')
      expect(toastOf(await says(paula, 'unsubscribe', '1'))).toBe('There is no subscription #1.')
      expect(cardOf(await says(cleo, 'unsubscribe', '#1')).title).toBe('No room has subscribed to anything.')
    })

    it.each([
      ['@Germany', /"@Germany" is no country/],
      ['tomplates-*', /No kind of notice fits "tomplates-\*"/],
      [',', /Say what to subscribe to/],
      ['x'.repeat(101), /too long/],
    ])('does not: %s', async (text, words) => {
      expect(toastOf(await says(inAlerts(cleo), 'subscribe', text))).toMatch(words)
      expect(await notices.subscriptions(cleo)).toEqual([])
    })

    it('is for channels, and for leads', async () => {
      expect(toastOf(await says({ ...cleo, room: 'D0CLEO' }, 'subscribe', 'money'))).toContain('Only a channel')
      expect(toastOf(await says(inAlerts(ana), 'subscribe', 'money'))).toContain('Only a support lead or an admin')
      expect(await notices.subscriptions(cleo)).toEqual([])
    })

    it('of a made-up family asks again', async () => {
      expect(cardOf(await presses(paula, { verb: 'subscribe', target: 'toString' })).title).toBe(
        'What shall this room hear of?',
      )
    })
  })

  it('the help names what there is', async () => {
    const { text = [] } = cardOf(await says(ana, 'help'))
    expect(text.join()).toMatch(/\/portdesk subscribe[\s\S]*\/portdesk mute/)
  })
})
