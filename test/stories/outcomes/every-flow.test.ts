import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { catalogue } from '../../../src/flows/index.ts'
import { openStage } from '../../kit/stage.ts'

/** What Brightline begins with in each flow; each leaves a question open. */
const subjects: Readonly<Record<string, string>> = {
  'number-migration': '+49 30 23125501',
  refund: '+49 30 23125402',
  'migrate-between-solutions': '192241593368825',
  'waba-ownership-transfer': '+49 30 23125301',
  'number-migration-onprem': '+49 30 23125502',
}
const subjectOf = (flow: string) => subjects[flow] ?? '+49 30 23125101'

const flows = catalogue.map(({ id }) => id)

const titleOf = (flow: string): string => {
  const text = readFileSync(new URL(`../../../locales/en/${flow}.yaml`, import.meta.url), 'utf8')
  return (parse(text) as { title: string }).title.replace(/[()]/g, '\\$&')
}

describe('what every flow does alike', () => {
  let stage: Awaited<ReturnType<typeof openStage>>
  beforeAll(async () => {
    stage = await openStage()
    await stage.world({ limits: { rate: false } })
  })
  afterAll(() => stage[Symbol.asyncDispose]())

  /** Paula opens a case in Telegram, and Ana finds it in Slack with its questions. Answers what people call it. */
  async function opened(flow: string): Promise<string> {
    const { ana, paula } = stage
    const open = new RegExp(`PD-\\d+ · ${titleOf(flow)}[\\s\\S]*Needs answers`)
    await paula.says(`/new ${flow} ${subjectOf(flow)}`)
    if (flow === 'number-migration-onprem') await paula.presses('No, an old case', /Meta retired On-Premise/)
    const card = await ana.sees(open)
    return /PD-\d+/.exec(card)?.[0] ?? ''
  }

  test.each(flows)('Cancelled: support ends %s in Slack, and the partner reads who did', async (flow) => {
    const { ana, paula } = stage
    const id = await opened(flow)
    await stage.quiet()
    await ana.presses('Cancel case', new RegExp(`${id} · ${titleOf(flow)}`))
    await paula.sees(new RegExp(`Ana cancelled this case[\\s\\S]*${id}`))
    await ana.sees(new RegExp(`${id} · [\\s\\S]*Cancelled\\nAna cancelled this case`))
    await stage.quiet()
    expect(ana.buttons(new RegExp(`${id} · ${titleOf(flow)}`))).toEqual([])
  })

  test.each(flows)('Expired: nobody goes on with %s for a week, and both chats read it', async (flow) => {
    const { ana, paula, clock } = stage
    const id = await opened(flow)
    await clock.advance('PT24H')
    await paula.sees(new RegExp(`You were answering questions[\\s\\S]*${id}`))
    await clock.advance('P6D')
    await paula.sees(new RegExp(`Nobody answered for 7 days[\\s\\S]*${id}`))
    await ana.sees(new RegExp(`${id} · [\\s\\S]*Expired\\nNobody answered`))
  })
})
