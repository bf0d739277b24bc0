import { expect, test } from 'vitest'
import { platformActions } from '../../src/cases/actions/index.ts'
import { fold } from '../../src/flows/engine/fold.ts'
import switchSolutionPartner from '../../src/flows/switch-solution-partner.ts'
import { graphClient } from '../../src/meta/graph.ts'
import { PlatformError } from '../../src/meta/problem.ts'
import { startSandbox } from '../../src/sandbox/index.ts'
import { known, start } from '../flows/kit.ts'

const waba = '104726318850943'
const line = '940336624409937'

/** A case about Acme's WABA whose client moves to Nordwind's credit line; the sandbox stands on 20 March 2031. */
async function stage() {
  const sandbox = await startSandbox({ port: 0, botUrl: 'http://127.0.0.1:9' })
  const post = (path: string, body: unknown) =>
    fetch(`${sandbox.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const days = (day: number) =>
    post('/api/clock', { advance: `PT${Math.round((Date.UTC(2031, 2, day, 9) - sandbox.clock.now()) / 1000)}S` })
  await post('/api/world', { webhooks: false })
  await days(20)
  const token = sandbox.env.GRAPH_TOKEN ?? ''
  const graph = graphClient({ baseUrl: sandbox.env.GRAPH_API_URL ?? '', token, now: sandbox.clock.now })
  const account = await graph.wabas.read(waba)
  const state = {
    ...fold([]),
    flow: switchSolutionPartner.id,
    readings: { account: known(account) },
    answers: Object.fromEntries(
      Object.entries({ 'credit-line': line, 'credit-currency': 'EUR' }).map(([id, value]) => [
        id,
        { value, at: start, by: { role: 'support' as const, id: 'slack:ana', name: 'Ana' } },
      ]),
    ),
  }
  return {
    state,
    graph,
    actions: platformActions({ hubOf: () => undefined, graph }),
    days,
    world: (levers: Record<string, unknown>) => post('/api/world', levers),
    [Symbol.asyncDispose]: () => sandbox.close(),
  }
}

const problemOf = (error: unknown) => (error instanceof PlatformError ? error.problem : undefined)

test('a credit line is shared, and its evidence names what will pay', async () => {
  await using world = await stage()
  const { actions, state, graph } = world
  const share = actions['share-credit-line']
  await world.world({ unshare: { waba }, reshare: { waba, partner: 'NordwnPA' } })
  expect(await share?.happened?.(state)).toBe(false)
  const evidence = await share?.run(state)
  expect(evidence).toMatchObject({ allocation: expect.any(String), receiving_credential: expect.any(String) })
  expect(await share?.happened?.(state), 'a share does not say for which WABA it was').toBeUndefined()
  expect((await graph.wabas.read(waba)).primaryFundingId).not.toBe(evidence?.receiving_credential)
  await world.days(32)
  expect((await graph.wabas.read(waba)).primaryFundingId).toBe(evidence?.receiving_credential)
  await actions['subscribe-app']?.run(state)
  await actions['subscribe-app']?.run(state)
  expect((await graph.wabas.subscriptions(waba)).count).toBe(1)
})

test('what Meta refuses is told in its words', async () => {
  await using world = await stage()
  const share = world.actions['share-credit-line']
  const refused = await share?.run(world.state).catch(problemOf)
  expect(refused).toMatchObject({ kind: 'NotAllowed' })
  await world.world({ unshare: { waba }, reshare: { waba, partner: 'NordwnPA' } })
  await world.days(30)
  expect(await share?.run(world.state).catch(problemOf)).toMatchObject({ kind: 'Rejected' })
})

test('without a token or an id nothing is called', async () => {
  await using world = await stage()
  const { state } = world
  const blind = platformActions({ hubOf: () => undefined, graph: undefined })
  await expect(blind['share-credit-line']?.run(state)).rejects.toThrow(/GRAPH_TOKEN/)
  await expect(world.actions['subscribe-app']?.run({ ...state, readings: {} })).rejects.toThrow(/id is not known/)
})
