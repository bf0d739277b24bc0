import { describe, expect, it } from 'vitest'
import { emptyGroup, joined } from '../../src/notify/fold-group.ts'
import { forgetOld, save } from '../../src/notify/notice-store.ts'
import { databases } from '../kit/database.ts'
import { day, noon, notice, telling } from './group-kit.ts'

describe.each(databases())('old notices, on $name', ({ open }) => {
  it('are forgotten ninety days after they were closed, with what was said below them', async () => {
    const { db, drop } = await open()
    const { group } = joined(emptyGroup(noon), notice(), { severity: 'warning', now: noon })
    const draft = (room: string, closed: boolean) => ({
      to: { surface: 'slack' as const, room },
      side: 'desk' as const,
      groupKey: 'subject phone:1',
      group,
      telling: telling(),
      seq: 1,
      closed,
      opened: true,
      redraw: true,
    })
    await db.transaction((tx) => save(db, tx, [draft('C0OVER', true), draft('C0OPEN', false)], noon))
    await db.run(
      `insert into deliveries (key, notice_id, surface, room, body, created_at)
       select 'below ' || room, id, surface, room, '{}'::jsonb, $1 from notices`,
      [new Date(noon)],
    )
    const left = async () => [
      ...(await db.run('select room from notices')),
      ...(await db.run('select room from deliveries')),
    ]
    await forgetOld(db, noon + 89 * day)
    expect(await left()).toHaveLength(4)
    await forgetOld(db, noon + 91 * day)
    expect(await left()).toEqual([{ room: 'C0OPEN' }, { room: 'C0OPEN' }])
    await drop()
  })

  it('are forgotten after the same time when they were said on their own, unless they are still owed', async () => {
    const { db, drop } = await open()
    await db.run(
      `insert into deliveries (key, case_id, surface, room, body, created_at, state)
       values ('told', null, 'slack', 'C0', '{}', $1, 'sent'), ('dropped', null, 'slack', 'C0', '{}', $1, 'dropped'),
         ('owed', null, 'slack', 'C0', '{}', $1, 'failed'), ('of a case', 1, 'slack', 'C0', '{}', $1, 'sent')`,
      [new Date(noon)],
    )
    const left = async () => (await db.run('select key from deliveries order by id')).map(({ key }) => key)
    await forgetOld(db, noon + 89 * day)
    expect(await left()).toHaveLength(4)
    await forgetOld(db, noon + 91 * day)
    expect(await left()).toEqual(['owed', 'of a case'])
    await drop()
  })
})
