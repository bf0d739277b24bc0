import { expect, test } from 'vitest'
import { openReleaseCase, releaseNumber } from '../kit/cases.ts'
import { openStageWithProcess } from '../kit/stage.ts'

test('The process is killed again and again in the middle: nothing is lost or said twice', async () => {
  await using stage = await openStageWithProcess()
  const { ana, paula, clock, world } = stage
  await openReleaseCase(stage)
  await stage.killAndStart()

  await ana.presses('Accept', /PD-1/)
  await stage.killAndStart()
  await paula.sees(/Ana accepted: Release by support/)
  await clock.advance('PT24H')
  await stage.killAndStart()
  await ana.sees(/Still open: Switch off two-step verification/)
  await clock.advance('PT48H')
  await ana.sees(/Overdue: Switch off two-step verification/)
  await world({ pin: { phone: releaseNumber, enabled: false } })
  await stage.killAndStart()
  await clock.advance('PT1H')
  await paula.sees(/✓ Two-step verification is off/)
  await ana.sees(/✓ Two-step verification is off/)

  const texts = [...paula.texts(), ...ana.texts()]
  const said = texts.filter((text) => !/PD-1 · Move a number away/.test(text)).map((text) => text.split('\n')[0])
  for (const once of ['Ana accepted: Release by support', '✓ Two-step verification is off']) {
    expect(said.filter((line) => line === once)).toHaveLength(2)
  }
  expect(texts.filter((text) => /PD-1 · Move a number away\n\+49/.test(text))).toHaveLength(2)
}, 300_000)
