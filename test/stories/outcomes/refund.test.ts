import { expect, test } from 'vitest'
import { openStage } from '../../kit/stage.ts'

/** Cancelled, of a client that pays by itself. */
const number = '+49 30 23125402'

test('The platform refuses: without the balance there is no amount to agree to, until 360dialog tells it', async () => {
  await using stage = await openStage()
  const { ana, paula, world, clock } = stage
  await world({
    balance: { phone: number, amount: 50, currency: 'EUR' },
    fault: { system: 'hub', path: 'balance', kind: '403' },
  })
  await paula.says(`/new refund ${number}`)
  await paula.sees(/Is this the right client/)
  await paula.says('5402')
  await paula.sees(/Which payments were made/)
  await paula.says('50')
  await paula.sees(/Could not be checked: HTTP 403/)
  await ana.sees(/Could not be checked: HTTP 403/)
  await world({ faults: [] })
  await clock.advance('PT1H')
  await paula.sees(/PD-1 · Refund of unused funds[\s\S]*EUR.50\.00/)
  expect(paula.buttons(/PD-1 · Refund/)).toContain('Accept')
})
