import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { take } from '../../src/bot/outbox.ts'
import { databases, type TestDatabase } from '../kit/database.ts'

describe.each(databases())('what is owed to the rooms, on $name', ({ open }) => {
  let test: TestDatabase
  beforeEach(async () => {
    test = await open()
  })
  afterEach(() => test.drop())

  /** Every case has a stale card and many messages, in two rooms. */
  const owed = (cases: number, messages: number) =>
    test.db.execute(
      `insert into cases (flow, flow_version, state, opened_at, changed_at)
         select 'x', 1, '{}', now(), now() from generate_series(1, ${cases});
       insert into places (case_id, surface, room, kind, side, wanted, changed_at, message_id)
         select n, 'slack', 'C' || n % 2, 'card', 'desk', 4, now(), 'm' || n from generate_series(1, ${cases}) n;
       insert into deliveries (key, case_id, surface, room, body, created_at)
         select 'k' || n, 1 + n % ${cases}, 'slack', 'C' || (1 + n % ${cases}) % 2,
           '{"side": "desk", "loud": false, "type": "assigned", "at": 0, "by": {"role": "system", "id": "system", "name": "Portdesk"}, "data": {}}', now()
         from generate_series(1, ${messages}) n`,
    )

  it('is taken one message and one case a room, however much waits: a statement that joins all with all never ends', async () => {
    // The plan of a statement stays as it was made, when there was nothing yet.
    await take(test.db, new Date(0), [])
    await owed(40, 8000)
    const first = await takenIds([])
    expect(first).toEqual({ messages: ['C0', 'C1'], cards: ['C0', 'C1'] })
    expect(await takenIds(['slack:C0', 'slack:C1'])).toEqual({ messages: [], cards: [] })
  })

  async function takenIds(held: string[]) {
    const { places, deliveries } = await take(test.db, new Date(0), held)
    return {
      messages: deliveries.map(({ room }) => room).sort(),
      cards: places.map(({ room }) => room).sort(),
    }
  }
})
