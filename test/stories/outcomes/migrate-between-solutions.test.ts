import { expect, test } from 'vitest'
import { openStage } from '../../kit/stage.ts'

const number = '+49 30 23125601'
const waba = '192241593368825'

test('Cancelled: the client never accepts, and the partner gives up where the new partner can read it', async () => {
  await using stage = await openStage()
  const { ana, paula, nils, clock } = stage
  await paula.says(`/new migrate-between-solutions ${waba}`)
  await paula.presses(/^Into another solution/, /Where shall the account go/)
  await paula.says('930225513398826', /Which solution shall it move to/)
  await paula.says('NordwnPA', /Partner ID of the new Solution Partner/)
  await paula.presses(/^A request in Meta Business Suite/, /How shall the client accept/)
  await paula.presses(/^We do it/, /Who turns two-step/)
  await paula.presses('We planned for it', /PD-1/)
  await ana.presses('Accept', /PD-1/)
  await paula.presses('Do it', /PD-1 · Migrate/)
  await paula.presses('Do it', /^Do it\?\s+Tag the account of/)
  await nils.sees(/PD-1 · Migrate[\s\S]*Client has accepted/)
  await clock.advance('P3D')
  await ana.sees(/PD-1 · Migrate[\s\S]*reminded/)
  await paula.presses('Cancel case', /PD-1 · Migrate/)
  await paula.presses('Cancel the case', /Cancel PD-1/)
  await ana.sees(/PD-1[\s\S]*Cancelled\nPaula \(Brightline\) cancelled this case/)
  await nils.sees(/The partner so far cancelled this case/)
  await stage.quiet()
  expect(nils.buttons(/PD-1 · Migrate/)).toEqual([])
  expect(nils.texts().join('\n')).not.toMatch(/Paula/)
  expect(nils.canSee(new RegExp(number.replace('+', '\\+')))).toBe(true)
})
