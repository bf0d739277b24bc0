import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { check, defineFlow, pass, task } from '../../src/flows/engine/define.ts'
import { databases } from '../kit/database.ts'
import { errand } from './errand.ts'
import { type Office, openOffice } from './office.ts'
import { ana, paula } from './people.ts'

const first = errand()
/** The next version: nobody packs any more, somebody weighs instead. */
const second = defineFlow({
  ...first,
  version: 2,
  steps: [
    ...first.steps.flatMap(({ after: _, ...step }) => (step.id === 'release' ? [step] : [])),
    check('address-known', { ref: 'x', owner: 'bot', needs: ['channel'], passes: () => pass() }),
    task('weigh', { ref: 'x', owner: 'support', after: ['release'] }),
  ],
})

describe.each(databases())('a deploy in the middle of a case, on $name', ({ open }) => {
  let office: Office
  beforeEach(async () => {
    office = await openOffice({ open, flows: [first] })
  })
  afterEach(() => office.close())

  it('goes on with the next version: dropped steps are history, new ones open by themselves', async () => {
    const id = await office.errand(paula)
    await office.desk.act(ana, id, { do: 'approve', step: 'release' })
    await office.desk.act(paula, id, { do: 'tick', step: 'pack' })
    await office.desk.stop()

    const desk = office.another({ flows: [second] })
    desk.start()
    await expect.poll(() => office.types(id), { interval: 3 }).toContain('checked')
    const view = await desk.view(paula, id)
    expect(view?.state.version).toBe(1)
    expect(view?.plan.steps.map(({ step, status }) => [step.id, status])).toEqual([
      ['release', 'ended'],
      ['address-known', 'ended'],
      ['weigh', 'open'],
    ])
    expect((await desk.act(paula, id, { do: 'untick', step: 'pack' })).ok).toBe(false)
    expect((await office.snapshot(id)).steps.pack?.ended).toMatchObject({ outcome: 'done' })
    await desk.act(ana, id, { do: 'tick', step: 'weigh' })
    expect((await office.snapshot(id)).closed).toMatchObject({ outcome: 'done' })
  })

  it('goes back to the version before, too', async () => {
    const id = await office.errand(paula)
    const next = office.another({ flows: [second] })
    await next.act(ana, id, { do: 'approve', step: 'release' })
    await next.act(ana, id, { do: 'tick', step: 'weigh' })
    expect((await office.snapshot(id)).closed).toMatchObject({ outcome: 'done' })
    const other = await office.errand(paula)
    await next.act(ana, other, { do: 'approve', step: 'release' })
    expect((await office.desk.act(paula, other, { do: 'tick', step: 'pack' })).ok).toBe(true)
  })

  it('ends a case of which nothing is left to do', async () => {
    const id = await office.errand(paula)
    await office.desk.act(ana, id, { do: 'approve', step: 'release' })
    const short = defineFlow({ ...first, version: 2, steps: first.steps.slice(0, 1) })
    office.another({ flows: [short] }).start()
    await expect
      .poll(async () => (await office.snapshot(id)).closed, { interval: 3 })
      .toMatchObject({ outcome: 'done' })
  })
})
