import { pino } from 'pino'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { openCourier } from '../../src/bot/courier.ts'
import type { Surface } from '../../src/bot/surface.ts'
import { openTexts } from '../../src/bot/texts.ts'
import { type Office, openOffice } from '../cases/office.ts'
import { ana, config } from '../cases/people.ts'
import { databases } from '../kit/database.ts'

const textsOf = openTexts(new URL('../../locales/', import.meta.url))
const log = pino({ level: 'silent' })

/** A Slack that answers one call each time it is let, and remembers what it was asked for. */
function slowRoom() {
  const asked: string[] = []
  let letThrough = () => {}
  const answer = async (what: string) => {
    asked.push(what)
    await new Promise<void>((resolve) => {
      letThrough = resolve
    })
    return `ts-${asked.length}`
  }
  const surface: Surface = {
    name: 'slack',
    show: (_room, _card, { key }) => answer(`card ${key}`),
    say: (_room, _card, { key, thread }) => answer(`${key} in ${thread}`),
  }
  return {
    asked,
    surface,
    /** Lets one call through and waits for the next one. */
    async next() {
      const before = asked.length
      letThrough()
      await vi.waitFor(() => expect(asked.length).toBe(before + 1))
    },
    letThrough: () => letThrough(),
  }
}

describe.each(databases())('the courier on $name', ({ open }) => {
  let office: Office
  afterEach(() => office.close())

  const taken = async () => {
    const [row] = await office.db.run(
      `select (select count(*) from deliveries where taken_at is not null) as messages,
              (select count(*) from places where surface = 'slack' and taken_at is not null) as cards`,
    )
    return row
  }

  test('what waits for its turn in a room is not taken yet, so that nobody takes it for lost and says it again', async () => {
    office = await openOffice({ open })
    const id = await office.errand(ana)
    await office.desk.act(ana, id, { do: 'approve', step: 'release' })
    for (const verb of ['tick', 'untick', 'skip', 'untick'] as const) {
      await office.desk.act(ana, id, { do: verb, step: 'pack', reason: 'not needed' })
    }
    const room = slowRoom()
    const courier = openCourier({ ...office, surfaces: [room.surface], config, textsOf, log })
    courier.start()
    await vi.waitFor(() => expect(room.asked).toEqual([`card ${id}:card`]))
    expect(await taken()).toEqual({ cards: 1, messages: 0 })
    for (let message = 1; message <= 3; message += 1) {
      await room.next()
      expect(await taken()).toEqual({ cards: 0, messages: 1 })
    }
    room.letThrough()
    await courier.stop()
    expect(room.asked.slice(1).every((message) => message.endsWith('in ts-1'))).toBe(true)
    expect(new Set(room.asked).size).toBe(4)
  })
})
