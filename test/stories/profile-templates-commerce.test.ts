import { test } from 'vitest'
import { openStage } from '../kit/stage.ts'

const number = '+49 30 23125101'

test('A partner has a template deleted: support decides, the partner does it', async () => {
  await using stage = await openStage()
  const { paula, ana } = stage
  await paula.says('/new template-actions')
  await paula.sees(/Which number/)
  await paula.says(number)
  await paula.presses('Delete a template', /What shall be done/)
  await paula.sees(/Which template is it/)
  await paula.says('order_update, de')
  await ana.presses('Accept', /PD-1/)
  await paula.presses(/^Done/, /Do it in the Hub|Done in the Hub/)
  await paula.sees(/Done\. The template is as it was asked for\./)
})

test('A profile is changed, and the client is asked first', async () => {
  await using stage = await openStage()
  const { paula } = stage
  await paula.says('/new profile-update')
  await paula.says(number)
  await paula.presses('About text', /Which part of the profile/)
  await paula.sees(/What shall it say/)
  await paula.says('Open on weekdays')
  await paula.presses('Accept', /client has agreed/)
  await paula.presses('Accept', /The client agrees to the new text for/)
  await paula.presses(/^Done/, /Profile changed|Change the profile/)
  await paula.sees(/Done\. The profile is changed\./)
})
