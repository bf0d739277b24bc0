import { expect, test } from 'vitest'
import { openStage } from '../kit/stage.ts'

test('Support and a partner look the same number up: each sees what it may see', async () => {
  await using stage = await openStage()
  const { ana, paula } = stage
  await ana.says('/portdesk status +49 30 23125301')
  const forSupport = await ana.sees(/\+49 30 23125301[\s\S]*Copperleaf Travel/)
  expect(forSupport).toMatch(/Brightline/)
  expect(forSupport).toMatch(/Balance\s*EUR\s64\.90/)

  await paula.says('/status +49 30 23125301')
  const forPartner = await paula.sees(/Copperleaf Travel/)
  expect(forPartner).toMatch(/Two-step verification: on/)
  expect(forPartner).not.toMatch(/Balance|EUR|Brightline|@/)

  await paula.presses('Details', /Copperleaf Travel/)
  const details = await paula.sees(/WABA id/)
  expect(details).not.toMatch(/E-mail|@/)
  await ana.presses('Details', /Copperleaf Travel/)
  await ana.sees(/E-mail/)
})

test("Another partner's number is not found, in the same words as a number that does not exist", async () => {
  await using stage = await openStage()
  const { nora, paula } = stage
  await paula.says('/status 4930231253')
  const unknown = await paula.sees(/No number found/)
  await nora.says('/status +49 30 23125301')
  const foreign = await nora.sees(/No number found/)
  expect(foreign.replace('+49 30 23125301', '4930231253')).toBe(unknown)

  await nora.says('/status Copperleaf')
  await nora.sees(/No number found for "Copperleaf"/)
  await nora.says('/status cT8velCH')
  await nora.sees(/No number found for "cT8velCH"/)
})

test('A name that fits several numbers offers a choice, and a Brazilian number is found with and without the extra 9', async () => {
  await using stage = await openStage()
  const { ana, bruno } = stage
  await ana.says('/portdesk status Acme')
  await ana.sees(/Several numbers fit/)
  const [first = ''] = ana.buttons(/Several numbers fit/)
  await ana.presses(first, /Several numbers fit/)
  await ana.sees(/Acme[\s\S]*As of/)

  await bruno.says('/status +55 11 97654-0211')
  const withNine = await bruno.sees(/As of/)
  await bruno.says('/status 55 11 7654-0211')
  expect(await bruno.seesLast(/As of/)).toBe(withNine)
})

test('Whoever the desk does not know is told what to do, and learns nothing', async () => {
  await using stage = await openStage()
  const { eve, zoe } = stage
  await eve.says('/portdesk status +49 30 23125301')
  await eve.sees(/You are not on this desk yet/)
  await zoe.says('/status +49 30 23125301')
  await zoe.sees(/not linked to a partner yet/)
  expect([...eve.texts(), ...zoe.texts()].join()).not.toMatch(/Copperleaf/)
})

test('A platform that is down, refuses or answers nonsense gives a sentence, never a crash', async () => {
  await using stage = await openStage()
  const { ana, paula, world } = stage
  const sorry = () => ana.texts().filter((text) => /Could not be looked up: .+Try again in a minute/.test(text)).length
  for (const kind of ['500', '401', '429', 'html', 'cut'] as const) {
    await world({ fault: { system: 'hub', path: '', kind, retryAfter: 60 } })
    const before = sorry()
    await ana.says('/portdesk status cT8velCH')
    await expect.poll(sorry).toBe(before + 1)
    await world({ faults: [] })
    await stage.clock.advance('PT5M')
  }
  await world({ fault: { system: 'graph', path: '', kind: '500' } })
  await paula.says('/status cT8velCH')
  const partly = await paula.sees(/Not everything could be checked|need/)
  expect(partly).toMatch(/Copperleaf Travel/)
  expect(partly).toMatch(/Could not be checked/)
})
