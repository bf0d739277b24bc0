import { expect, test } from 'vitest'
import type { Act } from '../../../src/flows/engine/act.ts'
import { ask, defineFlow, task } from '../../../src/flows/engine/define.ts'
import { fold } from '../../../src/flows/engine/fold.ts'
import { caseOf, person, type TestCase } from '../kit.ts'

const flow = defineFlow({
  id: 'small',
  version: 1,
  ref: '0',
  startedBy: ['partner', 'support'],
  subject: 'number',
  questions: [ask.phone('number', { ref: 'x' })],
  steps: [task('pack', { ref: 'x', owner: 'partner' })],
})
const paula = person('partner', 'Paula')
const ana = person('support', 'Ana')
const nora = person('destination-partner', 'Nora')

function opened(): TestCase {
  const desk = caseOf(flow, { partner: 'brightline' })
  desk.answer('number', '+49 30 123456')
  return desk
}
const add = (text: string): Act => ({ do: 'add-item', text })
const texts = ({ state }: TestCase) => state.items?.map(({ text, partner }) => [text, partner])
const idOf = ({ state }: TestCase, text: string) => state.items?.find((item) => item.text === text)?.id ?? 0
const why = (verdict: ReturnType<TestCase['act']>) => (verdict.ok ? undefined : verdict.why.code)

test('what the desk adds is its own, unless it says that the partner shall see it', () => {
  const desk = opened()
  desk.act(ana, add('  Ask Ben  about\nthe price '))
  desk.act(ana, add('@Partner: send us the invoice'))
  desk.act(ana, add('@partnership contract'))
  desk.act(paula, add('@partner is what I write'))
  expect(texts(desk)).toEqual([
    ['Ask Ben about the price', undefined],
    ['send us the invoice', 'brightline'],
    ['@partnership contract', undefined],
    ['@partner is what I write', 'brightline'],
  ])
})

test('an item is ticked, opened again and removed, and nothing is written twice', () => {
  const desk = opened()
  desk.act(paula, add('Call the client on Monday'))
  const item = idOf(desk, 'Call the client on Monday')
  desk.act(ana, { do: 'tick-item', item })
  expect(desk.state.items?.[0]?.ticked?.by).toEqual(ana)
  expect(desk.act(paula, { do: 'tick-item', item })).toEqual({ ok: true, events: [] })
  desk.act(paula, { do: 'untick-item', item })
  expect(desk.state.items?.[0]?.ticked).toBeUndefined()
  desk.act(paula, { do: 'remove-item', item })
  expect(desk.state.items).toEqual([])
  expect(why(desk.act(paula, { do: 'tick-item', item }))).toBe('not-open')
  desk.act(paula, add('Another one'))
  expect(idOf(desk, 'Another one'), 'an old button never hits a new item').toBeGreaterThan(item)
})

test('a partner touches nothing that it does not see, and takes away only its own', () => {
  const desk = opened()
  desk.act(ana, add('Inside'))
  desk.act(ana, add('@partner Shared'))
  const [inside, shared] = [idOf(desk, 'Inside'), idOf(desk, 'Shared')]
  for (const what of ['tick-item', 'untick-item', 'remove-item'] as const) {
    expect(desk.act(paula, { do: what, item: inside })).toEqual(desk.act(paula, { do: what, item: 404 }))
  }
  expect(desk.act(paula, { do: 'tick-item', item: shared }).ok).toBe(true)
  expect(why(desk.act(paula, { do: 'remove-item', item: shared }))).toBe('not-your-role')
  expect(texts(desk)).toHaveLength(2)
})

test('the new partner has no part in it', () => {
  const desk = opened()
  desk.act(ana, add('@partner Shared'))
  const before = desk.state
  for (const act of [add('Mine'), { do: 'tick-item' as const, item: idOf(desk, 'Shared') }]) {
    expect(why(desk.act(nora, act))).toBe('not-your-role')
  }
  expect(desk.state).toEqual(before)
})

test('an item has words, at most 200 letters of them, and a case has at most 20 items', () => {
  const desk = opened()
  expect(why(desk.act(ana, add(' \n ')))).toBe('bad-answer')
  expect(why(desk.act(ana, add('@partner')))).toBe('bad-answer')
  expect(why(desk.act(ana, add('é'.repeat(201))))).toBe('bad-answer')
  for (let n = 1; n <= 20; n += 1) expect(desk.act(ana, add(`${n} ${'🙂'.repeat(190)}`)).ok).toBe(true)
  expect(why(desk.act(paula, add('one more')))).toBe('too-many-items')
  desk.act(ana, { do: 'remove-item', item: desk.state.items?.[3]?.id ?? 0 })
  expect(desk.act(paula, add('one more')).ok).toBe(true)
})

test('with no partner in the case there is nobody to share with', () => {
  const desk = caseOf(flow, { by: ana })
  expect(why(desk.act(ana, add('@partner hello')))).toBe('no-partner')
})

test('no item keeps a case from closing, and a closed case takes none', () => {
  const desk = opened()
  desk.act(paula, add('Never ticked'))
  expect(desk.plan.progress).toEqual({ done: 0, total: 1 })
  desk.act(paula, { do: 'tick', step: 'pack' })
  expect(desk.state.closed?.outcome).toBe('done')
  expect(why(desk.act(paula, add('too late')))).toBe('case-closed')
  expect(why(desk.act(paula, { do: 'tick-item', item: idOf(desk, 'Never ticked') }))).toBe('case-closed')
})

test('items that nobody ever added change nothing', () => {
  const { state, now } = opened()
  const strange = (['item-ticked', 'item-unticked', 'item-removed'] as const).map((type, index) => {
    return { type, data: { item: 404, text: '?' }, seq: state.seq + 1 + index, at: now, by: ana }
  })
  expect(fold(strange, state)).toEqual({ ...state, seq: state.seq + 3, touchedAt: now })
})
