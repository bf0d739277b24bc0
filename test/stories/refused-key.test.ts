import { expect, test } from 'vitest'
import { openStage, type Stage } from '../kit/stage.ts'
import { fromMeta } from './notices/posts.ts'

const number = '+49 30 23125101'

/** How often the desk was told, for all partners or one. */
const alerts = ({ ana }: Stage, partner = '') =>
  ana.texts().filter((text) => text.includes(`refuses the API key of ${partner}`)).length

test('An API key that 360dialog refuses: the partner is not left waiting, and the desk reads whose key it is', async () => {
  await using stage = await openStage()
  const { ana, paula, world, clock } = stage
  await world({ fault: { system: 'hub', path: '', kind: '401' } })
  await paula.says(`/new template-actions ${number}`)
  await paula.sees(/We cannot look at your numbers right now\. Our team was told/)
  await ana.sees(/360dialog refuses the API key of Brightline[\s\S]*HTTP 401[\s\S]*put it into HUB_KEY_BRIGHTLINE/)
  expect(paula.texts().join('\n')).not.toMatch(/API key|HUB_KEY/)

  await clock.advance('PT10M')
  await stage.quiet()
  const told = () => alerts(stage, 'Brightline')
  expect(told()).toBe(1)
  await clock.advance('PT1H')
  await expect.poll(told).toBe(2)

  await world({ faults: [] })
  await clock.advance('PT15M')
  await paula.sees(/What shall be done/)
})

test('When support asks, both the alert and the case say that it is the key', async () => {
  await using stage = await openStage()
  const { ana, world } = stage
  await world({ fault: { system: 'hub', path: 'NordwnPA', kind: '403' } })
  await ana.says('/portdesk new two-step-disable')
  expect(await ana.submits({ number: '+49 30 99999999', admin: 'yes' })).toEqual({})
  await ana.sees(/360dialog refuses the API key of Nordwind[\s\S]*HUB_KEY_NORDWIND/)
  await ana.says('/portdesk case PD-1')
  await ana.sees(/PD-1[\s\S]*360dialog refuses the partner's API key/)
})

test('Support looks a number up, then the list: the alert tells whose key it is, once', async () => {
  await using stage = await openStage()
  const { ana, world } = stage
  await world({ fault: { system: 'hub', path: 'BrghtlPA', kind: '401' } })
  await ana.says(`/portdesk status ${number}`)
  await ana.sees(/Could not be looked up/)
  await ana.sees(/360dialog refuses the API key of Brightline[\s\S]*HTTP 401[\s\S]*HUB_KEY_BRIGHTLINE/)
  await ana.says('/portdesk status')
  await ana.sees(/Whose numbers\?/)
  await stage.quiet()
  expect(alerts(stage)).toBe(1)
})

test('A partner asks for the list of its numbers: the desk reads that its key is refused, the partner does not', async () => {
  await using stage = await openStage()
  const { ana, paula, world } = stage
  await world({ fault: { system: 'hub', path: 'BrghtlPA', kind: '403' } })
  await paula.says('/status')
  await ana.sees(/360dialog refuses the API key of Brightline[\s\S]*HTTP 403/)
  await paula.says(`/status ${number}`)
  await paula.seesLast(/Could not be looked up/)
  await stage.quiet()
  expect(alerts(stage)).toBe(1)
  expect(paula.texts().join('\n')).not.toMatch(/API key|HUB_KEY/)
})

test('Nobody asks for anything: the desk hears of a refused key by the poll', async () => {
  await using stage = await openStage()
  const { ana, world, clock } = stage
  await world({ fault: { system: 'hub', path: 'NordwnPA', kind: '401' } })
  await clock.advance('PT10M')
  await ana.sees(/360dialog refuses the API key of Nordwind/)
  await stage.quiet()
  expect(alerts(stage)).toBe(1)
})

test('A webhook about a number that nobody knows: whose it is cannot be found out, and the desk hears why', async () => {
  await using stage = await openStage({ notices: true })
  const { ana, world, sandbox } = stage
  // Only who looks for owners reads the clients of a partner that pays for its clients itself.
  await world({ fault: { system: 'hub', path: 'NordwnPA/clients', kind: '403' } })
  const value = { display_phone_number: '493099999999', event: 'FLAGGED', current_limit: 'TIER_1K' }
  const at = Math.round(sandbox.clock.now() / 1000)
  await world({ event: fromMeta('999000999000999', 'phone_number_quality_update', value, at) })
  await ana.sees(/360dialog refuses the API key of Nordwind/)
})

test('A client that has not given its permission is no reason to doubt the key', async () => {
  await using stage = await openStage()
  const { paula, world } = stage
  await world({ fault: { system: 'hub', path: 'shared_client_numbers', kind: '403' } })
  await paula.says(`/status ${number}`)
  await paula.sees(/As of/)
  await stage.quiet()
  expect(alerts(stage)).toBe(0)
})
