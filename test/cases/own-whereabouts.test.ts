import { describe, expect, it } from 'vitest'
import { ownSolution } from '../../src/cases/own-solution.ts'
import { ownWhereabouts } from '../../src/cases/own-whereabouts.ts'
import { whereabouts } from '../../src/cases/whereabouts.ts'
import { readDeskConfig } from '../../src/config.ts'
import type { CaseState } from '../../src/flows/engine/fold.ts'
import type { Role } from '../../src/flows/engine/types.ts'
import type { Reading, Solution } from '../../src/meta/facts.ts'
import type { Found } from '../../src/meta/find.ts'
import { absent, caseOf, known, person } from '../flows/kit.ts'
import { errand } from './errand.ts'

const config = readDeskConfig({ PORTDESK_CONFIG: 'src/sandbox/portdesk.yaml' })
const nordwinds = '127761039948299'
const channel = { id: 'aB12CH', clientId: 'aB12CL', phone: '493023125499' }

/** Nordwind has that account; nobody else has any. */
const finder = {
  find: async (text: string, partners: readonly string[]): Promise<Found> =>
    text === nordwinds && partners.includes('nordwind')
      ? { kind: 'one', subject: { phone: channel.phone, partner: 'nordwind' }, channel, phone: channel.phone }
      : { kind: 'none' },
}
const down = {
  find: async (): Promise<Found> => ({
    kind: 'problem',
    problem: { kind: 'Unavailable', asked: 'GET hub', answered: 'HTTP 500' },
  }),
}

/** A case in which somebody of this role gave these answers, opened by somebody of that one. */
function said(answers: Record<string, string>, role: Role, opener: Role = role): CaseState {
  const { state } = caseOf(errand(), { by: person(opener), partner: 'brightline' })
  const given = Object.entries(answers).map(([id, value]) => [id, { value, by: person(role), at: 0 }] as const)
  return { ...state, answers: Object.fromEntries(given) }
}

describe('where a case looks because somebody said so', () => {
  const answers = {
    'source-waba': nordwinds,
    'destination-waba': '182240617739508',
    'meta-business': '310',
    website: 'https://a.example',
  }
  const own = (state: CaseState, through = finder) =>
    ownWhereabouts({ finder: through, config }, state, 'brightline', whereabouts(state))

  it('is no account of another partner, and no portfolio, whoever opened the case', async () => {
    for (const opener of ['partner', 'support'] as const) {
      expect(await own(said(answers, 'partner', opener))).toEqual({
        destinationWaba: '182240617739508',
        website: 'https://a.example',
      })
    }
  })

  it('is nowhere while it cannot be found out whose account it is', async () => {
    expect(await own(said(answers, 'partner'), down)).toEqual({ website: 'https://a.example' })
  })

  it('is what the desk says, whoever it belongs to and whoever opened the case', async () => {
    for (const opener of ['partner', 'support'] as const) {
      const state = said(answers, 'support', opener)
      expect(await own(state)).toEqual(whereabouts(state))
      expect((await own(state)).sourceWaba).toBe(nordwinds)
    }
  })

  it('is the account that Meta made for a move, which nobody said', async () => {
    const { state } = caseOf(errand(), { by: person('partner') })
    expect(await own({ ...state, ...madeByMeta })).toEqual({ intent: 'i1', destinationWaba: nordwinds })
  })
  const ended = { outcome: 'done' as const, by: person('partner'), at: 1, evidence: { intent: 'i1' } }
  const madeByMeta = {
    steps: { 'tag-waba': { ended } },
    readings: { intent: known({ id: 'i1', destinationWaba: nordwinds }) },
  }
})

describe('a solution that a partner names', () => {
  const [app, another] = ['440019283746551', '441130294857662']
  const named = (role: Role) => said({ 'destination-solution': '930225513398826' }, role)
  const solution = (...appIds: string[]) => known({ id: '930225513398826', name: 'Reach', status: 'ACTIVE', appIds })
  const told = (reading: Reading<Solution>, role: Role, partner = 'brightline') =>
    ownSolution(config, named(role), partner, { solution: reading }).solution

  it('is told of when one of its own apps takes part in it', () => {
    expect(told(solution(another, app), 'partner')).toEqual(solution(another, app))
  })

  it('is as absent as one that does not exist when it is another partner’s', () => {
    const { asOf, source } = absent as Extract<typeof absent, { state: 'absent' }>
    expect(told(solution(another), 'partner')).toEqual({ state: 'absent', asOf, source })
    expect(told(solution(), 'partner')).toEqual(told(absent, 'partner'))
  })

  it('is not told of, there or not, where the partner’s apps are not known', () => {
    expect(told(solution(app), 'partner', 'sabia')).toMatchObject({ state: 'unknown' })
    expect(told(absent, 'partner', 'sabia')).toEqual(told(solution(app), 'partner', 'sabia'))
  })

  it('is told of when the desk named it', () => {
    expect(told(solution(another), 'support', 'sabia')).toEqual(solution(another))
  })
})
