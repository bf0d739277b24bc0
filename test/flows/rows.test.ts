import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { catalogue } from '../../src/flows/index.ts'
import numberMigration, { leftOut } from '../../src/flows/number-migration.ts'

const procedures = new URL('../../../shared/procedures.md', import.meta.url)
const present = existsSync(procedures)
if (!present) console.warn('procedures.md is not here: the rows that flows refer to are not compared')

const text = present ? readFileSync(procedures, 'utf8') : ''
const rows = new Set([...text.matchAll(/^\| ([a-z]{2,3}-[a-z0-9-]+) \|/gim)].map((match) => match[1]))

test.skipIf(!present).each(catalogue.map((flow) => [flow.id, flow] as const))(
  'every part of %s names its row',
  (_, flow) => {
    const missing = [...flow.questions, ...flow.steps].filter(({ ref }) => !rows.has(ref))
    expect(missing.map(({ id, ref }) => `${id}: ${ref}`)).toEqual([])
    expect(text).toMatch(new RegExp(`^## ${flow.ref}\\. `, 'm'))
  },
)

test('all 18 checks of a number migration are steps of it, or left out with a reason', () => {
  const refs = new Set([...numberMigration.steps.map(({ ref }) => ref), ...Object.keys(leftOut)])
  const checks = Array.from({ length: 18 }, (_, index) => `nm-c${index + 1}`)
  expect(checks.filter((row) => !refs.has(row))).toEqual([])
})
