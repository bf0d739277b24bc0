import { describe, expect, it } from 'vitest'
import { families, fitsSomeKind, knownKinds } from '../../src/notify/families.ts'
import { globFits } from '../../src/notify/match.ts'

const named = Object.entries(families).filter(([family]) => family !== 'everything')
const familiesOf = (kind: string) =>
  named.filter(([, globs]) => globs.some((glob) => globFits(glob, kind))).map(([family]) => family)

describe('families of notices', () => {
  it('hold every kind that is known', () => {
    const homeless = knownKinds.filter((kind) => kind !== 'unknown-event' && familiesOf(kind).length === 0)
    expect(homeless).toEqual([])
  })

  it('hold no pattern that no kind fits', () => {
    const patterns = Object.values(families).flat()
    expect(patterns.filter((pattern) => !fitsSomeKind(pattern))).toEqual([])
  })

  it.each([
    ['template-rejected', ['templates']],
    ['template-quality-low', ['templates', 'quality']],
    ['template-category-announced', ['templates', 'money']],
    ['account-disabled', ['account']],
    ['two-step-off', ['numbers']],
    ['balance-used-up', ['money']],
  ])('put %s where people look for it', (kind, expected) => {
    expect(familiesOf(kind)).toEqual(expected)
  })
})
