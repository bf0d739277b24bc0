import { expect, test } from 'vitest'
import { openTab, withoutBrowser } from '../kit/browser.ts'
import { openStage } from '../kit/stage.ts'

const phone = '493023125301'
const number = '+49 30 23125301'

test.skipIf(withoutBrowser)('A number moves away, played by clicking in the page', async () => {
  await using stage = await openStage()
  await using tab = await openTab(stage.sandbox.url)
  const { page, slack, telegram, letPass, pulls } = tab

  await telegram.writes('/new')
  await telegram.presses('Move a number away', /What would you like to do/)
  await telegram.sees(/Which number is it about/)
  await telegram.writes(number)
  await telegram.presses('Yes', /admin access/)
  await telegram.sees(/Which provider/)
  await telegram.writes('Northern Lights Messaging')
  await telegram.presses('Skip', /When is the move planned/)
  await telegram.presses('Yes', /invoices/)
  await telegram.presses('Yes', /texts of the templates/)
  await telegram.presses(/^No/, /unused funds/)
  await telegram.sees(/PD-1 · Move a number away.*Waiting for/s)

  const card = await slack.sees(/PD-1 · Move a number away.*Release by support/s)
  const ts = await card.getAttribute('data-ts')
  await card.getByRole('button', { name: 'Accept' }).click()
  await page.getByTestId('slack-confirm').getByRole('button', { name: 'Accept' }).click()
  await card.getByRole('button', { name: 'Decline' }).waitFor({ state: 'detached' })
  expect(await card.getAttribute('data-ts'), 'the card has changed in place').toBe(ts)
  await telegram.sees(/Ana accepted: Release by support/)

  await letPass('PT24H')
  await card.getByTestId('thread-open').click()
  await page.getByTestId('slack-thread').getByText('Still open: Switch off two-step verification').waitFor()
  await page.getByRole('button', { name: 'Close thread' }).click()

  await letPass('PT24H')
  await letPass('PT24H')
  const escalation = await slack.sees(/replied to a thread:.*Overdue: Switch off two-step verification/s)
  expect(await escalation.getAttribute('data-broadcast')).toBe('yes')
  await telegram.sees(/takes longer than planned/)

  await pulls('Switch two-step off', phone)
  await telegram.sees(/✓ Two-step verification is off/)
  await slack.sees(/PD-1 · Move a number away.*two-step PIN set: no/s)
  await pulls('Number arrived at its new provider', phone)
  await letPass('PT1H')
  await letPass('PT1H')
  await telegram.presses(/^Done/, /Next: Cancel the 360dialog subscription/)
  await telegram.sees(/Done\. The number has moved/)
  const closed = page.locator(`.slack-room [data-ts="${ts}"]`)
  await closed.getByRole('button', { name: 'Cancel case' }).waitFor({ state: 'detached' })
  expect(tab.problems).toEqual([])
})

test.skipIf(withoutBrowser)('Ana opens a case in a Slack form, with a wrong number first', async () => {
  await using stage = await openStage()
  await using tab = await openTab(stage.sandbox.url)
  const { page, slack } = tab
  const form = page.getByTestId('slack-modal')
  const chooses = (option: string, question: RegExp) =>
    form.getByRole('radiogroup', { name: question }).getByLabel(option).check()

  await slack.writes('/portdesk new')
  await slack.presses('Move a number away', /What would you like to do/)
  await form.getByLabel('Which number is it about?').fill('12345')
  await chooses('Yes', /admin access/)
  await form.getByLabel('Which provider does the number move to?').fill('Northern Lights Messaging')
  await chooses('Yes', /invoices/)
  await chooses('Yes', /texts of the templates/)
  await page.getByTestId('slack-submit').click()
  await form.getByTestId('slack-error').waitFor()
  expect(await form.getByLabel('Which number is it about?').evaluate((field) => field.matches(':focus'))).toBe(true)

  await form.getByLabel('Which number is it about?').fill(number)
  await page.getByTestId('slack-submit').click()
  // What depends on these answers is asked next, in the same window.
  await chooses('No', /unused funds/)
  await page.getByTestId('slack-submit').click()
  await form.waitFor({ state: 'detached' })
  await slack.sees(/PD-1 · Move a number away.*Copperleaf Travel/s)
  expect(tab.problems).toEqual([])
})

test.skipIf(withoutBrowser)('The newest message stays in sight after a look into another channel', async () => {
  await using stage = await openStage()
  await using tab = await openTab(stage.sandbox.url)
  const { page, slack } = tab

  for (const command of ['help', 'new', 'help']) await slack.writes(`/portdesk ${command}`)
  await page.locator('.slack-room').getByTestId('slack-message').nth(2).waitFor()
  await page.getByTestId('channel-alerts').click()
  await page.getByText('All quiet').waitFor()
  await page.getByTestId('channel-cases').click()
  await slack.writes('/portdesk cases')
  await slack.sees(/No open cases/)
  const list = page.locator('.slack-list')
  expect(await list.evaluate((box) => box.scrollHeight > box.clientHeight), 'there is more than fits').toBe(true)
  await expect.poll(() => list.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight)).toBeLessThan(2)
})
