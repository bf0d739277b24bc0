import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Act } from '../../src/flows/engine/act.ts'
import { known } from '../flows/kit.ts'
import { databases } from '../kit/database.ts'
import { soon } from '../kit/soon.ts'
import { idOf, type Office, openOffice, phones } from './office.ts'
import { ana, nora, paula } from './people.ts'

const answer = (value: string): Act => ({ do: 'answer', question: 'number', value })

describe.each(databases())('looking a case’s number up, on $name', ({ open }) => {
  let office: Office
  beforeEach(async () => {
    office = await openOffice({ open })
  })
  afterEach(() => office.close())

  const openWith = async (number: string, key = number) =>
    idOf(await office.desk.open(paula, 'errand', { number, fragile: 'yes' }, key))

  it('says that a number is not there, also when it is another partner’s', async () => {
    const id = await office.errand(paula, phones.nord)
    const missing = await office.errand(paula, '4999999999')
    for (const each of [id, missing]) {
      const view = await office.desk.view(paula, each)
      expect(view?.plan.question).toMatchObject({ status: 'open', problem: 'not-found' })
      expect(view?.state.phone).toBeUndefined()
    }
  })

  it('throws away what the platforms said about a number that was corrected meanwhile', async () => {
    const release = office.numbers.hold()
    const id = await openWith(phones.bright)
    await soon(() => expect(office.numbers.asked).toEqual([phones.bright]))
    await office.desk.act(paula, id, answer(phones.brightToo))
    release()
    await office.settle()
    const told = (await office.desk.history(ana, id)).flatMap((event) =>
      event.type === 'looked-up' ? [event.data.phone] : [],
    )
    expect(new Set(told)).toEqual(new Set([phones.brightToo]))
    expect((await office.snapshot(id)).phone).toBe(phones.brightToo)
    expect(office.numbers.asked.at(-1)).toBe(phones.brightToo)
  })

  it('writes nothing to a case that was closed meanwhile', async () => {
    const release = office.numbers.hold()
    const id = await openWith(phones.bright)
    await soon(() => expect(office.numbers.asked).toHaveLength(1))
    await office.desk.act(paula, id, { do: 'cancel' })
    release()
    await office.settle()
    expect((await office.types(id)).at(-1)).toBe('closed')
  })

  it('lets one case change a number, and names it to the next one', async () => {
    const first = await office.errand(paula)
    const second = await office.errand(paula)
    expect((await office.snapshot(second)).busy).toBe(`PD-${first}`)
    expect((await office.desk.view(paula, second))?.plan.question?.problem).toBe('busy')
    await office.desk.act(paula, first, { do: 'cancel' })
    await office.desk.act(paula, second, { do: 're-check' })
    await office.settle()
    expect(await office.snapshot(second)).toMatchObject({ phone: phones.bright })
    expect((await office.snapshot(second)).busy).toBeUndefined()
  })

  it('lets one of many cases have the number when all look it up at the same moment', async () => {
    const release = office.numbers.hold()
    const ids = await Promise.all(Array.from({ length: 6 }, (_, n) => openWith(phones.bright, `k${n}`)))
    await soon(() => expect(office.numbers.asked).toHaveLength(6))
    release()
    await office.settle()
    const states = await Promise.all(ids.map(office.snapshot))
    expect(states.filter(({ phone }) => phone === phones.bright)).toHaveLength(1)
    const winner = ids[states.findIndex(({ phone }) => phone !== undefined)]
    expect(states.flatMap(({ busy }) => busy ?? [])).toEqual(Array(5).fill(`PD-${winner}`))
  })

  it('asks again when the platforms could not be asked', async () => {
    office.numbers.failure = new Error('no answer')
    const id = idOf(await office.desk.open(ana, 'errand', { number: phones.bright, fragile: 'yes' }, 'k'))
    await office.settle()
    expect((await office.desk.view(ana, id))?.plan.question?.problem).toBe('unreachable')
    office.numbers.failure = undefined
    await office.desk.act(ana, id, answer(phones.bright))
    await office.settle()
    expect((await office.snapshot(id)).phone).toBe(phones.bright)
  })

  it('waits for the next question at most as long as it is told to', async () => {
    const release = office.numbers.hold()
    const id = await openWith(phones.bright)
    await office.desk.settled(id, 10)
    expect((await office.desk.view(paula, id))?.plan.ready).toBe(false)
    const settled = office.desk.settled(id, 5000)
    release()
    await settled
    expect((await office.desk.view(paula, id))?.plan.ready).toBe(true)
    await office.desk.settled(id + 99, 5000)
  })

  it('keeps the cards of a case up to date while its number is being corrected, and when it ends then', async () => {
    const id = await office.errand(ana, phones.bright)
    const shown = async () =>
      (await office.db.run('select room, wanted from places where case_id = $1 order by room', [id])).map(
        ({ room, wanted }) => [room, wanted],
      )
    const seq = async () => (await office.snapshot(id)).seq
    expect(await shown()).toEqual([
      ['7001', await seq()],
      ['C0CASES', await seq()],
    ])
    await office.desk.act(ana, id, answer('4999999999'))
    await office.settle()
    await office.desk.act(ana, id, { do: 'cancel' })
    expect(await shown()).toEqual([
      ['7001', await seq()],
      ['C0CASES', await seq()],
    ])
  })
})

describe.each(databases())('a look-up by a person, on $name', ({ open }) => {
  let office: Office
  beforeEach(async () => {
    office = await openOffice({ open })
  })
  afterEach(() => office.close())

  it('finds a partner’s own numbers only', async () => {
    expect(await office.desk.status(nora, phones.bright)).toEqual(await office.desk.status(nora, '4999999999'))
    expect(await office.desk.status(paula, phones.bright)).toMatchObject({ kind: 'one', report: { payment: 'direct' } })
    expect(await office.desk.status(ana, phones.bright)).toMatchObject({ report: { partnerName: 'Brightline' } })
  })

  it('keeps balance and e-mail address for the desk', async () => {
    const names = async (who: typeof ana) => {
      const found = await office.desk.status(who, phones.bright)
      return found.kind === 'one' ? Object.keys(found.report.facts) : []
    }
    expect(await names(ana)).toContain('balance')
    expect(await names(paula)).not.toContain('balance')
    const { lookUp } = office.numbers
    const { readings } = lookUp
    const client = known({ id: 'l', name: 'Bright Lights', email: 'ops@bright.example' })
    lookUp.readings = async (...asked) => ({ ...(await readings(...asked)), client })
    expect(JSON.stringify(await office.desk.status(ana, phones.bright))).toContain('ops@bright.example')
    expect(JSON.stringify(await office.desk.status(paula, phones.bright))).not.toContain('ops@bright.example')
  })

  it('names the open case about a number to those whose case it is', async () => {
    const id = await office.errand(paula)
    const openCase = async (who: typeof ana) => {
      const found = await office.desk.status(who, phones.bright)
      return found.kind === 'one' ? found.report.openCase : found.kind
    }
    expect(await openCase(ana)).toBe(id)
    expect(await openCase(paula)).toBe(id)
    office.numbers.put(phones.bright, 'nordwind')
    expect(await openCase(nora)).toBeUndefined()
  })
})
