import type { FactName, Reading, Readings } from '../../src/meta/facts.ts'
import type { Finder, Hit } from '../../src/meta/find.ts'
import type { LookUp } from '../../src/meta/look-up.ts'
import type { Rosters } from '../../src/meta/roster.ts'
import { absent, notAsked, start } from '../flows/kit.ts'
import { type Told, world } from '../flows/world.ts'

/** The platforms as plain objects: which numbers there are, whose they are and what is known about them. */
export interface Numbers {
  finder: Finder
  lookUp: LookUp
  rosters: Rosters
  /** Adds a number, or says something else about it. */
  put(phone: string, partner: string, told?: Told): void
  /** Every number that facts were looked up for, in order. */
  asked: string[]
  /** Look-ups wait until the returned function is called. */
  hold(): () => void
  /** The platforms fail with this until it is `undefined` again. */
  failure: Error | undefined
}

export function numbers(): Numbers {
  const known = new Map<string, { partner: string; readings: Readings }>()
  let gate = Promise.resolve()
  const hits = (text: string, partners: readonly string[]): Hit[] =>
    [...known].flatMap(([phone, { partner, readings }]) => {
      const channel = readings.channel?.state === 'known' ? readings.channel.value : undefined
      const meant = text.replace(/\D/g, '') === phone || text === channel?.id || text === channel?.name
      if (!channel || !meant || !partners.includes(partner)) return []
      return [
        { subject: { phone, partner }, channel, phone, ...(channel.name !== undefined && { name: channel.name }) },
      ]
    })
  const self: Numbers = {
    asked: [],
    failure: undefined,
    put(phone, partner, told = {}) {
      const channel = { id: `CH${phone}`, phone, ...told.channel }
      known.set(phone, { partner, readings: world({ ...told, channel }) })
    },
    hold() {
      let release = () => {}
      gate = new Promise((resolve) => {
        release = resolve
      })
      return release
    },
    finder: {
      async find(text, partners) {
        if (self.failure) {
          const problem = { kind: 'Unavailable', asked: 'GET hub /channels', answered: 'HTTP 500' } as const
          return { kind: 'problem', problem }
        }
        const found = hits(text, partners)
        const [first] = found
        if (!first) return { kind: 'none' }
        return found.length === 1 ? { kind: 'one', ...first } : { kind: 'many', hits: found, more: false }
      },
    },
    lookUp: {
      async readings({ phone, partner }, names) {
        self.asked.push(phone)
        await gate
        if (self.failure) throw self.failure
        const row = known.get(phone)
        return named(names, row?.partner === partner ? row.readings : undefined)
      },
    },
    rosters: {
      async of(partner) {
        const own = [...known.values()].filter((row) => row.partner === partner).map(({ readings }) => readings)
        const rows = own.flatMap(({ channel }) => (channel?.state === 'known' ? [{ channel: channel.value }] : []))
        const clients = own.flatMap(({ client }) => (client?.state === 'known' ? [client.value] : []))
        return { rows, clients, complete: true, asOf: new Date(start).toISOString() }
      },
    },
  }
  return self
}

function named(names: readonly FactName[], readings: Readings | undefined): Readings {
  const nobody: Reading<never> = { state: 'unknown', asOf: new Date(start).toISOString(), why: 'no-id' }
  const told = (name: FactName) => (readings ? (readings[name] ?? notAsked) : name === 'channel' ? absent : nobody)
  return Object.fromEntries(names.map((name) => [name, told(name)])) as Readings
}
