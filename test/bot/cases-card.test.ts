import { describe, expect, it } from 'vitest'
import { casesCard } from '../../src/bot/cases-card.ts'
import { openTexts } from '../../src/bot/texts.ts'
import { type CaseView, viewCase } from '../../src/cases/case-view.ts'
import { errand } from '../cases/errand.ts'
import { caseOf, person, start, type TestCase } from '../flows/kit.ts'
import { world } from '../flows/world.ts'

const texts = openTexts(new URL('../../locales/', import.meta.url))('en', 'UTC')
const flow = errand()

/** An errand that has waited for support for so many hours. */
function waiting(hours: number) {
  const running = caseOf(flow, { partner: 'brightline' })
  running.answer('number', '4930123456')
  running.look(world(), { phone: '4930123456' })
  running.answer('fragile', true)
  if (hours) running.wait(hours * 3_600_000)
  return running
}

const view = (id: number, { state, now }: TestCase): CaseView => viewCase(flow, { id, state }, 'support', now)

describe('the list of open cases', () => {
  const quiet = view(0, waiting(0))
  const views = Array.from({ length: 200 }, (_, n) => ({ ...quiet, id: 200 - n }))
  views[60] = view(140, waiting(73))
  views[120] = view(80, caseOf(flow, { partner: 'brightline', by: person('support') }))
  const card = casesCard(views, texts, start)

  it('names the late ones first, then those that ask something, then the oldest', () => {
    const names = card.items?.map(({ title }) => /PD-\d+/.exec(title)?.[0])
    expect(names?.slice(0, 4)).toEqual(['PD-140', 'PD-80', 'PD-1', 'PD-2'])
    expect(card.buttons?.[0]?.label).toContain('PD-140')
  })

  it('counts all of them, and says how many it leaves out', () => {
    expect(card.title).toBe('200 open cases')
    expect(card.items).toHaveLength(25)
    expect(card.footer).toEqual([expect.stringContaining('175 more')])
  })
})
