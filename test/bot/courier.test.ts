import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Courier, openCourier } from '../../src/bot/courier.ts'
import { SendError, type Surface } from '../../src/bot/surface.ts'
import { openTexts } from '../../src/bot/texts.ts'
import { type Office, openOffice, phones } from '../cases/office.ts'
import { ana, config } from '../cases/people.ts'
import { databases } from '../kit/database.ts'
import { soon } from '../kit/soon.ts'

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
      await soon(() => expect(asked.length).toBe(before + 1))
    },
    letThrough: () => letThrough(),
  }
}

/** A Slack that answers at once and counts what it was told. */
function quickRoom() {
  const told: string[] = []
  const answer = async (what: string, message: string) => {
    told.push(what)
    return message
  }
  const surface: Surface = {
    name: 'slack',
    show: (_room, card, { key, messageId }) => answer(messageId ? `edit: ${card.state?.text}` : 'post', `ts-${key}`),
    say: (_room, _card, { key }) => answer('say', key),
  }
  return { told, surface, edits: () => told.filter((what) => what.startsWith('edit')).length }
}

describe.each(databases())('the courier on $name', ({ open }) => {
  let office: Office
  afterEach(() => office.close())

  const taken = async () => {
    const [row] = await office.db.run(
      `select (select count(*) from deliveries where surface = 'slack' and taken_at is not null) as messages,
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
    await soon(() => expect(room.asked).toEqual([`card ${id}:card`]))
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

  describe('with a card that follows its case', () => {
    let room: ReturnType<typeof quickRoom>
    let courier: Courier
    let id: number
    beforeEach(async () => {
      office = await openOffice({ open })
      room = quickRoom()
      courier = openCourier({ ...office, surfaces: [room.surface], config, textsOf, log })
      courier.start()
      id = await office.errand(ana)
      await carried()
      room.told.length = 0
    })
    afterEach(() => courier.stop())

    /** Every card in Slack shows what it ought to. */
    const carried = () =>
      soon(async () => {
        const rows = await office.db.run(`select 1 from places where surface = 'slack' and wanted > shown`)
        expect(rows).toEqual([])
      })
    const lookedAt = async () => {
      await office.desk.heard([{ about: { phones: [phones.bright], channels: [], wabas: [] } }])
      await office.settle()
      await carried()
    }

    test('leaves the message alone while the platforms say the same', async () => {
      const before = (await office.types(id)).length
      for (let minutes = 0; minutes < 14; minutes += 2) {
        office.clock.move('PT2M')
        await lookedAt()
      }
      expect((await office.types(id)).length).toBeGreaterThan(before)
      expect(room.edits()).toBe(0)
    })

    test('writes the time anew after a quarter of an hour, so that nothing looks older than it is', async () => {
      office.clock.move('PT15M')
      await lookedAt()
      expect(room.edits()).toBe(1)
      await lookedAt()
      expect(room.edits()).toBe(1)
    })

    test('edits it as soon as something changed, and again when it changed back', async () => {
      await office.desk.act(ana, id, { do: 'approve', step: 'release' })
      await carried()
      await office.desk.act(ana, id, { do: 'tick', step: 'pack' })
      await carried()
      await office.desk.act(ana, id, { do: 'untick', step: 'pack' })
      await carried()
      expect(room.edits()).toBe(3)
    })

    test('shows the person who has the platforms asked that they were', async () => {
      await office.desk.act(ana, id, { do: 're-check' })
      await office.settle()
      await carried()
      expect(room.edits()).toBe(1)
    })

    test('does not trust what it knows of a message that somebody died over', async () => {
      await office.db.run(`update places set taken_at = '2020-01-01' where case_id = $1 and surface = 'slack'`, [id])
      await lookedAt()
      expect(room.edits()).toBe(1)
    })

    test('looks whether a message is there before it says it again, when its answer got lost', async () => {
      const { say } = room.surface
      const asked: (object | undefined)[] = []
      room.surface.say = (...[to, card, how]) => {
        asked.push(how.perhapsSaid)
        if (asked.length > 1) return say(to, card, how)
        return Promise.reject(new SendError({ kind: 'retry', words: 'no answer', unsure: true, afterMs: 1 }))
      }
      await office.desk.act(ana, id, { do: 'approve', step: 'release' })
      await soon(() => expect(room.told).toContain('say'))
      expect(asked.slice(0, 2)).toEqual([undefined, {}])
    })

    test('goes on looking for it when the next try is refused', async () => {
      const { say } = room.surface
      const asked: (object | undefined)[] = []
      room.surface.say = (...[to, card, how]) => {
        asked.push(how.perhapsSaid)
        if (asked.length > 2) return say(to, card, how)
        const unsure = asked.length === 1 && { unsure: true as const }
        return Promise.reject(new SendError({ kind: 'retry', words: 'no', ...unsure, afterMs: 1 }))
      }
      await office.desk.act(ana, id, { do: 'approve', step: 'release' })
      await soon(() => expect(room.told).toContain('say'))
      expect(asked.slice(0, 3)).toEqual([undefined, {}, {}])
    })

    test('shows it again after an edit of which nobody knows whether it arrived', async () => {
      await office.desk.act(ana, id, { do: 'approve', step: 'release' })
      await carried()
      const { show } = room.surface
      let tries = 0
      room.surface.show = () => {
        tries += 1
        return Promise.reject(new SendError({ kind: 'retry', words: 'no answer', afterMs: 1 }))
      }
      await office.desk.act(ana, id, { do: 'tick', step: 'pack' })
      await soon(() => expect(tries).toBeGreaterThan(0))
      room.surface.show = show
      await office.desk.act(ana, id, { do: 'untick', step: 'pack' })
      await carried()
      expect(room.edits()).toBe(2)
    })
  })
})
