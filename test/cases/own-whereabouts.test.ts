import { describe, expect, it } from 'vitest'
import { ownWhereabouts } from '../../src/cases/own-whereabouts.ts'
import { readDeskConfig } from '../../src/config.ts'
import type { Found } from '../../src/meta/find.ts'
import { caseOf } from '../flows/kit.ts'
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

describe('where a case looks because somebody said so', () => {
  const { state } = caseOf(errand(), { by: { role: 'partner', id: 'telegram:7001', name: 'Paula' } })
  const said = {
    sourceWaba: nordwinds,
    destinationWaba: '182240617739508',
    business: '310',
    website: 'https://a.example',
  }

  it('is no account of another partner, and no portfolio', async () => {
    const own = await ownWhereabouts({ finder, config }, state, 'brightline', said)
    expect(own).toEqual({ destinationWaba: '182240617739508', website: 'https://a.example' })
  })

  it('is nowhere while it cannot be found out whose account it is', async () => {
    expect(await ownWhereabouts({ finder: down, config }, state, 'brightline', said)).toEqual({
      website: 'https://a.example',
    })
  })

  it('is what the desk says, whoever it belongs to', async () => {
    const byDesk = caseOf(errand(), { by: { role: 'support', id: 'slack:U0ANA', name: 'Ana' } }).state
    expect(await ownWhereabouts({ finder, config }, byDesk, 'brightline', said)).toEqual(said)
  })
})
