import { test } from 'vitest'
import { openStage } from '../kit/stage.ts'

test('After days, /cases shows what is open and asks the pending question again; back, edit and skip work', async () => {
  await using stage = await openStage()
  const { paula, ana, clock } = stage
  await paula.says('/new')
  await paula.presses('Move a number away')
  await paula.sees(/Which number/)
  await paula.says('+49 30 23125301')
  await paula.presses('No', /admin access/)
  await paula.sees(/Which provider/)

  await clock.advance('PT30H')
  await paula.sees(/You were answering questions/)
  await paula.says('/cases')
  await paula.sees(/1 open case[\s\S]*PD-1 · Move a number away/)
  await paula.seesLast(/Which provider/)

  await paula.presses('Back', /Which provider/)
  await paula.seesLast(/admin access/)
  await paula.presses(/^Yes/, /admin access/)
  await paula.seesLast(/Which provider/)
  await paula.says('Northern Lights')
  await paula.presses('Skip', /When is the move planned/)
  await paula.presses('Yes', /invoices/)
  await paula.presses('Yes', /texts of the templates/)
  await paula.presses(/^No/, /unused funds/)
  await paula.sees(/PD-1 · Move a number away\n\+49 30 23125301/)

  await paula.presses('Change answers', /PD-1/)
  await paula.presses(/provider/, /PD-1: answers/)
  await paula.seesLast(/Which provider/)
  await paula.says('Southern Cross')
  await paula.sees(/New provider: Southern Cross/)
  await ana.sees(/Southern Cross/)

  await ana.says('/portdesk cases')
  await ana.sees(/1 open case[\s\S]*PD-1/)
  await ana.says('/portdesk case PD-1')
  await ana.sees(/PD-1[\s\S]*Southern Cross/)
})

test('A conversation that nobody goes on with is nudged, then expires where everybody can see it', async () => {
  await using stage = await openStage()
  const { paula, clock } = stage
  await paula.says('/new port-out')
  await paula.sees(/Which number/)
  await clock.advance('PT25H')
  await paula.sees(/You were answering questions/)
  await clock.advance('P7D')
  await paula.sees(/Nobody answered for 7 days/)
  await paula.says('/cases')
  await paula.sees(/No open cases/)
})

test("A flow's next version drops a step and adds another while a case is open: it goes on", async () => {
  const { default: portOut } = await import('../../src/flows/port-out.ts')
  const { default: twoStep } = await import('../../src/flows/two-step-disable.ts')
  const { task } = await import('../../src/flows/engine/define.ts')
  const { openReleaseCase, releaseNumber } = await import('../kit/cases.ts')
  await using stage = await openStage()
  const { paula, ana, world, clock } = stage
  await openReleaseCase(stage)
  await ana.presses('Accept', /PD-1/)
  await paula.sees(/Ana accepted/)

  const later = {
    ...portOut,
    version: 2,
    steps: [
      ...portOut.steps.filter(({ id }) => id !== 'release-ticket'),
      task('say-goodbye', { ref: 'po-s6', owner: 'partner', after: ['cancel-subscription'] }),
    ],
  }
  await stage.restart([later, twoStep])
  await world({ pin: { phone: releaseNumber, enabled: false } })
  await paula.sees(/✓ Two-step verification is off/)
  await world({ moved: { phone: releaseNumber } })
  await clock.advance('PT2H')
  await paula.presses(/^Done/, /Next: Cancel the 360dialog subscription/)
  await paula.sees(/Next: say-goodbye/)
  await paula.presses(/^Done/, /Next: say-goodbye/)
  await paula.sees(/Done\. The number has moved/)
  await paula.sees(/PD-1 · Move a number away[\s\S]*🟢 Done/)
})
