import { describe, expect, it } from 'vitest'
import { keptSeats, type Seat, seatsOf } from '../../src/cases/seats.ts'
import { fold } from '../../src/flows/engine/fold.ts'
import { plan } from '../../src/flows/engine/plan.ts'
import type { Role } from '../../src/flows/engine/types.ts'
import { caseOf, person } from '../flows/kit.ts'
import { world } from '../flows/world.ts'
import { errand } from './errand.ts'
import { config } from './people.ts'

const flow = errand()
const telegram = (room: string) => ({ surface: 'telegram', room }) as const
const slack = { surface: 'slack', room: 'C0CASES' } as const

interface Given {
  origin?: typeof slack | ReturnType<typeof telegram>
  partner?: string
  /** `looked`: the number is known; `ready`: everything is answered, too. */
  until: 'opened' | 'looked' | 'ready' | 'corrected'
  destination?: string
}

function stateOf({ until, destination, ...opened }: Given) {
  const role: Role = opened.origin?.surface === 'slack' ? 'support' : 'partner'
  const running = caseOf(flow, { by: person(role), ...opened })
  if (until !== 'opened') {
    running.answer('number', '+49 30 123456')
    running.look(world(), { phone: '4930123456' })
  }
  if (until === 'ready' || until === 'corrected') running.answer('fragile', 'yes')
  if (until === 'corrected') running.answer('number', '+49 30 99999')
  const { state } = running
  return { ...state, ...(destination !== undefined && { destination }) }
}

const shown = (list: Seat[]) => list.map(({ room, side, kind }) => `${room} ${side} ${kind}`)
const seats = (given: Given) => {
  const state = stateOf(given)
  return shown(seatsOf(config, state, plan(flow, state, 0)))
}
const kept = (given: Given) => {
  const state = stateOf(given)
  return shown(keptSeats(config, state, plan(flow, state, 0)))
}

const own = { partner: 'brightline', origin: telegram('7001') }

describe('the rooms of a case', () => {
  it('has the desk join when all is answered, also where no number is known', () => {
    const { phone: _, ...state } = stateOf({ ...own, until: 'ready' })
    expect(shown(seatsOf(config, state, plan(flow, state, 0)))).toContain('C0CASES desk card')
  })

  it.each<[string, Given, string[]]>([
    ['a partner begins with the questions', { ...own, until: 'opened' }, ['7001 partner question']],
    [
      'the desk joins when the number is known',
      { ...own, until: 'looked' },
      ['C0CASES desk card', '7001 partner question'],
    ],
    [
      'the partner gets the card when all is answered',
      { ...own, until: 'ready' },
      ['C0CASES desk card', '7001 partner question', '7001 partner card'],
    ],
    [
      'a case stays in the chat it was opened from',
      { ...own, origin: telegram('7002'), until: 'ready' },
      ['C0CASES desk card', '7002 partner question', '7002 partner card'],
    ],
    [
      'a chat that is not the partner’s any more gets nothing',
      { ...own, origin: telegram('666'), until: 'ready' },
      ['C0CASES desk card', '7001 partner question', '7001 partner card'],
    ],
    ['the desk answers in a form, not in a room', { origin: slack, until: 'opened' }, []],
    [
      'and the partner sees the case once it runs',
      { origin: slack, partner: 'brightline', until: 'ready' },
      ['C0CASES desk card', '7001 partner card'],
    ],
    [
      'a partner without a chat sees nothing',
      { origin: slack, partner: 'sabia', until: 'ready' },
      ['C0CASES desk card'],
    ],
    [
      'nor does one that is not set up any more',
      { origin: slack, partner: 'gone', until: 'ready' },
      ['C0CASES desk card'],
    ],
    [
      'the destination partner sees the case once it runs',
      { ...own, destination: 'nordwind', until: 'ready' },
      ['C0CASES desk card', '7001 partner question', '7001 partner card', '-100200300 destination-partner card'],
    ],
    [
      'but not before',
      { ...own, destination: 'nordwind', until: 'looked' },
      ['C0CASES desk card', '7001 partner question'],
    ],
    [
      'a partner that is its own destination has one card',
      { ...own, destination: 'brightline', until: 'ready' },
      ['C0CASES desk card', '7001 partner question', '7001 partner card'],
    ],
  ])('%s', (_, given, expected) => {
    expect(seats(given)).toEqual(expected)
  })

  it('are never two for one message', () => {
    for (const destination of ['brightline', 'nordwind', 'sabia']) {
      const state = stateOf({ ...own, destination, until: 'ready' })
      const current = plan(flow, state, 0)
      const keys = [...seatsOf(config, state, current), ...keptSeats(config, state, current)].map(
        ({ surface, room, kind }) => `${surface} ${room} ${kind}`,
      )
      expect(new Set(keys).size).toBe(keys.length)
    }
  })

  it('that had a card keep it up to date while the number is being corrected', () => {
    expect(kept({ ...own, until: 'ready' })).toEqual([])
    expect(seats({ ...own, until: 'corrected' })).toEqual(['7001 partner question'])
    expect(kept({ ...own, until: 'corrected' })).toEqual(['C0CASES desk card', '7001 partner card'])
  })

  it('follow from the events alone', () => {
    const running = caseOf(flow, own)
    expect(shown(seatsOf(config, fold(running.events), running.plan))).toEqual(['7001 partner question'])
  })
})
