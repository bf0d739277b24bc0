import { expect, it } from 'vitest'
import { tellRefusedKey } from '../../../src/bot/notices/refused-keys.ts'
import { databases } from '../../kit/database.ts'

it.each(databases())('the desk is told of a refused key once an hour for each partner, on $name', async ({ open }) => {
  const { db, drop } = await open()
  const tell = (time: string, partner = 'brightline') =>
    tellRefusedKey(db, { partner, problem: { answered: 'HTTP 401' } }, Date.parse(`2026-03-10T${time}Z`), 'C0ALERTS')
  const told = async () => {
    const rows = await db.run('select key, created_at from deliveries order by created_at, key')
    return rows.map((row) => `${new Date(String(row.created_at)).toISOString().slice(11, 16)} ${row.key}`.slice(0, -7))
  }
  await Promise.all(Array.from({ length: 20 }, () => tell('10:59:00')))
  // Another hour of the clock, and still the same hour.
  for (const time of ['11:01:00', '11:30:00', '11:58:59']) await tell(time)
  await tell('11:30:00', 'nordwind')
  for (const time of ['11:59:30', '12:30:00']) await tell(time)
  expect(await told()).toEqual([
    '10:59 key-refused:brightline',
    '11:30 key-refused:nordwind',
    '11:59 key-refused:brightline',
  ])
  await drop()
})
