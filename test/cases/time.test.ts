import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { databases } from '../kit/database.ts'
import { soon } from '../kit/soon.ts'
import { idOf, type Office, openOffice, phones } from './office.ts'
import { ana, paula } from './people.ts'

describe.each(databases())('what the time brings, on $name', ({ open }) => {
  let office: Office
  beforeEach(async () => {
    office = await openOffice({ open })
  })
  afterEach(() => office.close())

  const count = async (id: number, type: string) => (await office.types(id)).filter((each) => each === type).length
  const becomes = (id: number, type: string, n: number) => soon(async () => expect(await count(id, type)).toBe(n))
  /** Several desks look for what is due on the same database. */
  const start = () => {
    for (const desk of [office.desk, office.another(), office.another()]) desk.start()
  }

  it('reminds each day, escalates at the limit, and writes each of them once', async () => {
    const id = await office.errand(paula)
    start()
    office.clock.move('PT23H')
    office.clock.move('PT1H')
    await becomes(id, 'reminded', 1)
    office.clock.move('PT24H')
    await becomes(id, 'reminded', 2)
    office.clock.move('PT24H')
    await becomes(id, 'escalated', 1)
    expect(await count(id, 'reminded')).toBe(2)
    office.clock.move('PT24H')
    await becomes(id, 'reminded', 3)
    expect(await count(id, 'escalated')).toBe(1)
  })

  it('catches up with one reminder after a long sleep', async () => {
    const id = await office.errand(paula)
    office.clock.move('PT71H')
    start()
    await becomes(id, 'reminded', 1)
    await office.desk.stop()
    expect((await office.snapshot(id)).steps.release).toMatchObject({ reminders: 1 })
  })

  it('wakes many cases at once', async () => {
    const ids: number[] = []
    for (let n = 0; n < 12; n += 1) {
      office.numbers.put(`49301000${n}`, 'brightline')
      ids.push(idOf(await office.desk.open(paula, 'errand', { number: `49301000${n}`, fragile: 'no' }, `k${n}`)))
    }
    await office.settle()
    start()
    office.clock.move('PT25H')
    for (const id of ids) await becomes(id, 'reminded', 1)
  })

  it('nudges somebody who stopped answering, once, and lets the case expire after a week', async () => {
    const id = idOf(await office.desk.open(paula, 'errand', { number: phones.bright }, 'k'))
    await office.settle()
    start()
    office.clock.move('PT24H')
    await becomes(id, 'nudged', 1)
    office.clock.move('P5D')
    office.clock.move('PT23H')
    expect((await office.snapshot(id)).closed).toBeUndefined()
    office.clock.move('PT2H')
    await becomes(id, 'closed', 1)
    expect(await count(id, 'nudged')).toBe(1)
    expect((await office.snapshot(id)).closed).toMatchObject({ outcome: 'expired', by: { role: 'system' } })
  })

  it('does not let a case expire that somebody works on', async () => {
    const id = idOf(await office.desk.open(paula, 'errand', { number: phones.bright }, 'k'))
    await office.settle()
    start()
    office.clock.move('P6D')
    await becomes(id, 'nudged', 1)
    await office.desk.act(paula, id, { do: 'answer', question: 'fragile', value: 'no' })
    office.clock.move('P6D')
    await becomes(id, 'escalated', 1)
    expect((await office.snapshot(id)).closed).toBeUndefined()
  })

  it('asks the platforms again and again while a step waits for them, and notices the change', async () => {
    const id = idOf(await office.desk.open(ana, 'two-step-disable', { number: phones.bright, admin: 'yes' }, 'k'))
    await office.settle()
    const asked = office.numbers.asked.length
    start()
    office.clock.move('PT2M')
    await becomes(id, 'looked-up', 2)
    await office.settle()
    expect(office.numbers.asked).toHaveLength(asked + 1)
    office.numbers.put(phones.bright, 'brightline', { phone: { isPinEnabled: false } })
    office.clock.move('PT2M')
    await becomes(id, 'closed', 1)
    expect((await office.snapshot(id)).closed).toMatchObject({ outcome: 'done' })
  })

  it('asks again when a look-up got lost', async () => {
    const release = office.numbers.hold()
    const id = idOf(await office.desk.open(paula, 'errand', { number: phones.bright, fragile: 'no' }, 'k'))
    await office.db.run(`delete from pgboss.job where name = 'look-up'`)
    release()
    await office.db.run('select 1')
    start()
    office.clock.move('PT2M')
    await soon(async () => expect((await office.snapshot(id)).phone).toBe(phones.bright))
  })
})
