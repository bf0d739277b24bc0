import { expect, test } from 'vitest'
import { openStage } from '../kit/stage.ts'

const answers = { number: '+49 30 23125301', target: 'Northern Lights', admin: 'yes', invoices: 'yes', templates: 'no' }

test('Support opens a case in Slack with forms; the partner gets its card in Telegram', async () => {
  await using stage = await openStage()
  const { ana, paula } = stage
  await ana.says('/portdesk new port-out')
  expect(await ana.submits({ ...answers, number: 'none' })).toEqual({ number: expect.stringMatching(/phone number/) })
  expect(await ana.submits(answers)).toEqual({})
  await ana.submits({ refund: 'no' })
  await ana.sees(/PD-1 · Move a number away[\s\S]*Northern Lights[\s\S]*Template texts exported/)
  await paula.sees(/PD-1 · Move a number away[\s\S]*Northern Lights/)
  expect(paula.buttons(/PD-1/)).not.toContain('Accept')

  await ana.presses('Change answers', /PD-1/)
  await ana.submits({ target: 'Southern Cross' })
  await paula.sees(/PD-1[\s\S]*Southern Cross/)
})

test('A number that is not there is said in the form itself, and can be corrected there', async () => {
  await using stage = await openStage()
  const { ana } = stage
  await ana.says('/portdesk new two-step-disable')
  await ana.submits({ number: '+49 30 99999999' })
  await stage.quiet()
  await ana.submits({ number: '+49 30 23125301' })
  await ana.submits({ admin: 'yes' })
  await ana.sees(/PD-1 · Switch off two-step verification[\s\S]*Release by support/)
})

test('A decline needs a reason, and everybody hears it', async () => {
  await using stage = await openStage()
  const { ana, paula } = stage
  await paula.says('/new two-step-disable')
  await paula.sees(/Which number/)
  await paula.says('+49 30 23125301')
  await paula.presses('No', /admin access/)
  await ana.presses('Decline', /PD-1/)
  await ana.submits({ reason: 'The ticket has to come from the client' })
  await paula.sees(/This case was declined: The ticket has to come from the client/)
  await ana.sees(/PD-1[\s\S]*Declined/)
})
