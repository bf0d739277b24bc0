import { existsSync } from 'node:fs'
import { chromium, type Locator, type Page } from 'playwright-core'

/** Where the Chromium of this machine is: `$CHROMIUM`, else where Debian puts it. */
const installed = [process.env.CHROMIUM, '/usr/bin/chromium'].find((path) => path && existsSync(path))

if (!installed) console.warn('the sandbox page is not played in a browser: no Chromium here, set CHROMIUM to its path')

export const withoutBrowser = !installed

/** Nothing of the browser's own goes out to the network. */
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Real milliseconds to wait for something to appear. */
const patience = 30_000

/** One side of the sandbox's page: what a person there writes, presses and reads. */
export interface Side {
  writes(text: string): Promise<void>
  /** Presses the button of the newest message that reads so. */
  presses(button: string | RegExp, on: RegExp): Promise<void>
  /** Waits until a message reads so; answers the newest one. */
  sees(pattern: RegExp): Promise<Locator>
}

export interface Tab extends AsyncDisposable {
  page: Page
  /** The open channel, without the thread beside it. */
  slack: Side
  telegram: Side
  /** Presses one of the clock's buttons: `PT24H`. */
  letPass(duration: string): Promise<void>
  /** Pulls a lever of a number in the "Numbers" drawer. */
  pulls(lever: string, phone: string): Promise<void>
  /** What the page itself complained about: exceptions, errors in the console. */
  problems: string[]
}

/** Opens the sandbox's page in a fresh Chromium with a profile of its own. Use with `await using`. */
export async function openTab(url: string): Promise<Tab> {
  const browser = await chromium.launch({ args, ...(installed && { executablePath: installed }) })
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  page.setDefaultTimeout(patience)
  const problems: string[] = []
  page.on('pageerror', ({ message }) => problems.push(message))
  page.on('console', (line) => line.type() === 'error' && problems.push(line.text()))
  await page.goto(url)
  await page.locator('body[data-ready]').waitFor()
  return {
    page,
    problems,
    slack: side({
      composer: page.getByTestId('slack-composer'),
      messages: page.locator('.slack-room').getByTestId('slack-message'),
    }),
    telegram: side({
      composer: page.getByTestId('telegram-composer'),
      messages: page.locator('.bubble-column'),
    }),
    letPass: (duration) => page.getByTestId(`clock-${duration}`).click(),
    async pulls(lever, phone) {
      const drawer = page.getByTestId('numbers')
      const open = (await drawer.getAttribute('open')) !== null
      if (!open) await drawer.locator('summary').first().click()
      await drawer.getByTestId(`number-${phone}`).getByRole('button', { name: lever }).click()
    },
    [Symbol.asyncDispose]: () => browser.close(),
  }
}

function side({ composer, messages }: { composer: Locator; messages: Locator }): Side {
  const newest = (pattern: RegExp) => messages.filter({ hasText: pattern }).last()
  return {
    async writes(text) {
      await composer.fill(text)
      await composer.press('Enter')
    },
    async presses(button, on) {
      const exact = typeof button === 'string'
      const hit = newest(on).getByRole('button', { name: button, ...(exact && { exact }) })
      await hit.first().click()
    },
    async sees(pattern) {
      await newest(pattern).waitFor()
      return newest(pattern)
    },
  }
}
