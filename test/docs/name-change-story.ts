import { test } from 'vitest'
import { openStage } from '../kit/stage.ts'

const number = '+49 30 23125101'

test('A name changes, from the first question to the end', async () => {
  await using stage = await openStage()
  const { paula, ana, world, clock } = stage
  await paula.says('/new name-change')
  await paula.sees(/Which number/)
  await paula.says(number)
  await paula.sees(/What shall the number be called/)
  await paula.says('Acme Help')
  await paula.presses('The spelling was wrong', /Why does the name change/)
  await ana.presses('Accept', /PD-1/)
  await paula.sees(/Next: New name asked for/)
  await paula.presses(/^Done/, /Next: New name asked for/)
  await world({ number: { phone: number, set: { verified_name: 'Acme Help' } } })
  await clock.advance('PT2M')
  await paula.sees(/Done\. The new name is shown\./)
})
