import { expect, test } from 'vitest'
import { z } from 'zod'
import { allows } from '../../src/flows/engine/rights.ts'
import { catalogue } from '../../src/flows/index.ts'
import { openTab, withoutBrowser } from '../kit/browser.ts'
import { openStage } from '../kit/stage.ts'

const blockSchema = z.object({ type: z.string(), label: z.object({ text: z.string() }).optional() })

test.skipIf(withoutBrowser)('The page draws the form of every procedure, with every field', async () => {
  await using stage = await openStage()
  await using tab = await openTab(stage.sandbox.url)
  const { page, slack, problems } = tab
  const form = page.getByTestId('slack-modal')
  for (const flow of catalogue.filter(({ startedBy }) => allows(startedBy, 'support'))) {
    await slack.writes(`/portdesk new ${flow.id}`)
    await form.waitFor()
    const blocks = z.array(blockSchema).parse(stage.sandbox.state().slack.modals.at(-1)?.view.blocks)
    const labels = blocks.flatMap(({ type, label }) => (type === 'input' ? (label?.text ?? []) : []))
    expect(labels, flow.id).not.toEqual([])
    for (const label of labels) await form.getByText(label, { exact: false }).first().waitFor()
    await page.keyboard.press('Escape')
    await form.waitFor({ state: 'detached' })
  }
  expect(problems).toEqual([])
})

test.skipIf(withoutBrowser)('A notice is read and acknowledged in the page', async () => {
  await using stage = await openStage({ notices: true })
  await using tab = await openTab(stage.sandbox.url)
  const { page, slack, telegram, problems } = tab
  await page.getByTestId('channel-alerts').click()
  const value = { display_phone_number: '493023125301', event: 'FLAGGED', current_limit: 'TIER_1K' }
  const changes = [{ field: 'phone_number_quality_update', value }]
  const payload = { object: 'whatsapp_business_account', entry: [{ id: '1', time: 1, changes }] }
  await stage.world({ event: { system: 'meta', payload } })
  await stage.clock.advance('PT10S')
  const notice = await slack.sees(/Quality problem on number \+49 30 23125301/)
  await telegram.sees(/Quality problem on number \+49 30 23125301/)
  await notice.getByRole('button', { name: 'Acknowledge' }).click()
  await slack.sees(/Quality problem on number \+49 30 23125301.*Ana/s)
  if (process.env.SCREENSHOT) await page.screenshot({ path: process.env.SCREENSHOT })
  expect(problems).toEqual([])
})
