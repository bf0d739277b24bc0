import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Card } from '../../../src/bot/card.ts'
import { followUpCard, noticeCard } from '../../../src/bot/notices/notice-card.ts'
import { decodePress, type Verb } from '../../../src/bot/press.ts'
import { openTexts } from '../../../src/bot/texts.ts'
import { knownKinds } from '../../../src/notify/families.ts'
import { followUps, type Group } from '../../../src/notify/group.ts'
import { severities } from '../../../src/notify/notice.ts'
import type { NoticeRow } from '../../../src/notify/notices.ts'
import { start } from '../../flows/kit.ts'
import { aGroup, aLine, telling } from '../../notify/notice-kit.ts'
import { expectFits } from '../limits.ts'

const texts = openTexts(new URL('../../../locales/', import.meta.url))('en', 'UTC')
const minute = 60_000
const context = { texts, now: start + minute }
const ana = { id: 'slack:U0ANA', name: 'Ana' }

const aRow = (group: Group = aGroup(), over: Partial<NoticeRow> = {}): NoticeRow => ({
  id: 12,
  to: { surface: 'slack', room: 'C0ALERTS' },
  side: 'desk',
  group,
  telling,
  seq: 3,
  closed: false,
  ...over,
})
const inTelegram = { to: { surface: 'telegram', room: '7001' }, side: 'partner', partner: 'brightline' } as const

const draw = (group?: Group, over?: Partial<NoticeRow>) => noticeCard(aRow(group, over), context)
const verbsOn = ({ buttons = [] }: Card): Verb[] => buttons.flatMap(({ press }) => decodePress(press ?? '')?.verb ?? [])
const labelsOn = ({ buttons = [] }: Card) => buttons.map(({ label }) => label)
const wordsOf = ({ title, subtitle, state, text = [], items = [], fields = [], footer = [] }: Card) =>
  [
    ...[title, subtitle, state?.text, ...text],
    ...items.flatMap((item) => [item.title, ...item.notes]),
    ...fields.map(({ label, value }) => `${label}: ${value}`),
    ...footer,
  ].join('\n')

/** Five numbers of one client that got worse one after another. */
const five = [1, 2, 3, 4, 5].map((n) =>
  aLine({
    subject: { type: 'phone', id: `493012345${n}` },
    params: { phone: `+493012345${n}` },
    at: start + n * minute,
  }),
)

describe('the message of one notice', () => {
  it('is its text, how bad it is, and when it was told', () => {
    const card = draw(aGroup([aLine({ clientName: 'Acme' })]))
    expect(card).toMatchObject({
      title: 'Quality problem on +49 30 123456',
      subtitle: 'Acme',
      state: { text: 'Warning', tone: 'attention' },
      items: [],
    })
    expect(card.footer).toEqual([`As of ${texts.time(start)}`])
  })

  it('counts what was told more than once', () => {
    const card = draw(aGroup([aLine({ count: 43 })], { last: start + minute }))
    expect(card.text).toContain(`Seen 43 times, last ${texts.time(start + minute)}`)
    expect(wordsOf(draw(aGroup(five)))).not.toContain('Seen')
  })

  it('keeps its title short', () => {
    const card = draw(aGroup([aLine({ template: 'x'.repeat(151) })]))
    expect(card.text).toContain('x'.repeat(151))
    expect(card.title.length).toBeLessThan(100)
  })

  it('names who told it', () => {
    expect(draw(aGroup([aLine({ source: 'hub' })])).footer?.join()).toContain('360dialog')
  })

  it('says what helps, with a button when that is a procedure', () => {
    const card = draw(aGroup([aLine({ next: { flow: 'two-step-disable' } })]))
    const title = texts.t('two-step-disable.title')
    expect(card.text).toContain(`Next: ${title}`)
    const button = card.buttons?.find(({ label }) => label === `Start: ${title}`)
    expect(decodePress(button?.press ?? '')).toEqual({ verb: 'new', target: 'two-step-disable', value: '4930123456' })
  })

  it('starts a procedure with what it asks for, or without when the notice is about something else', () => {
    const starts = (flow: string) => {
      const line = aLine({ next: { flow }, subject: { type: 'waba', id: '70011' } })
      return (draw(aGroup([line])).buttons ?? []).flatMap(({ press }) => decodePress(press ?? '') ?? [])
    }
    expect(starts('waba-ownership-transfer')).toContainEqual({
      verb: 'new',
      target: 'waba-ownership-transfer',
      value: '70011',
    })
    expect(starts('port-out')).toContainEqual({ verb: 'new', target: 'port-out' })
  })
})

describe('the message of several notices', () => {
  it('says what helps with all of them once, and else with each', () => {
    const [one, other] = [{ flow: 'two-step-disable' }, { flow: 'port-out' }]
    const words = ({ flow }: { flow: string }) => `Next: ${texts.t(`${flow}.title`)}`
    const alike = draw(aGroup([aLine({ topic: 'a', next: one }), aLine({ topic: 'b', next: one })]))
    expect(alike.text).toContain(words(one))
    expect(alike.items?.flatMap(({ notes }) => notes)).not.toContain(words(one))
    const unlike = draw(aGroup([aLine({ topic: 'a', next: one }), aLine({ topic: 'b', next: other })]))
    expect(unlike.text?.join()).not.toContain('Next:')
    expect(unlike.items?.map(({ notes }) => notes?.at(-1))).toEqual([words(one), words(other)])
  })

  it('is called by the subject they share, and lists them worst first', () => {
    const card = draw(aGroup([aLine({ topic: 'a' }), aLine({ topic: 'b', severity: 'critical', template: 'Blocked' })]))
    expect(card.title).toBe('+49 30 123456: 2 things')
    expect(card.state).toEqual({ text: 'Critical', tone: 'critical' })
    expect(card.items?.map(({ mark, title }) => [mark, title])).toEqual([
      ['failed', 'Blocked'],
      ['warning', 'Quality problem on +49 30 123456'],
    ])
  })

  it('is called by their kind, when that is what they share', () => {
    const card = draw(aGroup(five))
    expect(card.title).toBe(`${texts.t('notices.kinds.number-flagged.title')}: 5 times`)
    expect(card.items?.[0]?.title).toContain('123455')
  })

  it('is a number of things, when they share nothing', () => {
    expect(draw(aGroup([...five, aLine({ kind: 'name-refused', topic: 'name' })])).title).toBe('6 things happened')
  })

  it('is called a digest, when it is one', () => {
    const digest = { every: 'week', at: '09:00', timeZone: 'UTC' } as const
    expect(draw(aGroup(five), { telling: { ...telling, digest } }).title).toBe('This week: 5 things')
  })

  it('names the client once when it is the same, else with each line', () => {
    expect(draw(aGroup(five.map((line) => ({ ...line, clientName: 'Acme' })))).subtitle).toBe('Acme')
    const mixed = draw(aGroup(five.map((line, n) => ({ ...line, clientName: n ? 'Acme' : 'Bolt' }))))
    expect(mixed.subtitle).toBeUndefined()
    expect(mixed.items?.at(-1)?.notes.join()).toContain('Bolt')
  })

  it('lists ten and counts the rest; the details list thirty', () => {
    const many = Array.from({ length: 40 }, (_, n) => aLine({ topic: `t${n}` }))
    const row = aRow(aGroup(many, { dropped: 2 }))
    expect(noticeCard(row, context).items).toHaveLength(10)
    expect(noticeCard(row, context).text).toContain('And 32 more.')
    expect(noticeCard(row, { ...context, details: true }).items).toHaveLength(30)
  })
})

describe('what people did', () => {
  it('is shown on the message, with who and when', () => {
    const seen = draw(aGroup([aLine()], { acknowledged: { by: ana, at: start } }))
    expect(seen.state).toEqual({ text: `Warning · acknowledged by Ana, ${texts.time(start)}`, tone: 'waiting' })
    const snoozed = draw(aGroup([aLine()], { snoozed: { by: ana, until: start + 60 * minute } }))
    expect(snoozed.state?.text).toContain(`snoozed by Ana until ${texts.time(start + 60 * minute)}`)
    expect(wordsOf(draw(aGroup([aLine()], { assignee: ana })))).toContain('Assigned to: Ana')
  })

  it('is over when the snooze is', () => {
    expect(draw(aGroup([aLine()], { snoozed: { by: ana, until: start + minute } })).state?.text).toBe('Warning')
  })

  it('takes its button away', () => {
    expect(verbsOn(draw(aGroup([aLine()], { acknowledged: { by: ana, at: start } })))).not.toContain(
      'notice-acknowledge',
    )
    const snoozed = verbsOn(draw(aGroup([aLine()], { snoozed: { by: ana, until: start + 60 * minute } })))
    expect(snoozed).toContain('notice-wake')
    expect(snoozed).not.toContain('notice-snooze')
    expect(verbsOn(draw(aGroup([aLine()], { assignee: ana })))).not.toContain('notice-take')
  })
})

describe('the buttons', () => {
  it('are five at most in Slack; the rest is behind Details', () => {
    const row = aRow(aGroup([aLine({ next: { flow: 'two-step-disable' } })]))
    expect(labelsOn(noticeCard(row, context))).toEqual([
      'Acknowledge',
      `Start: ${texts.t('two-step-disable.title')}`,
      'Snooze 1 h',
      'Assign to me',
      'Details',
    ])
    expect(labelsOn(noticeCard(row, { ...context, details: true }))).toEqual([
      'Acknowledge',
      `Start: ${texts.t('two-step-disable.title')}`,
      'Snooze 1 h',
      'Snooze 8 h',
      'Tomorrow 9:00',
      'Assign to me',
      'Quiet…',
    ])
  })

  it('are all there in Telegram', () => {
    expect(labelsOn(draw(aGroup(), inTelegram))).toEqual([
      'Acknowledge',
      'Snooze 1 h',
      'Snooze 8 h',
      'Tomorrow 9:00',
      'Assign to me',
      'Details',
      'Quiet…',
    ])
  })

  it('ask nothing of anybody for mere news, or for what is solved or closed', () => {
    const news = aGroup([aLine({ mood: 'news', severity: 'info' })])
    const solved = aGroup([aLine({ mood: 'relief', severity: 'info', solved: true })])
    expect(verbsOn(draw(news))).toEqual(['notice-details'])
    expect(verbsOn(draw(news, inTelegram))).toEqual(['notice-details', 'notice-quiet'])
    expect(verbsOn(draw(solved))).toEqual(['notice-details'])
    expect(verbsOn(draw(aGroup(), { closed: true }))).toEqual(['notice-details'])
  })

  it('are none in a Telegram chat of the desk, where nobody is known', () => {
    expect(draw(aGroup(), { to: { surface: 'telegram', room: '-1' }, side: 'desk' }).buttons).toEqual([])
  })

  it('let those who look closer undo what was done', () => {
    const row = aRow(aGroup([aLine()], { acknowledged: { by: ana, at: start }, assignee: ana }))
    const verbs = verbsOn(noticeCard(row, { ...context, details: true }))
    expect(verbs).toEqual(expect.arrayContaining(['notice-unacknowledge', 'notice-take', 'notice-release']))
  })
})

describe('a solved problem', () => {
  it('closes its message and asks for nothing', () => {
    const line = aLine({ mood: 'relief', severity: 'info', solved: true, next: { flow: 'two-step-disable' } })
    const card = draw(aGroup([line]), { closed: true })
    expect(card.state).toEqual({ text: 'Resolved', tone: 'done' })
    expect(wordsOf(card)).toContain('closed')
    expect(wordsOf(card)).not.toContain('Next')
  })
})

describe('a message below the root', () => {
  const followUp = (what: (typeof followUps)[number], group = aGroup()) => followUpCard(aRow(group), what, context)

  it('says what is new, by its newest word', () => {
    const group = aGroup([aLine({ severity: 'critical' }), aLine({ topic: 'b', template: 'Newer', at: start + 1 })])
    expect(followUp('news', group).title).toBe('Newer')
    expect(followUp('worse', group).title).toBe('This got worse: Quality problem on +49 30 123456')
    expect(followUp('worse', group).text).toContain('And 1 more thing, see the first message.')
  })

  it('calls for somebody, and can be acknowledged where it is read', () => {
    expect(verbsOn(followUp('repeat'))).toEqual(['notice-acknowledge'])
    expect(verbsOn(followUp('repeat', aGroup([aLine()], { acknowledged: { by: ana, at: start } })))).toEqual([])
    expect(verbsOn(followUp('news'))).toEqual([])
  })

  it('reminds whoever acknowledged it', () => {
    const card = followUp('reminder', aGroup([aLine()], { acknowledged: { by: ana, at: start } }))
    expect(wordsOf(card)).toContain(`acknowledged by Ana, ${texts.time(start)}`)
  })

  it('says what was solved', () => {
    const group = aGroup([
      aLine({ mood: 'relief', severity: 'info', solved: true, template: 'All is well' }),
      aLine({ topic: 'b', mood: 'news', severity: 'warning', template: 'Something else', at: start + 1 }),
    ])
    expect(followUp('resolved', group).title).toBe('Resolved: All is well')
  })
})

describe('for whom it is drawn', () => {
  it('the desk reads whose client it is', () => {
    const row = aRow(aGroup(), { partner: 'brightline' })
    const card = noticeCard(row, { ...context, partnerName: (id) => (id === 'brightline' ? 'Brightline' : undefined) })
    expect(wordsOf(card)).toContain('Partner: Brightline')
  })

  it('a partner reads the name of no partner', () => {
    const card = noticeCard(aRow(aGroup(), inTelegram), { ...context, partnerName: () => 'Brightline' })
    expect(wordsOf(card)).not.toMatch(/brightline/i)
  })
})

describe('any group of notices', () => {
  const line = fc
    .record({
      kind: fc.constantFrom(...knownKinds, 'made-up'),
      severity: fc.constantFrom(...severities),
      mood: fc.constantFrom('problem' as const, 'relief' as const, 'news' as const),
      subject: fc.record({
        type: fc.constantFrom('phone' as const, 'waba' as const, 'client' as const, 'partner' as const),
        id: fc.string({ minLength: 1, maxLength: 40 }),
      }),
      topic: fc.string({ maxLength: 20 }),
      clientName: fc.string({ minLength: 1, maxLength: 200 }),
      count: fc.integer({ min: 1, max: 10_000 }),
      at: fc.nat(1e9),
      template: fc.option(fc.string({ unit: 'binary', maxLength: 400 }), { nil: undefined }),
      next: fc.constantFrom(undefined, { flow: 'port-out' }, { flow: 'no-such-flow' }, { advice: 'appeal' }),
      solved: fc.constantFrom(undefined, true as const),
    })
    .map(({ template, next, solved, ...rest }) =>
      aLine({
        params: { phone: '+4930123456', name: 'x'.repeat(200), reason: '<b>&'.repeat(50) },
        ...rest,
        ...(template !== undefined && { template }),
        ...(next && { next }),
        ...(solved && { solved }),
      }),
    )
  const row = fc
    .record({
      lines: fc.array(line, { minLength: 1, maxLength: 40 }),
      acknowledged: fc.boolean(),
      snoozed: fc.boolean(),
      assigned: fc.boolean(),
      closed: fc.boolean(),
      partner: fc.boolean(),
    })
    .map(({ lines, acknowledged, snoozed, assigned, closed, partner }) => {
      const by = { id: 'x', name: 'N'.repeat(64) }
      const group = aGroup(lines, {
        ...(acknowledged && { acknowledged: { by, at: start } }),
        ...(snoozed && { snoozed: { by, until: start + 9e6 } }),
        ...(assigned && { assignee: by }),
      })
      return aRow(group, { id: 999_999_999, seq: 99_999, closed, ...(partner && inTelegram) })
    })

  it('fits on both surfaces, in full, in detail and as what is said below it', () => {
    fc.assert(
      fc.property(row, fc.constantFrom(...followUps), (made, what) => {
        expectFits(noticeCard(made, context))
        expectFits(noticeCard(made, { ...context, details: true }))
        expectFits(followUpCard(made, what, context))
        expect(wordsOf(noticeCard(made, context))).not.toMatch(/notice-desk\./)
      }),
      { numRuns: 60 },
    )
  })
})
