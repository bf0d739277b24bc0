import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { openTexts } from '../../src/bot/texts.ts'
import { describeRoutes } from '../../src/commands/routes.ts'
import { routesTest } from '../../src/commands/routes-test.ts'
import { type DeskConfig, readDeskConfig } from '../../src/config.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const document = read('docs/notices.md')
const sandbox: object = parse(read('src/sandbox/portdesk.yaml'))
const folder = mkdtempSync(join(tmpdir(), 'portdesk-notices-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fileOf(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

/** The sandbox's desk with a `notices` part as the document shows it. */
const deskWith = (yaml: string): DeskConfig =>
  readDeskConfig({ PORTDESK_CONFIG: fileOf('portdesk.yaml', stringify({ ...sandbox, ...parse(yaml) })) })

const textsOf = openTexts(new URL('../../locales/', import.meta.url))
const tested = (args: string[], desk: DeskConfig) => routesTest(args, desk, textsOf)

const block = (text: string, kind: string) => text.match(new RegExp(`\`\`\`${kind}\n([\\s\\S]*?)\n\`\`\``))?.[1] ?? ''

const examples = (document.split('## Five examples')[1]?.split('\n## ')[0] ?? '')
  .split('\n### ')
  .slice(1)
  .map((text) => ({
    title: text.split('\n')[0] ?? '',
    yaml: block(text, 'yaml'),
    event: block(text, 'json'),
    command: text.match(/`npm run -s portdesk -- routes test (.+)` says:/)?.[1] ?? '',
    says: block(text, 'text'),
  }))

describe('docs/notices.md', () => {
  it('has five examples', () => {
    expect(examples).toHaveLength(5)
  })

  it.each(examples)('tells the truth: $title', ({ yaml, event, command, says }) => {
    const words = command.match(/'[^']*'|\S+/g) ?? []
    const [, ...options] = words.map((word) => word.replaceAll("'", ''))
    expect(tested([fileOf('event.json', event), ...options], deskWith(yaml))).toBe(says)
  })

  it('shows a tree that a desk starts with', () => {
    const tree = document.split('## The tree')[1] ?? ''
    expect(deskWith(block(tree, 'yaml')).notices?.routes).toHaveLength(2)
  })

  it('names every condition and every setting of a route', () => {
    const route =
      '{ to: [], group: [kind], wait: 1s, interval: 1s, repeat: 1m, remind: 1m, repeats: 1, severity: info, template: {}, quiet: false, digest: false }'
    const settings = Object.keys(deskWith(`notices: { routes: [${route}] }`).notices?.routes[0] ?? {})
    const named = [...document.matchAll(/^\| (.+?) \|/gm)].flatMap(
      ([, cell = '']) => cell.match(/(?<=`)\w+(?=`)/g) ?? [],
    )
    const besides = ['match', 'continue', 'routes']
    expect(named).toEqual(expect.arrayContaining(settings.filter((key) => !besides.includes(key))))
    const conditions = [
      'kind',
      'severity',
      'atLeast',
      'partner',
      'client',
      'phone',
      'subject',
      'country',
      'text',
      'audience',
    ]
    expect(named).toEqual(expect.arrayContaining(conditions))
  })
})

describe('portdesk routes', () => {
  it('names the rooms of routes beside those of the desk and the partners', () => {
    const far = 'far: { slack: C0FAR }, watch: { telegram: -900, topic: 5, desk: true }'
    const lines = describeRoutes(deskWith(`notices: { receivers: { ${far} } }`)).split('\n')
    expect(lines).toContain('Slack C0ALERTS: notices')
    expect(lines.slice(-2)).toEqual([
      'Slack C0FAR: notices of the routes to far',
      'Telegram -900, topic 5: notices of the routes to watch',
    ])
  })
})

describe('portdesk routes test', () => {
  const desk = deskWith('notices: {}')
  const event = (payload: unknown) => fileOf('event.json', JSON.stringify(payload))
  const security = { field: 'security', value: { display_phone_number: '+49 30 23125301', event: 'PIN_CHANGED' } }

  it('takes a single change, as it is sent or as the inbox keeps it', () => {
    const sent = tested([event(security), '--partner', 'brightline'], desk)
    expect(sent).toMatch(/^two-step-on \(warning\) about \+49 30 23125301\n/)
    expect(tested([event({ source: 'meta', ...security }), '--partner', 'brightline'], desk)).toBe(sent)
  })

  it('takes a list of changes and posts of whatever source, and a file that begins with a byte order mark', () => {
    const found = { source: 'poll', event: 'balance-used-up', data: { clientId: 'c1', balance: 0, currency: 'EUR' } }
    const ready = { event: 'channel_ready', data: { id: 'Kd73LmCH' } }
    const list = JSON.stringify([found, { source: 'meta', ...security }, { entry: [{ changes: [security] }] }, ready])
    const said = tested([fileOf('list.json', `\ufeff${list}`)], desk)
    expect(said.match(/^\S+ \(\w+\)/gm)).toEqual([
      'balance-used-up (critical)',
      'two-step-on (warning)',
      'two-step-on (warning)',
      'channel-ready (info)',
    ])
  })

  it('tells of each change in a post', () => {
    const post = {
      entry: [
        {
          id: '1029',
          time: 1,
          changes: [security, { field: 'flows', value: {} }, { ...security, field: 'new_thing' }],
        },
      ],
    }
    const said = tested([event(post)], desk)
    expect(said).toMatch(/^two-step-on[\s\S]*\n\nflows: nothing worth saying\n\nunknown-event/)
    expect(said).toContain('Of no partner that is known here')
  })

  it('says so when nothing of a post is kept', () => {
    expect(tested([event({ entry: [{ id: '1', changes: [{ field: 'calls', value: {} }] }] })], desk)).toMatch(
      /^Nothing in it/,
    )
  })

  it('says what a poll found, and where nobody hears of it', () => {
    const silent = deskWith('notices: { to: [] }')
    const found = { source: 'poll', event: 'balance-used-up', data: { clientId: 'c1', balance: -3.2, currency: 'EUR' } }
    expect(tested([event(found)], silent)).toMatch(/^balance-used-up \(critical\) about client:c1\n[\s\S]*Goes nowhere/)
  })

  it.each([
    ['no file', [], /^portdesk routes test <event\.json>/],
    [
      'a partner that is not there',
      [event(security), '--partner', 'acme'],
      /^There is no partner acme; there are brightline/,
    ],
    ['what is not there', [join(folder, 'no-such.json')], /no-such\.json cannot be read: ENOENT/],
    ['what is broken', [fileOf('broken.json', '{"entry":')], /broken\.json cannot be read: Unexpected end of JSON/],
    ['a list of nothing', [fileOf('nothing.json', '[1]')], /^That is no webhook of Meta or 360dialog/],
    ['what is no webhook', [fileOf('no-event.json', '{"hello":"world"}')], /^That is no webhook of Meta or 360dialog/],
  ])('refuses %s with a sentence', (_, args, sentence) => {
    expect(() => tested(args, desk)).toThrow(sentence)
  })
})
