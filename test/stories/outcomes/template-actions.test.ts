import { expect, test } from 'vitest'
import { openStage, type Stage } from '../../kit/stage.ts'

const number = '+49 30 23125101'
const waba = '104726318850943'

/** Paula of Brightline asks for it in Telegram. */
async function asked({ paula }: Stage, action: string) {
  await paula.says(`/new template-actions ${number}`)
  await paula.presses(action, /What shall be done/)
  await paula.sees(/Which template is it/)
  await paula.says('order_update, en')
  await paula.sees(/PD-1 · Work on a template/)
}

/** What people do in the Hub: a template of Brightline's account is handed in anew. */
async function handedIn(stage: Stage, name: string) {
  await stage.world({ template: { waba, name, status: 'SUBMITTED' } })
}

test('Done: a template is handed in, Meta approves it, and the case ends by itself', async () => {
  await using stage = await openStage()
  const { ana, paula, world } = stage
  await asked(stage, 'Create a template')
  await paula.sees(/✅ Room for another template\n\s+templates: 3/)
  await handedIn(stage, 'order_update')
  await paula.presses(/^Done/, /PD-1/)
  await ana.sees(/Paula \(Brightline\) ticked off: Done in the Hub/)
  await world({ template: { waba, name: 'order_update', status: 'APPROVED' } })
  await paula.sees(/Done\. The template is as it was asked for/)
  await ana.sees(/PD-1[\s\S]*✅ Reviewed by Meta\n\s*template: APPROVED \(checked/)
  await ana.sees(/PD-1[\s\S]*3\/3 {2}· {2}Done/)
})

test('Done: Meta rejects it, the partner reads why and edits it, and Meta approves that', async () => {
  await using stage = await openStage()
  const { ana, paula, world } = stage
  await asked(stage, 'Edit a template')
  await handedIn(stage, 'order_update')
  await paula.presses(/^Done/, /PD-1/)
  await world({ template: { waba, name: 'order_update', status: 'REJECTED', reason: 'INVALID_FORMAT' } })
  await paula.sees(
    /Next: Correct the rejected template[\s\S]*Its reason: INVALID_FORMAT\. In the Hub, open the template, edit/,
  )
  await ana.sees(/⬜ Approved after a correction\n\s*partner/)
  await handedIn(stage, 'order_update')
  await world({ template: { waba, name: 'order_update', status: 'REJECTED', reason: 'TAG_CONTENT_MISMATCH' } })
  await paula.sees(/PD-1[\s\S]*Its reason: TAG_CONTENT_MISMATCH/)
  await stage.clock.advance('PT24H')
  await paula.sees(/Still open: Correct the rejected template/)
  await world({ template: { waba, name: 'order_update', status: 'APPROVED' } })
  await paula.sees(/Done\. The template is as it was asked for/)
})

test('Done: Meta takes longer than a day, and support is reminded to look', async () => {
  await using stage = await openStage()
  const { ana, paula, clock } = stage
  await asked(stage, 'Copy a template')
  await handedIn(stage, 'order_update')
  await paula.presses(/^Done/, /PD-1/)
  await clock.advance('PT2M')
  await ana.sees(/⬜ Reviewed by Meta[\s\S]*template: SUBMITTED/)
  await clock.advance('PT24H')
  await ana.sees(/Still open: Look whether Meta has reviewed the template/)
  await ana.presses('It is approved', /Still open: Look whether Meta has reviewed/)
  await paula.sees(/Done\. The template is as it was asked for/)
})

test('Declined: support was late, was asked twice, and keeps the template', async () => {
  await using stage = await openStage()
  const { ana, paula, clock } = stage
  await asked(stage, 'Delete a template')
  expect(paula.buttons(/PD-1 · Work on a template/)).not.toContain('Decline')
  await clock.advance('PT24H')
  await ana.sees(/Still open: Decide about the deletion/)
  await clock.advance('PT24H')
  await ana.sees(/Overdue: Decide about the deletion/)
  await paula.sees(/takes longer than planned: Decide about the deletion/)
  await ana.presses('Decline', /PD-1/)
  expect(await ana.submits({ reason: 'A campaign still sends it' })).toEqual({})
  await paula.sees(/This case was declined: A campaign still sends it/)
  await ana.sees(/PD-1[\s\S]*Declined/)
})

test('Cancelled: support ends it in Slack, and the partner reads who did', async () => {
  await using stage = await openStage()
  const { ana, paula } = stage
  await asked(stage, 'Edit a template')
  await ana.presses('Cancel case', /PD-1 · Work on a template/)
  await paula.sees(/Ana cancelled this case/)
  await stage.quiet()
  expect(paula.buttons(/PD-1 · Work on a template/)).toEqual([])
  expect(ana.buttons(/PD-1 · Work on a template/)).toEqual([])
})

test('Expired: nobody says which template', async () => {
  await using stage = await openStage()
  const { ana, paula, clock } = stage
  await paula.says(`/new template-actions ${number}`)
  await paula.presses('Copy a template', /What shall be done/)
  await paula.sees(/Which template is it/)
  await clock.advance('PT24H')
  await ana.sees(/PD-1[\s\S]*Needs answers/)
  await clock.advance('P6D')
  await paula.sees(/Nobody answered for 7 days/)
  await ana.sees(/PD-1[\s\S]*Expired/)
})

test('The platform refuses: the Hub tells nothing of templates, so people say what they see', async () => {
  await using stage = await openStage()
  const { ana, paula, world, clock } = stage
  await world({ fault: { system: 'hub', path: 'templates', kind: '403' } })
  await asked(stage, 'Create a template')
  await paula.sees(/Room for another template[\s\S]*Could not be checked: HTTP 403/)
  await ana.sees(/Room for another template[\s\S]*Could not be checked: HTTP 403/)
  await paula.presses('There is room', /PD-1/)
  await paula.presses(/^Done/, /PD-1/)
  await paula.presses('Details', /PD-1/)
  await paula.presses('Not done after all: Done in the Hub', /PD-1/)
  await ana.sees(/⬜ Done in the Hub\npartner/)
  await paula.presses(/^Done/, /PD-1/)
  await paula.sees(/Reviewed by Meta[\s\S]*Could not be checked: HTTP 403/)
  await clock.advance('PT24H')
  await ana.presses('It is approved', /Still open: Look whether Meta has reviewed/)
  await paula.sees(/Done\. The template is as it was asked for/)
})
