import { expect, test } from 'vitest'
import { openReleaseCase } from '../kit/cases.ts'
import { openStage } from '../kit/stage.ts'

test('Two agents press Accept and Decline at the same moment: one decision, the other is told who decided', async () => {
  await using stage = await openStage()
  const { ana, ben, paula } = stage
  await openReleaseCase(stage)
  await ben.presses('Decline', /PD-1/)
  await Promise.all([ana.presses('Accept', /PD-1/), ben.submits({ reason: 'No ticket yet' })])
  const decided = await paula.sees(/Ana accepted: Release by support|This case was declined: No ticket yet/)
  if (/accepted/.test(decided)) await ben.sees(/Ana was faster: accepted|PD-1 is closed/)
  else await ana.sees(/Ben was faster: declined|PD-1 is closed/)
  expect(await decisions(stage), 'told once in each of the two rooms').toHaveLength(2)
})

test('A hundred presses by ten hands are one decision', async () => {
  await using stage = await openStage()
  const { ana, ben, cleo, dan } = stage
  await openReleaseCase(stage)
  const hands = [ana, ben, cleo, dan, ana, ben, cleo, dan, ana, ben]
  await Promise.allSettled(hands.flatMap((hand) => Array.from({ length: 10 }, () => hand.presses('Accept', /PD-1/))))
  await stage.paula.sees(/accepted: Release by support/)
  expect(await decisions(stage), 'told once in each of the two rooms').toHaveLength(2)
})

test('A partner cannot decide what support decides, whatever its client sends', async () => {
  await using stage = await openStage()
  const { paula } = stage
  await openReleaseCase(stage)
  expect(paula.buttons(/PD-1 · Move a number away/)).not.toContain('Accept')
})

async function decisions(stage: Awaited<ReturnType<typeof openStage>>): Promise<string[]> {
  await stage.quiet()
  return stage.transcript().match(/^\*?(Ana|Ben|Cleo|Dan) (accepted|declined): Release by support/gm) ?? []
}
