import { expect, test } from 'vitest'
import { until } from '../../sandbox/telegram/served.ts'
import { group, stage } from './stage.ts'

test('/explain asks about the text behind it', async () => {
  const { paula, asked } = await stage('webhook')
  await paula.says('/explain (#133016)\nfor our number')
  await until(() => asked.length === 1)
  expect(asked[0]?.slice(0, 4)).toEqual(['command', 'telegram:7001', 'explain', '(#133016)\nfor our number'])
})

test('/explain as a reply asks about the message that it answers, in groups too', async () => {
  const { nils, asked, world } = await stage('webhook')
  await nils.says('Two-factor authentication not yet disabled')
  const message = world.messages(group).at(-1)?.message_id
  await nils.says('/explain', { reply_to: message })
  await until(() => asked.length === 1)
  expect(asked[0]?.slice(2, 4)).toEqual(['explain', 'Two-factor authentication not yet disabled'])
  await nils.says('/explain 131042', { reply_to: message })
  await until(() => asked.length === 2)
  expect(asked[1]?.slice(2, 4)).toEqual(['explain', '131042'])
})

test('/explain alone asks about nothing, and gets its usage', async () => {
  const { paula, asked } = await stage('webhook')
  await paula.says('/explain')
  await until(() => asked.length === 1)
  expect(asked[0]?.slice(2, 4)).toEqual(['explain', ''])
})
