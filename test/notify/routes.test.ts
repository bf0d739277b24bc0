import { describe, expect, it } from 'vitest'
import type { Notice } from '../../src/notify/notice.ts'
import type { Subscription } from '../../src/notify/notices.ts'
import { targetsOf } from '../../src/notify/routes.ts'
import { routingOf } from '../../src/notify/routing.ts'
import { minute, notice, second } from './group-kit.ts'
import { desk, heard, routing } from './routing-kit.ts'

const told = (more: Partial<Notice> = {}) => notice({ partner: 'bright', ...more })
const only = (audience: Notice['audience']) => told({ audience })

describe('without routes', () => {
  const plain = routing()

  it.each<[string, Notice, string[]]>([
    ['the desk and the partner hear what is for both', told(), ['C0ALERTS', '7001']],
    ['the partner alone hears what is for it: in its first chat', only(['partner']), ['7001']],
    ['in the chats that are marked for notices', told({ audience: ['partner'], partner: 'nord' }), ['-8002', '-8003']],
    ['the desk alone hears what is for the desk', only(['desk']), ['C0ALERTS']],
    [
      'the desk hears what is for a partner without chat',
      told({ audience: ['partner'], partner: 'quiet' }),
      ['C0ALERTS'],
    ],
    ['the desk hears what is for a partner that nobody knows', notice({ audience: ['partner'] }), ['C0ALERTS']],
    [
      'the partner that a client moves to hears of it',
      told({ audience: ['destination-partner', 'desk'], destination: 'nord' }),
      ['-8002', '-8003', 'C0ALERTS'],
    ],
    ['the desk hears once what is for it and for a partner without chat', told({ partner: 'quiet' }), ['C0ALERTS']],
  ])('%s', (_, said, rooms) => {
    expect(heard(said, plain)).toEqual(rooms)
  })

  it('each is told as procedures.md says: news gathered, warnings at once, what is critical until somebody acknowledges it', () => {
    const telling = (severity: Notice['severity']) => targetsOf(told({ severity }), plain)[0]?.telling
    const always = { interval: 15 * minute, repeats: 12 }
    expect(telling('info')).toEqual({ ...always, wait: 15 * minute })
    expect(telling('warning')).toEqual({ ...always, wait: 5 * second })
    expect(telling('critical')).toEqual({ ...always, wait: 5 * second, repeat: 30 * minute, remind: 24 * 60 * minute })
  })

  it('what is worth a line in a digest waits for nine o’clock where the room is', () => {
    const [slack, telegram] = targetsOf(told({ severity: 'info', mood: 'news', digest: true }), plain)
    expect(slack?.telling.digest).toEqual({ every: 'day', at: '09:00', timeZone: 'Europe/Berlin' })
    expect(telegram?.telling.digest).toEqual({ every: 'day', at: '09:00', timeZone: 'America/Sao_Paulo' })
    expect(telegram?.group).toBe('digest day 09:00 America/Sao_Paulo')
  })

  it('notices of one subject share a message', () => {
    const groups = [told(), told({ kind: 'name-refused', topic: 'name', severity: 'critical' })].map(
      (said) => targetsOf(said, plain)[0]?.group,
    )
    expect(groups).toEqual(['subject phone:493023125301', 'subject phone:493023125301'])
  })
})

describe('the tree', () => {
  const tree = routing(`
    receivers:
      templates: { slack: C0TEMPLATES }
      night: { telegram: -900, desk: true, topic: 4 }
    routes:
      - match: { kind: 'template-*' }
        to: [audience, templates]
        routes:
          - match: { severity: critical }
            to: [night]
          - match: { partner: nord }
            continue: true
            to: [desk]
      - match: { severity: critical }
        to: [night]
        continue: true
      - match: { country: DE, audience: partner }
        to: [desk]
      - match: { kind: noise }
        to: []
  `)

  it.each<[string, Partial<Notice>, [string, string][]]>([
    [
      'the first route that matches takes it',
      { kind: 'template-rejected', country: 'DE' },
      [
        ['C0ALERTS', 'routes[0]'],
        ['7001', 'routes[0]'],
        ['C0TEMPLATES', 'routes[0]'],
      ],
    ],
    [
      'a route inside it comes first',
      { kind: 'template-rejected', severity: 'critical' },
      [['-900/4', 'routes[0].routes[0]']],
    ],
    [
      'with continue it goes on as if that route had not taken it, and a room hears it once',
      { kind: 'template-rejected', partner: 'nord' },
      [
        ['C0ALERTS', 'routes[0].routes[1]'],
        ['-8002', 'routes[0]'],
        ['-8003', 'routes[0]'],
        ['C0TEMPLATES', 'routes[0]'],
      ],
    ],
    [
      'down to the default',
      { severity: 'critical' },
      [
        ['-900/4', 'routes[1]'],
        ['C0ALERTS', 'default'],
        ['7001', 'default'],
      ],
    ],
    ['a route decides, not whom procedures.md means', { country: 'DE' }, [['C0ALERTS', 'routes[2]']]],
    ['a route to nowhere silences', { kind: 'noise' }, []],
  ])('%s', (_, said, targets) => {
    const found = targetsOf(told(said), tree).map(({ to, route }) => [
      `${to.room}${to.topic ? `/${to.topic}` : ''}`,
      route,
    ])
    expect(found).toEqual(targets)
  })
})

describe('what a route asks for', () => {
  const said = told({
    kind: 'template-rejected',
    severity: 'warning',
    country: 'BR',
    clientName: 'Padaria São João',
    params: { name: 'order_update', reason: 'INVALID_FORMAT' },
  })

  it.each([
    ["kind: 'template-*'", true],
    ["kind: '*-rejected'", true],
    ['kind: template', false],
    ['kind: [account-disabled, template-rejected]', true],
    ['severity: warning', true],
    ['severity: [info, critical]', false],
    ['atLeast: info', true],
    ['atLeast: critical', false],
    ['partner: bright', true],
    ['partner: [nord, quiet]', false],
    ['client: são joão', true],
    ['client: Bakery', false],
    ["phone: '+49 30 23*'", true],
    ["phone: '+49 30'", false],
    ["subject: 'phone:*'", true],
    ["subject: 'waba:*'", false],
    ['country: [de, br]', true],
    ['country: DE', false],
    ['text: invalid_format', true],
    ['text: spam', false],
    ['audience: partner', true],
    ['audience: destination-partner', false],
    ['kind: template-rejected, severity: critical', false],
  ])('{ %s }', (match, fits) => {
    const tree = routing(`{ routes: [{ match: { ${match} }, to: [] }] }`)
    expect(heard(said, tree)).toEqual(fits ? [] : ['C0ALERTS', '7001'])
  })

  it('what is not known matches nothing', () => {
    const tree = routing('{ routes: [{ match: { partner: bright }, to: [] }, { match: { country: DE }, to: [] }] }')
    expect(heard(notice(), tree)).toEqual(['C0ALERTS'])
  })
})

describe('how a route tells', () => {
  const one = (route: string, said: Partial<Notice> = {}, above = '') =>
    targetsOf(told(said), routing(`{ ${above} routes: [{ to: [desk], ${route} }] }`))[0]

  it('durations, and none', () => {
    const loud = one('wait: 0s, interval: 90s, repeat: 1h, remind: 3d, repeats: 2')
    expect(loud?.telling).toEqual({
      wait: 0,
      interval: 90 * second,
      repeat: 60 * minute,
      remind: 4320 * minute,
      repeats: 2,
    })
    expect(one('repeat: false, remind: false', { severity: 'critical' })?.telling).not.toHaveProperty('repeat')
  })

  it('what is inside inherits, and may take back', () => {
    const above = "quiet: { from: '22:00', to: '07:00', weekends: true }, repeat: 2h,"
    expect(one('wait: 1m', {}, above)?.telling).toMatchObject({
      repeat: 120 * minute,
      quiet: { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin', weekends: true },
    })
    expect(one('quiet: false, repeat: false', {}, above)?.telling).toEqual(one('wait: 5s')?.telling)
  })

  it('quiet hours and digests are those of the room, unless they name a time zone', () => {
    const zones = targetsOf(
      told({ severity: 'info' }),
      routing("{ quiet: { from: '22:00', to: '07:00' }, digest: { every: week, at: '08:30', timeZone: Asia/Tokyo } }"),
    ).map(({ telling }) => [telling.quiet?.timeZone, telling.digest])
    const digest = { every: 'week', at: '08:30', timeZone: 'Asia/Tokyo' }
    expect(zones).toEqual([
      ['Europe/Berlin', digest],
      ['America/Sao_Paulo', digest],
    ])
  })

  it('the time zone of a topic is not that of the rest of its chat', () => {
    const zones = targetsOf(
      told({ audience: ['partner'] }),
      routing(`
        quiet: { from: '22:00', to: '07:00' }
        to: [audience, topic, other]
        receivers:
          topic: { telegram: 7001, topic: 7, timeZone: Asia/Tokyo }
          other: { telegram: 7001, topic: 8 }
      `),
    ).map(({ telling }) => telling.quiet?.timeZone)
    expect(zones).toEqual(['America/Sao_Paulo', 'Asia/Tokyo', 'America/Sao_Paulo'])
  })

  it('what is critical never waits for a digest', () => {
    expect(one('digest: { every: day }', { severity: 'critical' })).toMatchObject({
      group: 'subject phone:493023125301',
    })
    expect(one('digest: { every: day }', { severity: 'critical' })?.telling).not.toHaveProperty('digest')
    expect(one('digest: { every: day }, severity: warning', { severity: 'critical' })?.telling).toHaveProperty('digest')
  })

  it('a digest can be refused', () => {
    expect(one('digest: false', { severity: 'info', digest: true })?.telling).not.toHaveProperty('digest')
  })

  it.each([
    ['group: [partner]', 'partner bright'],
    ['group: [kind, severity]', 'kind quality-low, severity warning'],
    ['group: [subject, topic]', 'subject phone:493023125301, topic quality'],
    ['group: [client, country]', 'client unknown, country unknown'],
    ['group: [kind], digest: {}', 'digest day 09:00 Europe/Berlin, kind quality-low'],
    ['severity: critical, group: [severity]', 'severity critical'],
  ])('%s', (route, group) => {
    expect(one(route)?.group).toBe(group)
  })

  it('a long name is cut to what any database takes: no half of a character is left', () => {
    const clientName = `${'x'.repeat(99)}🌱 Gardens`
    expect(one('group: [client]', { clientName })?.group).toBe(`client ${'x'.repeat(99)}\ufffd`)
  })

  it('a severity and texts of its own', () => {
    const route = 'severity: critical, template: { quality-low: "Call {{client}}", other: "x" }'
    expect(one(route)).toMatchObject({
      severity: 'critical',
      template: 'Call {{client}}',
      telling: { repeat: 30 * minute },
    })
    expect(one(route, { kind: 'name-refused' })).not.toHaveProperty('template')
  })
})

describe('subscriptions', () => {
  const by = { id: 'slack:U0ANA', name: 'Ana' }
  const asked = (id: number, room: string, match: Subscription['match'], partner?: string): Subscription => ({
    id,
    to: { surface: /^C/.test(room) ? 'slack' : 'telegram', room },
    match,
    by,
    ...(partner !== undefined && { partner }),
  })

  it('a room hears what it asked for, beside what the routes say', () => {
    const all = routing('', [
      asked(1, 'C0QUALITY', { kinds: ['quality-*'], countries: ['DE'] }),
      asked(2, 'C0OTHER', { kinds: ['template-*'] }),
      asked(3, '-7002', { severities: ['warning'] }, 'bright'),
    ])
    const targets = targetsOf(told({ country: 'DE' }), all)
    expect(targets.map(({ to, route }) => `${to.room} ${route}`)).toEqual([
      'C0ALERTS default',
      '7001 default',
      'C0QUALITY subscription 1',
      '-7002 subscription 3',
    ])
  })

  it('a room that the routes tell already is not told again', () => {
    const twice = routing('', [asked(1, '7001', {}, 'bright'), asked(2, 'C0ALERTS', {})])
    expect(heard(told(), twice)).toEqual(['C0ALERTS', '7001'])
  })

  it('a topic of a forum is another room than the rest of its chat', () => {
    const inTopic = (id: number, room: string, topic: number): Subscription => {
      const { to, ...rest } = asked(id, room, {}, 'bright')
      return { ...rest, to: { ...to, topic } }
    }
    const all = routing('', [
      inTopic(1, '7001', 5),
      inTopic(2, '7001', 6),
      inTopic(3, '7001', 6),
      inTopic(4, '-8001', 5),
    ])
    const targets = targetsOf(told(), all).map(({ to, route }) => `${to.room} ${to.topic ?? 'General'} ${route}`)
    expect(targets).toEqual([
      'C0ALERTS General default',
      '7001 General default',
      '7001 5 subscription 1',
      '7001 6 subscription 2',
    ])
  })

  it('a partner hears of its own clients only, and what is meant for partners only', () => {
    const wide = routing('', [asked(1, '7001', {}, 'bright'), asked(2, '-8001', {}, 'nord')])
    expect(heard(told(), wide)).toEqual(['C0ALERTS', '7001'])
    expect(heard(only(['desk']), wide)).toEqual(['C0ALERTS'])
    expect(heard(told({ partner: 'quiet' }), wide)).toEqual(['C0ALERTS'])
    expect(heard(notice(), wide)).toEqual(['C0ALERTS'])
  })

  it('a chat that is no partner’s any more hears nothing', () => {
    expect(heard(told(), routing('', [asked(1, '4444', {}, 'bright')]))).toEqual(['C0ALERTS', '7001'])
  })

  it('a chat with a new id stays its partner’s', () => {
    const moved = routingOf(
      desk(),
      [asked(1, '-7002', {}, 'bright')],
      new Map([
        ['7001', '-1007'],
        ['-7002', '-1008'],
      ]),
    )
    expect(heard(told(), moved)).toEqual(['C0ALERTS', '-1007', '-1008'])
    expect(heard(told({ partner: 'nord' }), moved)).toEqual(['C0ALERTS', '-8002', '-8003'])
  })
})

describe('a chat that moved to the id of a chat that the set-up gives to another partner', () => {
  it.each([
    ['-8001', '7001'],
    ['7001', '-8002'],
  ])('is that of the other: %s to %s', (from, to) => {
    const moved = routingOf(desk(), [], new Map([[from, to]]))
    expect(heard(told({ audience: ['partner'] }), moved)).toEqual([from === '7001' ? '-7002' : '7001'])
    expect(heard(told({ audience: ['partner'], partner: 'nord' }), moved)).toEqual(['-8002', '-8003'])
  })
})

describe('the end of a problem', () => {
  const relief = (more: Partial<Notice> = {}) =>
    told({ kind: 'quality-back', severity: 'info', mood: 'relief', audience: ['partner'], ...more })

  it('reaches those who heard of the problem, and is no news to them', () => {
    expect(heard(relief(), routing())).toEqual(['7001', 'C0ALERTS (ends)'])
  })

  it.each([
    ['routes by severity', '{ match: { severity: critical }, to: [far] }'],
    ['routes by at least a severity', '{ match: { atLeast: warning }, to: [far] }'],
    ['routes by kind', '{ match: { kind: quality-low }, to: [far] }'],
    ['routes by what the problem said', '{ match: { text: flagged }, to: [far] }'],
    ['routes by audience', '{ match: { audience: desk }, to: [far] }'],
    ['routes inside routes', '{ match: { partner: bright }, routes: [{ match: { severity: warning }, to: [far] }] }'],
  ])('%s', (_, route) => {
    const tree = routing(`{ receivers: { far: { slack: C0FAR } }, routes: [${route}] }`)
    expect(heard(relief(), tree)).toContain('C0FAR (ends)')
  })

  it('does not go where the problem cannot have gone', () => {
    const tree = routing('{ receivers: { far: { slack: C0FAR } }, routes: [{ match: { partner: nord }, to: [far] }] }')
    expect(heard(relief(), tree)).not.toContain('C0FAR (ends)')
  })

  it('finds the problem in a message by severity', () => {
    const groups = targetsOf(relief(), routing('{ group: [severity] }')).map(({ to, group }) => `${to.room} ${group}`)
    expect(groups).toContain('C0ALERTS severity critical')
    expect(groups).toContain('7001 severity warning')
  })

  it('is no alarm, however severe its route makes the problem', () => {
    expect(targetsOf(relief(), routing('{ severity: critical }')).map(({ severity }) => severity)).toEqual([
      'info',
      'info',
    ])
  })
})
