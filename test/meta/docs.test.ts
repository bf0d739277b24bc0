import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { graphClient } from '../../src/meta/graph.ts'
import { hubClient } from '../../src/meta/hub.ts'
import { messagingClient } from '../../src/meta/waba.ts'
import { methodsOf } from './client-methods.ts'

const rows = readFileSync(new URL('../../docs/platforms.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|'))
const nobody = { baseUrl: 'http://127.0.0.1:1', now: () => 0 }
const methods = [
  ...methodsOf(hubClient({ ...nobody, partner: 'p1PA', credentials: { apiKey: 'k' } }), 'hub'),
  ...methodsOf(graphClient({ ...nobody, token: 'EAA' }), 'graph'),
  ...methodsOf(messagingClient({ ...nobody, apiKey: 'k' }), 'messaging'),
]

it.each(methods)('docs/platforms.md tells about %s', (method) => {
  const [row] = rows.filter((line) => line.split('|')[2]?.includes(`\`${method}\``))
  const [, call, , use, uncertain] = row?.split('|').map((cell) => cell.trim()) ?? []
  expect([call, use, uncertain].every(Boolean)).toBe(true)
})

it('docs/platforms.md tells about no method that is not there', () => {
  const told = rows.flatMap((line) => [...(line.split('|')[2] ?? '').matchAll(/`((?:hub|graph|messaging)\.[\w.]+)`/g)])
  expect(told.map(([, method]) => method).filter((method) => !methods.includes(method ?? ''))).toEqual([])
})
