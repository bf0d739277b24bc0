import { expect, it } from 'vitest'
import { openPglite } from '../../src/store/pglite.ts'
import { tidy } from '../../src/store/tidy.ts'

it('frees the space of deleted rows, and leaves tables alone that have little of it', async () => {
  const pglite = await openPglite(':memory:')
  await pglite.exec(
    'create table busy (n int); insert into busy select generate_series(1, 3000); delete from busy where n > 10',
  )
  await pglite.exec('create table calm (n int); insert into calm select generate_series(1, 3000)')
  expect(await tidy(pglite)).toEqual(['public.busy'])
  expect(await tidy(pglite)).toEqual([])
  await pglite.close()
})
