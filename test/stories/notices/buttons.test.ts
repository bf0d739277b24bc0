import { expect, test } from 'vitest'
import { openStage, type Stage } from '../../kit/stage.ts'
import { fromMeta } from './posts.ts'
import { allHeard } from './rooms.ts'

/** Meta finds that people block what Brightline's number sends. */
async function flag(stage: Stage, number = '493023125301'): Promise<void> {
  const value = { display_phone_number: number, event: 'FLAGGED', current_limit: 'TIER_1K' }
  await stage.world({ event: fromMeta('1', 'phone_number_quality_update', value, 1) })
  await allHeard(stage)
  await stage.clock.advance('PT6S')
}

test('The desk acknowledges a notice, and somebody else takes care of it', async () => {
  await using stage = await openStage({ notices: true })
  const { ana, ben } = stage
  await flag(stage)
  await ana.sees(/Quality problem[\s\S]*Warning/)
  expect(ana.buttons(/Quality problem/).length).toBeLessThanOrEqual(5)
  await ana.presses('Acknowledge', /Quality problem/)
  await ana.sees(/Quality problem[\s\S]*acknowledged by Ana/)
  expect(ana.buttons(/Quality problem/)).not.toContain('Acknowledge')
  await ben.presses('Assign to me', /Quality problem/)
  await ben.sees(/Quality problem[\s\S]*Assigned to\s*:?\s*Ben/)
})

test('A partner snoozes a notice in its chat, and the desk still sees it open', async () => {
  await using stage = await openStage({ notices: true })
  const { paula, ana } = stage
  await flag(stage)
  await paula.sees(/Quality problem/)
  await paula.presses('Snooze 8 h', /Quality problem/)
  await paula.sees(/Quality problem[\s\S]*snoozed by Paula/)
  expect(ana.canSee(/snoozed/)).toBe(false)
})

test('"Quiet…" in Slack asks what, how long and why, and the message itself is quiet, too', async () => {
  await using stage = await openStage({ notices: true })
  const { ana, ben } = stage
  await flag(stage)
  await ana.presses('Details', /Quality problem/)
  await ana.presses('Quiet…', /Quality problem/)
  await ana.submits({ scope: 'subject:phone:493023125301', length: '3d', reason: 'we are moving it' })
  await ana.sees(/Quiet until[\s\S]*we are moving it/)
  await ana.sees(/Quality problem[\s\S]*snoozed by Ana/)
  await ben.says('/portdesk mutes')
  await ben.sees(/1 mute[\s\S]*by Ana[\s\S]*we are moving it/)
})

test('A partner subscribes its chat with one press, and mutes by a command', async () => {
  await using stage = await openStage({ notices: true })
  const { paula } = stage
  await paula.says('/subscribe')
  await paula.presses('Templates', /What shall this room hear of/)
  await paula.sees(/This room hears of: Templates/)
  await paula.says('/subscriptions')
  await paula.presses(/^Remove/, /1 subscription/)
  await paula.sees(/No room has subscribed/)
  await paula.says('/mute +49 30 23125301 for 3d')
  await paula.sees(/Please add why/)
  await paula.says('/mute +49 30 23125301 for 3d it moves')
  await paula.sees(/Quiet until[\s\S]*it moves/)
})
