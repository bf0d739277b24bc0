import { expect, test } from 'vitest'
import { openReleaseCase, releaseNumber } from '../kit/cases.ts'
import { openStage } from '../kit/stage.ts'

test('A number that is none, unknown, or busy is asked for again, in words that say what to do', async () => {
  await using stage = await openStage()
  const { paula } = stage
  await paula.says('/new two-step-disable')
  await paula.sees(/Which number/)
  await paula.says('my number')
  await paula.seesLast(/does not look like a phone number/)
  await paula.says('+49 30 99999999')
  await paula.seesLast(/We found no such number at 360dialog/)
  await paula.says(releaseNumber)
  await paula.seesLast(/admin access/)

  await paula.says('/new port-out')
  await paula.seesLast(/Which number/)
  await paula.says(releaseNumber)
  await paula.seesLast(/PD-1 is already open about this number/)
})

test('A platform that fails while a case asks it: the case stays as it was and goes on by itself', async () => {
  await using stage = await openStage()
  const { paula, world, clock } = stage
  await world({ fault: { system: 'hub', path: '', kind: '500' } })
  await paula.says('/new port-out')
  await paula.sees(/Which number/)
  await paula.says(releaseNumber)
  await paula.sees(/360dialog did not answer just now/)
  await world({ faults: [] })
  await clock.advance('PT3M')
  await paula.seesLast(/admin access/)
})

test('An old button of a closed case says what is true now, to the person who pressed it', async () => {
  await using stage = await openStage()
  const { paula, ana } = stage
  await openReleaseCase(stage)
  await ana.says('/portdesk case PD-1')
  await ana.sees(/only|PD-1/)
  await paula.presses('Cancel case', /PD-1 · Move a number away\n/)
  await paula.presses('Cancel the case', /Cancel PD-1/)
  await paula.sees(/Paula cancelled this case/)
  await ana.presses('Accept', /PD-1/)
  await ana.sees(/PD-1 is closed \(cancelled\)/)
})

test('Commands in the wrong place, unknown words and unknown cases get help, not silence', async () => {
  await using stage = await openStage()
  const { ana, paula, nora } = stage
  await ana.says('/portdesk abracadabra')
  await ana.sees(/I do not know "abracadabra"/)
  await ana.says('/portdesk case PD-999')
  await ana.sees(/There is no case PD-999/)
  await ana.says('/portdesk status')
  await ana.sees(/Send a number, a channel id/)
  await paula.says('/abracadabra')
  await paula.sees(/I do not know "?\/?abracadabra/)
  await openReleaseCase(stage)
  await nora.says('/case PD-1')
  const foreign = await nora.sees(/There is no case PD-1/)
  await nora.says('/case PD-999')
  expect(await nora.sees(/There is no case PD-999/)).toBe(foreign.replace('PD-1', 'PD-999'))
})

test('Words in the case go to the other side; internal ones stay', async () => {
  await using stage = await openStage()
  const { ana, paula } = stage
  await openReleaseCase(stage)
  await ana.says('We are on it, Paula', /PD-1 · Move/)
  await paula.sees(/Ana: We are on it, Paula/)
  await ana.says('// the client owes us money', /PD-1 · Move/)
  await paula.says('Thank you!', /Ana: We are on it/)
  await ana.sees(/Paula \(Brightline\): Thank you!/)
  await stage.quiet()
  expect(paula.texts().join()).not.toMatch(/owes us/)
})
