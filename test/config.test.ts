import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { ConfigError, readConfig } from '../src/config.ts'

const folder = mkdtempSync(join(tmpdir(), 'portdesk-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

const person = { slack: 'U0ANA', name: 'Ana', role: 'support' }
const partner = (id: string, ...chats: number[]) => ({
  id,
  name: `Partner ${id}`,
  hub: { partner: 'AbCdPA', key: `HUB_KEY_${id.toUpperCase()}` },
  telegram: chats.map((chat) => ({ chat })),
})
const desk = { slack: { cases: 'C0CASES', alerts: 'C0ALERTS' }, people: [person], partners: [partner('bright', 7001)] }

const env = {
  SLACK_BOT_TOKEN: 'xoxb-value-bot',
  SLACK_SIGNING_SECRET: 'value-signing',
  TELEGRAM_BOT_TOKEN: '4242:value-telegram',
  HUB_KEY_BRIGHT: 'value-hub-key',
}

let files = 0
const fileOf = (text: string) => {
  files += 1
  const file = join(folder, `${files}.yaml`)
  writeFileSync(file, text)
  return file
}
const read = (given: unknown = desk, more: Record<string, string | undefined> = {}) =>
  readConfig({ ...env, PORTDESK_CONFIG: fileOf(stringify(given)), ...more })

/** The faults a set-up has, without the name of the file. */
function faults(given?: unknown, more?: Record<string, string | undefined>): string[] {
  try {
    read(given, more)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const lines = error.message.split('\n').slice(1)
    return lines.map((line) => line.replace(/^ {2}- /, '').replaceAll(/\/\S*\/\d+\.yaml(: )?/g, ''))
  }
}

describe('the set-up', () => {
  it('fills in what need not be said', () => {
    const config = read()
    expect(config.env).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', GRAPH_VERSION: 'v26.0', LOG_LEVEL: 'info' })
    expect(config.desk.people[0]).toEqual({ ...person, language: 'en', timeZone: 'UTC' })
    expect(config.desk.partners[0]).toMatchObject({ payment: 'direct', telegram: [{ chat: 7001, language: 'en' }] })
    expect(config.hubKeys).toEqual({ bright: 'value-hub-key' })
  })

  it('takes an empty variable for one that is not set', () => {
    expect(read(desk, { PORT: '', LOG_LEVEL: '', REDIS_URL: '', DATABASE_URL: '' }).env).toMatchObject({ PORT: 3000 })
    expect(faults(desk, { TELEGRAM_BOT_TOKEN: '' })).toEqual(['TELEGRAM_BOT_TOKEN is missing'])
    expect(faults(desk, { HUB_KEY_BRIGHT: '' })).toEqual([
      expect.stringMatching(/^HUB_KEY_BRIGHT is missing: the Hub API key of Partner bright/),
    ])
  })

  it('lets the desk cancel subscriptions only when it is told so', () => {
    expect(read().desk.cancellation).toBeUndefined()
    expect(read({ ...desk, cancellation: {} }).desk.cancellation).toEqual({ byApi: false })
    expect(read({ ...desk, cancellation: { byApi: true } }).desk.cancellation).toEqual({ byApi: true })
  })

  it('has support agree to a new API key unless it is told otherwise', () => {
    expect(read().desk.apiKey).toBeUndefined()
    expect(read({ ...desk, apiKey: {} }).desk.apiKey).toEqual({ approval: true })
    expect(read({ ...desk, apiKey: { approval: false } }).desk.apiKey).toEqual({ approval: false })
    expect(faults({ ...desk, apiKey: { approval: 'perhaps' } })).toHaveLength(1)
  })

  it('reads two secrets during a rotation', () => {
    const { env: both } = read(desk, { SLACK_SIGNING_SECRET: 'new-secret, old-secret', META_APP_SECRET: 'one-secret' })
    expect(both.SLACK_SIGNING_SECRET).toEqual(['new-secret', 'old-secret'])
    expect(both.META_APP_SECRET).toEqual(['one-secret'])
    expect(faults(desk, { SLACK_SIGNING_SECRET: 'new-secret,short' })).toEqual([
      'SLACK_SIGNING_SECRET.1 is too short for a secret',
    ])
  })

  it('reads from whom the webhooks of the Hub may come', () => {
    const more = { HUB_WEBHOOK_HEADER: 'X-From-Proxy:  value-proxy', HUB_WEBHOOK_ADDRESSES: '192.0.2.7, 2001:db8::/32' }
    expect(read(desk, more).env).toMatchObject({
      HUB_WEBHOOK_HEADER: { name: 'x-from-proxy', value: 'value-proxy' },
      HUB_WEBHOOK_ADDRESSES: ['192.0.2.7', '2001:db8::/32'],
    })
    for (const wrong of ['value-proxy', 'X-From-Proxy: short', ': value-proxy']) {
      expect(faults(desk, { HUB_WEBHOOK_HEADER: wrong })).toHaveLength(1)
    }
    for (const wrong of ['hub.example', '192.0.2.7/33', '192.0.2.7,']) {
      expect(faults(desk, { HUB_WEBHOOK_ADDRESSES: wrong })).toEqual([
        expect.stringContaining('HUB_WEBHOOK_ADDRESSES.'),
      ])
    }
  })

  it('names every fault at once, each with its path', () => {
    const bad = {
      slack: { cases: '', language: 'en', timeZone: 'Berlin' },
      people: [{ ...person, role: 'boss' }],
      partners: [{ ...partner('Bright!'), colour: 'red' }],
    }
    const more = { PORT: '70000', PUBLIC_URL: 'nowhere', SLACK_BOT_TOKEN: undefined, GRAPH_VERSION: '26' }
    const paths = faults(bad, more).map((line) => line.split(' ')[0])
    expect(paths.toSorted()).toEqual(
      [
        'GRAPH_VERSION',
        'PORT',
        'PUBLIC_URL',
        'SLACK_BOT_TOKEN',
        'partners.0',
        'partners.0.hub.key',
        'partners.0.id',
        'people.0.role',
        'slack.alerts',
        'slack.cases',
        'slack.timeZone',
      ].toSorted(),
    )
  })

  it.each([
    ['a token', { SLACK_BOT_TOKEN: 'xyz' }],
    ['a secret', { SLACK_SIGNING_SECRET: 'xyz' }],
    ['an address', { GRAPH_API_URL: 'xyz', SLACK_API_URL: 'xyz', CLOCK_URL: 'xyz' }],
    ['a word', { SLACK_MODE: 'xyz', LOG_LEVEL: 'xyz', GRAPH_VERSION: 'xyz', TELEGRAM_WEBHOOK_SECRET: 'xyz' }],
    ['a number', { PORT: 'xyz' }],
  ])('never shows a value: %s', (_, more) => {
    const told = faults(desk, more)
    expect(told.length).toBeGreaterThan(0)
    expect(told.join('\n')).not.toContain('xyz')
  })

  it('never shows a value of the file either', () => {
    const told = faults({ ...desk, people: [{ ...person, role: 'xyz', timeZone: 'xyz' }], partners: 'xyz' })
    expect(told).toHaveLength(3)
    expect(told.join('\n')).not.toContain('xyz')
  })

  it('wants somebody to work at the desk', () => {
    expect(faults({ ...desk, people: [] })).toEqual(['people needs at least one person'])
  })

  it('lets a chat belong to one partner only', () => {
    const two = { ...desk, partners: [partner('bright', 7001, 7002), partner('north', 7002)] }
    expect(faults(two, { HUB_KEY_NORTH: 'value-hub-key' })).toEqual([
      'the Telegram chat 7002 belongs to two partners; a chat may belong to one only',
    ])
  })

  it('says where the file ought to be, and when it is no YAML', () => {
    const missing = { ...env, PORTDESK_CONFIG: join(folder, 'nowhere.yaml') }
    expect(() => readConfig(missing)).toThrow(
      /nowhere\.yaml: is not there; copy portdesk\.example\.yaml and fill it in/,
    )
    const broken = { ...env, PORTDESK_CONFIG: fileOf('slack: [1, 2') }
    expect(() => readConfig(broken)).toThrow(/cannot be read/)
    expect(() => readConfig({ ...env, PORTDESK_CONFIG: fileOf('') })).toThrow(ConfigError)
  })
})

describe('the routes of notices', () => {
  const notices = (part: unknown) => faults({ ...desk, notices: part })

  it('need not be said', () => {
    expect(read().desk.notices).toBeUndefined()
    expect(read({ ...desk, notices: {} }).desk.notices).toEqual({ receivers: {}, routes: [] })
  })

  it('names every fault with its path, as deep as it lies', () => {
    const routes = [
      { match: { kind: [], severity: 'loud', country: 'Germany', colour: 'red' }, wait: '15 minutes', group: ['room'] },
      { routes: [{ quiet: { from: '22', to: '07:00' }, digest: { every: 'month' }, repeat: '45d', repeats: -1 }] },
    ]
    const paths = notices({ routes, template: { x: '' } }).map((line) => line.split(' ')[0])
    const inside = 'notices.routes.1.routes.0'
    expect(paths.toSorted()).toEqual(
      [
        'notices.routes.0.group.0',
        'notices.routes.0.match',
        'notices.routes.0.match.country.0',
        'notices.routes.0.match.kind',
        'notices.routes.0.match.severity.0',
        'notices.routes.0.wait',
        'notices.template.x',
        `${inside}.digest.every`,
        `${inside}.quiet.from`,
        `${inside}.repeat`,
        `${inside}.repeats`,
      ].toSorted(),
    )
  })

  it.each([
    [
      'a receiver that is not there',
      { routes: [{ to: ['desk', 'billing'] }] },
      /^notices\.routes\.0\.to\.1 is none of audience, desk, partner, destination, and none of notices\.receivers$/,
    ],
    [
      'a partner that is not there',
      { routes: [{ routes: [{ match: { partner: 'nord' } }] }] },
      /^notices\.routes\.0\.routes\.0\.match\.partner\.0 is the id of no partner$/,
    ],
    [
      'a kind that is misspelled',
      { routes: [{ match: { kind: ['template-*', 'tempalte-*'] } }] },
      /^notices\.routes\.0\.match\.kind\.1 fits no kind of notice$/,
    ],
    [
      'a number without digits',
      { routes: [{ match: { phone: ['+49*', 'Berlin'] } }] },
      /^notices\.routes\.0\.match\.phone\.1 is no number nor its beginning$/,
    ],
    [
      'a text for a kind that is not there',
      { template: { 'template-refused': 'No.' } },
      /^notices\.template\.template-refused is for no kind of notice$/,
    ],
    [
      'a Telegram chat that could be anybody’s',
      { receivers: { far: { telegram: -900 } } },
      /^notices\.receivers\.far is a chat of no partner; say desk: true/,
    ],
    [
      'a partner’s chat as a room of the desk',
      { receivers: { far: { telegram: 7001, desk: true } } },
      /^notices\.receivers\.far is a chat of the partner bright/,
    ],
    ['a receiver that is no room', { receivers: { far: {} } }, /^notices\.receivers\.far needs slack or telegram$/],
    [
      'a receiver that is two rooms',
      { receivers: { far: { slack: 'C0FAR', telegram: 7001 } } },
      /^notices\.receivers\.far needs slack or telegram$/,
    ],
    [
      'a name that is taken',
      { receivers: { desk: { slack: 'C0FAR' } } },
      /^notices\.receivers\.desk has a name that means something else already$/,
    ],
    ['a night without end', { quiet: { from: '22:00', to: '22:00' } }, /^notices\.quiet ends when it begins$/],
  ])('refuses %s', (_, part, fault) => {
    expect(notices(part)).toEqual([expect.stringMatching(fault)])
  })
})

describe('how Slack is reached', () => {
  const socket = { SLACK_APP_TOKEN: 'xapp-value', SLACK_SIGNING_SECRET: undefined }

  it.each([
    ['by HTTP with a signing secret', {}, undefined],
    ['by HTTP, although there is an app token', { SLACK_APP_TOKEN: 'xapp-value' }, undefined],
    ['by Socket Mode without a signing secret', socket, undefined],
    ['by Socket Mode when asked for', { SLACK_MODE: 'socket', SLACK_APP_TOKEN: 'xapp-value' }, undefined],
    [
      'not at all without both',
      { SLACK_SIGNING_SECRET: undefined },
      /SLACK_SIGNING_SECRET is missing \(or SLACK_APP_TOKEN/,
    ],
    ['not by Socket Mode without an app token', { SLACK_MODE: 'socket' }, /SLACK_APP_TOKEN/],
    ['not by HTTP without a signing secret', { ...socket, SLACK_MODE: 'http' }, /SLACK_SIGNING_SECRET is missing/],
  ])('%s', (_, more, fault) => {
    const told = faults(desk, more)
    if (fault) expect(told).toEqual([expect.stringMatching(fault)])
    else expect(told).toEqual([])
  })
})

describe('how Telegram is reached', () => {
  const secret = 'abcdefghijklmnop'

  it('by polling without a public address, by webhook with one and a secret', () => {
    expect(faults(desk, { PUBLIC_URL: 'https://desk.example', TELEGRAM_WEBHOOK_SECRET: secret })).toEqual([])
  })

  it('never by a webhook that anybody could call', () => {
    expect(faults(desk, { PUBLIC_URL: 'https://desk.example' })).toEqual([
      expect.stringMatching(/^TELEGRAM_WEBHOOK_SECRET is missing/),
    ])
    const weak = { PUBLIC_URL: 'https://desk.example', TELEGRAM_WEBHOOK_SECRET: 'not good' }
    expect(faults(desk, weak)).toEqual([expect.stringMatching(/^TELEGRAM_WEBHOOK_SECRET /)])
  })
})

describe.each(['../src/sandbox/portdesk.yaml', '../portdesk.example.yaml'])('%s', (name) => {
  const file = fileURLToPath(new URL(name, import.meta.url))
  const raw: { partners: { hub: { key: string } }[] } = parse(readFileSync(file, 'utf8'))

  it('is a set-up that works', () => {
    const keys = Object.fromEntries(raw.partners.map(({ hub }) => [hub.key, 'value-hub-key']))
    const { desk: read, hubKeys } = readConfig({ ...env, ...keys, PORTDESK_CONFIG: file })
    expect(Object.keys(hubKeys)).toEqual(read.partners.map(({ id }) => id))
  })
})
