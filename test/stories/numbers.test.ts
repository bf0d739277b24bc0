import { expect, test } from 'vitest'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { openStage } from '../kit/stage.ts'

test('A partner sees all its numbers, those with a problem first, and goes from there to one of them', async () => {
  await using stage = await openStage()
  const { paula } = stage
  await paula.says('/status')
  const list = await paula.sees(/\d+ numbers/)
  expect(list).toMatch(/need attention/)
  expect(list.indexOf('Copperleaf Tours')).toBeLessThan(list.indexOf('Acme Support'))
  expect(list).toMatch(/low \(RED\)/)
  expect(list).toMatch(/being cancelled \(pending_deletion\)/)
  expect(list).not.toMatch(/Nordwind|Fjord|@/)

  await paula.presses(/Copperleaf Tours/, /\d+ numbers/)
  await paula.sees(/Quality rating: low \(RED\)/)
  await paula.presses('Details', /Quality rating: low/)
  const details = await paula.sees(/WABA id/)
  expect(details).toMatch(/Templates: \d+; approved/i)
  expect(details).toMatch(/API-key permission: (Shared|Missing)/)
})

test('The desk chooses the partner first, and goes to one of its numbers', async () => {
  await using stage = await openStage()
  const { ana } = stage
  await ana.says('/portdesk status')
  await ana.sees(/Whose numbers\?[\s\S]*Brightline[\s\S]*Nordwind/)
  await ana.presses('Nordwind', /Whose numbers/)
  await ana.sees(/Nordwind[\s\S]*Fjord & Kante[\s\S]*page 1 of 1/)
  await ana.presses(/Acme Retail/, /page 1 of 1/)
  await ana.sees(/Official business account[\s\S]*As of/)
})

test('A partner that is down is said to be, and the others are listed', async () => {
  await using stage = await openStage()
  const { paula, world } = stage
  await world({ fault: { system: 'hub', path: '/channels', kind: '500' } })
  await paula.says('/status')
  await paula.sees(/only a part|Try again in a minute/)
})

test('Clients as a file: a partner gets its own in its chat, somebody in a group in private', async () => {
  await using stage = await openStage()
  const { paula, nora } = stage
  await paula.says('/export')
  await paula.sees(/numbers of the clients of Brightline/)
  const csv = await telegramFile(stage.sandbox, 7001)
  expect(csv.split('\r\n')[0]).toBe(
    '"Company legal name","WhatsApp number","Contact email","Account activation status: Message on behalf","Account activation status: Meta business verification","Account activation status: Number registration"',
  )
  expect(csv).toMatch(/"493023125301"/)
  expect(csv).not.toMatch(/Fjord/)
  await paula.says('/export Copperleaf')
  await paula.sees(/3 numbers of the clients of Brightline/)
  await paula.says('/export Nordwind')
  await paula.sees(/No client's name holds "Nordwind"/)

  await nora.says('/export')
  await nora.sees(/The file (is in our direct messages|could not be sent to you)/)
  expect(filesIn(stage.sandbox, -100200300)).toEqual([])
})

test('The desk names the partner, and gets the file in its direct messages', async () => {
  await using stage = await openStage()
  const { ana, eve } = stage
  await ana.says('/portdesk export')
  await ana.presses('Nordwind', /Whose clients\?/)
  await ana.sees(/The file is in our direct messages/)
  const slack = JSON.stringify(stage.sandbox.state().slack.channels)
  expect(slack).toMatch(/clients-nordwind-\d{4}-\d\d-\d\d\.csv/)
  await eve.says('/portdesk export brightline')
  await eve.sees(/You are not on this desk yet/)
})

const filesIn = (sandbox: Sandbox, chat: number) =>
  (sandbox.state().telegram.chats.find(({ id }) => id === chat)?.messages ?? []).flatMap(
    ({ document }) => document ?? [],
  )

async function telegramFile(sandbox: Sandbox, chat: number): Promise<string> {
  const [file] = filesIn(sandbox, chat).slice(-1)
  if (!file) throw new Error('There is no file')
  return file.content
}
