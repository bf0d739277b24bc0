import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Heard } from '../../src/cases/heard.ts'
import { databases } from '../kit/database.ts'
import { type Office, openOffice, phones } from './office.ts'
import { ana, nora, paula } from './people.ts'

describe.each(databases())('what a platform tells by itself, on $name', ({ open }) => {
  let office: Office
  beforeEach(async () => {
    office = await openOffice({ open })
  })
  afterEach(() => office.close())

  const about = { phones: [phones.bright], channels: [], wabas: [] }
  const told = (key: string, more: Partial<NonNullable<Heard['note']>> = {}): Heard => {
    const params = { phone: phones.bright }
    const happened = office.clock.now()
    return { about, note: { key, kind: 'two-step-off', severity: 'info', params, happened, shared: true, ...more } }
  }
  const notes = async (id: number) => (await office.types(id)).filter((type) => type === 'noted').length

  it('is remembered by the cases it is about, once, however often it comes', async () => {
    const id = await office.errand(ana)
    const flood = Array.from({ length: 50 }, (_, n) => told(`inbox:${n}`))
    expect(await office.desk.heard(flood)).toHaveLength(50)
    await office.desk.heard([told('inbox:0')])
    expect(await notes(id)).toBe(1)
    office.clock.move('PT11M')
    await office.desk.heard([told('inbox:60')])
    await office.desk.heard([told('inbox:60')])
    expect(await notes(id)).toBe(2)
  })

  it('makes the case ask the platforms itself', async () => {
    const id = await office.errand(ana)
    const before = (await office.types(id)).filter((type) => type === 'looked-up').length
    await office.desk.heard([{ about }])
    await office.settle()
    expect((await office.types(id)).filter((type) => type === 'looked-up')).toHaveLength(before + 1)
    expect(await notes(id)).toBe(0)
  })

  it('is no business of a case that is closed, or about something else', async () => {
    const closed = await office.errand(ana)
    await office.desk.act(ana, closed, { do: 'cancel' }, 'cancel')
    office.clock.move('PT1S')
    const other = await office.errand(ana, phones.nord)
    expect(await office.desk.heard([told('inbox:1')])).toEqual([])
    expect([await notes(closed), await notes(other)]).toEqual([0, 0])
  })

  it('is remembered by a case that was closed since it happened, also when it is told a little later', async () => {
    const id = await office.errand(paula)
    const happened = told('inbox:1')
    office.clock.move('PT1S')
    await office.desk.act(ana, id, { do: 'cancel' }, 'cancel')
    office.clock.move('PT2M')
    expect(await office.desk.heard([happened])).toMatchObject([{ flow: expect.any(String) }])
    await office.desk.heard([happened])
    expect(await notes(id)).toBe(1)
    office.clock.move('PT2H')
    expect(await office.desk.heard([happened])).toEqual([])
  })

  it('is in the history of the partner where it is meant for it, and of no other partner', async () => {
    const id = await office.errand(paula)
    await office.desk.heard([told('inbox:1'), told('inbox:2', { kind: 'account-violation', shared: false })])
    const kinds = async (actor: typeof ana) =>
      (await office.desk.history(actor, id)).flatMap((event) => (event.type === 'noted' ? [event.data.kind] : []))
    expect(await kinds(ana)).toEqual(['two-step-off', 'account-violation'])
    expect(await kinds(paula)).toEqual(['two-step-off'])
    expect(await kinds(nora)).toEqual([])
  })
})
