import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { schemaFaults } from './json-schema.ts'
import { spec } from './specs.ts'

const root = new URL('../../../', import.meta.url)
const raw: unknown = parse(readFileSync(new URL('manifest.yml', root), 'utf8'))
const manifest = z
  .object({
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
    settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
  })
  .parse(raw)
const scopes = manifest.oauth_config.scopes.bot

const folder = new URL('src/bot/slack/', root)
const source = readdirSync(folder)
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n')
/** Web API methods that the sources call: `client.chat.postMessage(`. */
const called = [
  ...new Set([...source.matchAll(/client\.([a-z]+)\.([a-zA-Z]+)\(/g)].map(([, family, name]) => `${family}.${name}`)),
]

const schema = spec('slack-manifest-schema-2.json')
const methods = spec('slack-methods.json')

/** Event subscriptions and the scope that each needs. */
const eventScopes: Record<string, string | undefined> = {
  app_home_opened: undefined,
  app_mention: 'app_mentions:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
}

describe('manifest.yml', () => {
  it.skipIf(!schema)('is one that Slack takes', () => {
    expect(schemaFaults(schema, raw)).toEqual([])
    expect(schemaFaults(schema, { display_information: { nam: 'x' } })).not.toEqual([])
  })

  it.skipIf(!methods)('has a scope for every method that is called', () => {
    const known = z
      .object({ methods: z.record(z.string(), z.object({ scope: z.object({ bot: z.array(z.string()).optional() }) })) })
      .parse(methods).methods
    expect(called.sort()).toEqual([
      'auth.test',
      'chat.postEphemeral',
      'chat.postMessage',
      'chat.update',
      'conversations.history',
      'conversations.open',
      'conversations.replies',
      'files.completeUploadExternal',
      'files.getUploadURLExternal',
      'views.open',
      'views.publish',
      'views.update',
    ])
    for (const name of called) {
      const needed = known[name]?.scope.bot ?? []
      expect(Object.keys(known)).toContain(name)
      expect(needed.length === 0 || needed.some((scope) => scopes.includes(scope)), name).toBe(true)
    }
  })

  it('asks for no scope that nothing needs', () => {
    const used = [
      'chat:write',
      'commands',
      'files:write',
      'im:write',
      ...Object.values(eventScopes).filter((scope) => scope !== undefined),
    ]
    expect(scopes).toEqual(used.sort())
  })

  it('subscribes to exactly the events that have a listener', () => {
    const events = manifest.settings.event_subscriptions.bot_events
    expect(events).toEqual(Object.keys(eventScopes))
    const heard = [...source.matchAll(/bolt\.event\('([a-z_]+)'/g)].map(([, name]) => name)
    expect([...new Set(events.map((event) => event.split('.')[0]))].sort()).toEqual(heard.sort())
  })
})
