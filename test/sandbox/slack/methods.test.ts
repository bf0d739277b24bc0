import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { SlackError } from '../../../src/sandbox/slack/errors.ts'
import { slackMessages } from '../../../src/sandbox/slack/messages.ts'
import { webMethods } from '../../../src/sandbox/slack/methods.ts'
import { slackTables } from '../../../src/sandbox/slack/tables.ts'
import { viewTriggers } from '../../../src/sandbox/slack/triggers.ts'
import { slackViews } from '../../../src/sandbox/slack/views.ts'
import { testGround } from '../ground.ts'

const spec = fileURLToPath(new URL('../../../../shared/specs/slack-methods.json', import.meta.url))
if (!existsSync(spec)) console.warn(`methods are not compared: ${spec} is missing`)
const published = z.object({
  methods: z.record(
    z.string(),
    z.object({
      required: z.array(z.string()),
      rate_limits: z.string(),
      errors: z.array(z.string()),
      args: z.array(z.string()),
    }),
  ),
})

const ground = testGround()
const tables = slackTables(ground.journal)
const messages = slackMessages(ground, tables)
const parts = { ground, messages, views: slackViews(ground, tables), triggers: viewTriggers() }
const methods = webMethods(parts, tables, { ticket: () => 'ws://127.0.0.1:1' })

describe.skipIf(!existsSync(spec))('the published reference', () => {
  const reference = () => published.parse(JSON.parse(readFileSync(spec, 'utf8'))).methods

  it.each(Object.entries(methods))('%s has the same required arguments and tier', (name, { required, tier }) => {
    const known = reference()[name]
    expect({ required: [...required].sort(), tier }).toEqual({
      required: known?.required.toSorted(),
      tier: known?.rate_limits,
    })
  })

  it('knows every error code that a method refuses with', () => {
    const folder = fileURLToPath(new URL('../../../src/sandbox/slack/', import.meta.url))
    const known = new Set(Object.values(reference()).flatMap(({ errors }) => errors))
    const sources = readdirSync(folder).filter((file) => file.endsWith('.ts') && file !== 'response-urls.ts')
    const used = sources.flatMap((file) => [
      ...readFileSync(`${folder}${file}`, 'utf8').matchAll(/SlackError\(\s*'([a-z_]+)'/g),
    ])
    expect(used.length).toBeGreaterThan(30)
    expect(used.map(([, code = '']) => code).filter((code) => !known.has(code))).toEqual([])
  })
})

describe('triggers', () => {
  it('work once, within three seconds', () => {
    let now = 1_700_000_000_000
    const triggers = viewTriggers({ now: () => now })
    const first = triggers.make('U0ANA')
    const second = triggers.make('U0BEN')
    now += 2999
    expect(triggers.spend(first).user).toBe('U0ANA')
    expect(() => triggers.spend(first)).toThrow(new SlackError('exchanged_trigger_id'))
    now += 2
    expect(() => triggers.spend(second)).toThrow(new SlackError('expired_trigger_id'))
  })
})

describe('timestamps', () => {
  it('only ever grow, also over a restart', () => {
    const drawn = Array.from({ length: 50 }, () => messages.stamp())
    const { ts } = messages.post({ channel: 'C0CASES', user: 'U0ANA', bot: false, text: 'x', blocks: [] })
    const again = slackMessages(ground, tables).stamp()
    const all = [...drawn, ts, again]
    expect(all).toEqual([...new Set(all)].sort())
  })
})
