import { expect, test } from 'vitest'
import { openStage } from '../kit/stage.ts'

const number = '+49 30 23125101'

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
  const told = () => ana.texts().filter((text) => text.includes('refuses the API key of')).length
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
