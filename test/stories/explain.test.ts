import { expect, test } from 'vitest'
import { openStage } from '../kit/stage.ts'

test('An error is pasted: Slack and Telegram tell what it means, and the procedure is one press away', async () => {
  await using stage = await openStage()
  const { ana, paula, sandbox } = stage

  await ana.says('/portdesk explain {"error":{"code":100,"error_subcode":2388103}}')
  await ana.sees(/What this error means[\s\S]*Meta refuses to move the number/)
  await ana.says('/portdesk explain')
  await ana.sees(/Paste the error after the command/)

  await paula.says('Two-factor authentication not yet disabled')
  await paula.says('/explain', /Two-factor/)
  await paula.sees(/is still on where the number is now[\s\S]*Who has to act: client or the old provider/)
  await paula.presses('Switch off two-step verification', /What this error means/)
  await paula.sees(/Which number is it about/)
  await paula.says('/cancel')
  await paula.says('/explain good morning')
  await paula.sees(/No error that I know/)

  await ana.says('(#133016) says Meta')
  const text = await ana.sees(/133016/)
  const message = sandbox
    .state()
    .slack.channels.flatMap(({ messages }) => messages)
    .find((each) => each.text === text)
  const answer = await fetch(`${sandbox.url}/api/slack/shortcut`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'ana', channel: 'cases', ts: message?.ts, callback_id: 'explain-error' }),
  })
  expect(answer.status).toBe(200)
  await ana.sees(/10 times within 72 hours/)
})
