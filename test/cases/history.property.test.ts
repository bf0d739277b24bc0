import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Act } from '../../src/flows/engine/act.ts'
import { fold } from '../../src/flows/engine/fold.ts'
import { databases } from '../kit/database.ts'
import { errand } from './errand.ts'
import { everyAct, idOf, type Office, openOffice, phones } from './office.ts'
import { ana, ben, cleo, dan, nora, paula } from './people.ts'

const people = [ana, ben, cleo, dan, paula, nora]
const numbers = [phones.bright, phones.brightToo, phones.nord, '4999999999']

const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...everyAct.filter((act) => act.do !== 'cancel')) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...numbers).map((value): Act => ({ do: 'answer', question: 'number', value })),
  },
  {
    weight: 1,
    arbitrary: fc.string({ maxLength: 20 }).map((text): Act => {
      return { do: 'say', text, internal: false, from: { surface: 'slack', room: 'C0CASES' } }
    }),
  },
)
const moves = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ who: fc.constantFrom(...people), act: anyAct }) },
    { weight: 1, arbitrary: fc.constant('settle' as const) },
    { weight: 1, arbitrary: fc.constantFrom('PT1H' as const, 'PT25H' as const) },
  ),
  { minLength: 3, maxLength: 14 },
)

describe.each(databases())('the snapshot of a case, on $name', ({ open }) => {
  let office: Office
  beforeEach(async () => {
    office = await openOffice({
      open,
      flows: [errand('safe')],
      actions: { ship: { run: async () => ({ parcel: 7 }) } },
    })
    office.desk.start()
  })
  afterEach(() => office.close())

  it('is what all its events fold to, whatever people did at once', async () => {
    let n = 0
    const property = fc.asyncProperty(moves, async (list) => {
      n += 1
      const id = idOf(await office.desk.open(paula, 'errand', { number: phones.bright, fragile: 'no' }, `case-${n}`))
      const running: Promise<unknown>[] = []
      for (const move of list) {
        if (move === 'settle') await office.settle()
        else if (typeof move === 'string') office.clock.move(move)
        else running.push(office.desk.act(move.who, id, move.act))
      }
      await Promise.all(running)
      await office.settle()
      // Nobody holds the number when the next history begins.
      await office.desk.act(ana, id, { do: 'cancel' })
      await office.settle()
      const history = await office.desk.history(ana, id)
      expect(history.map(({ seq }) => seq)).toEqual(history.map((_, index) => index + 1))
      expect(await office.snapshot(id)).toEqual(JSON.parse(JSON.stringify(fold(history))))
      const [row] = await office.db.run('select seq, status, partner, phone, wake_at from cases where id = $1', [id])
      const { closed, partner = null, phone = null } = fold(history)
      expect(closed).toBeDefined()
      expect(row).toEqual({ seq: history.length, status: 'closed', partner, phone, wake_at: null })
    })
    await fc.assert(property, { numRuns: 25 })
  })
})
