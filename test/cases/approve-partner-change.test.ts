import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { platformActions } from '../../src/cases/actions/index.ts'
import { type CaseState, fold } from '../../src/flows/engine/fold.ts'
import { approveChange, failChange, requestChange } from '../../src/sandbox/world/partner-change.ts'
import type { PartnerChangeRow } from '../../src/sandbox/world/rows-hub.ts'
import { known, person, start } from '../flows/kit.ts'
import { type SandboxPlatforms, sandboxPlatforms } from '../meta/sandbox-platforms.ts'

let platforms: SandboxPlatforms
let row: PartnerChangeRow
beforeEach(async () => {
  platforms = await sandboxPlatforms()
  const { ground, world } = platforms
  const client = world.clients.get('b7Kd0WmzCL')
  if (!client) throw new Error('the little world has lost a client')
  row = requestChange(ground, world, client, 'NordwnPA', ['b1OrdrCH', 'b2ShopCH', 'b3TestCH'])
})
afterEach(() => platforms.close())

const by = person('support')
/** A case whose request was seen, or only looked up. */
function caseWith(change: Partial<CaseState> = {}): CaseState {
  const ended = { outcome: 'passed' as const, by, at: start, evidence: { request: row.id } }
  return {
    ...fold([]),
    partner: 'brightline',
    destination: 'nordwind',
    steps: { 'request-created': { ended } },
    ...change,
  }
}

function action() {
  const hubs: Record<string, SandboxPlatforms['hubs'][keyof SandboxPlatforms['hubs']]> = platforms.hubs
  const hubOf = (id = '') => hubs[id]
  const call = platformActions({ hubOf, graph: undefined })['approve-partner-change']
  if (!call) throw new Error('nobody approves')
  return call
}

const status = () => platforms.world.partnerChanges.get(row.id)?.status

describe('accepting a client', () => {
  it('is done with the new partner’s key, by the request that the case saw', async () => {
    expect(await action().happened?.(caseWith())).toBe(false)
    expect(await action().run(caseWith())).toEqual({ request: row.id, request_status: 'pending' })
    expect(status()).toBe('pending')
    expect(await action().happened?.(caseWith())).toBe(true)
  })

  it('finds the request itself where support only said that it is there', async () => {
    const request = { id: row.id, status: 'created', targetPartnerId: 'NordwnPA' }
    const answers = { 'destination-partner': { value: 'NordwnPA', by, at: start } }
    await action().run(caseWith({ steps: {}, answers, readings: { changeRequests: known([request]) } }))
    expect(status()).toBe('pending')
  })

  it('is done already when somebody was faster in the Hub', async () => {
    approveChange(platforms.ground, platforms.world, row)
    expect(await action().run(caseWith())).toEqual({ request: row.id, request_status: 'pending' })
  })

  it('is refused in the Hub’s words, and never with the key of somebody else', async () => {
    await expect(action().run(caseWith({ destination: 'sabia' }))).rejects.toMatchObject({
      problem: { kind: 'NotFound' },
    })
    await expect(action().run(caseWith({ steps: {} }))).rejects.toMatchObject({ problem: { kind: 'NotFound' } })
    failChange(platforms.ground, platforms.world, row)
    await expect(action().run(caseWith())).rejects.toMatchObject({ problem: { kind: 'Rejected' } })
    expect(status()).toBe('failed')
  })
})
