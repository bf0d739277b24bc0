import { type Bar, below, percentile } from './bar.ts'
import { type Case, type Keypad, keypad } from './keypad.ts'
import { plantNumbers } from './more-numbers.ts'
import { type DeskInBench, onDesk } from './on-desk.ts'
import { type Partner, partnerIn } from './partner.ts'
import { kinds } from './stores.ts'
import { type Visitor, visitorOf } from './visitor.ts'

/** So many cases are open on a busy desk. */
const many = 200

/** What gets slower when many cases are open: presses, the lists of cases in both chats, the sandbox's page. */
export async function openCasesBars({ quick }: { quick: boolean }): Promise<Bar[]> {
  const bars: Bar[] = []
  for (const kind of kinds()) bars.push(...(await onDesk(kind, (sandbox) => plantNumbers(sandbox, many), busy)))
  return bars

  function busy({ sandbox, title }: DeskInBench, [first = '', ...others]: string[]): Promise<Bar[]> {
    return measure(`${title}, ${many} open cases`, first, others, quick, {
      keys: keypad(sandbox),
      partner: partnerIn(sandbox),
      visitor: visitorOf(sandbox),
    })
  }
}

interface People {
  keys: Keypad
  partner: Partner
  visitor: Visitor
}

async function measure(name: string, first: string, others: string[], quick: boolean, people: People): Promise<Bar[]> {
  const { keys, partner, visitor } = people
  const presses = quick ? 60 : 300
  const times = quick ? 10 : 40
  const own = await keys.openCase(first)
  await pressed(keys, own, 60)
  const alone = await pressed(keys, own, presses)
  for (const number of others) await partner.opensCase(number)
  await keys.quiet()
  await pressed(keys, own, 60)
  const busy = await pressed(keys, own, presses)
  const ms = (what: string, values: number[], target?: number): Bar => ({
    name: `${name}: ${what}`,
    value: percentile(values, 0.5),
    unit: 'ms',
    ...(target !== undefined && { target: below(target) }),
  })
  const ratio = percentile(busy, 0.5) / percentile(alone, 0.5)
  return [
    ms('press to card, p50', busy),
    { name: `${name}: press to card, p50 to that of 1 open case`, value: ratio, unit: '×', target: below(1.3) },
    ms('/portdesk cases in Slack, p50', await repeated(times, keys.listsCases), 150),
    ms('/cases in Telegram, p50', await repeated(times, partner.listsCases), 150),
    ms('state of the sandbox, p50', await repeated(times, visitor.readsState), 500),
    ms('first load of the page, p50', await repeated(times, visitor.loadsPage), 500),
    ms('an edit to its message on the page, p50', await repeated(times, () => visitor.seesChange(keys, own)), 500),
  ]
}

async function pressed(keys: Keypad, own: Case, times: number): Promise<number[]> {
  return repeated(times, async () => (await keys.pressToCard(own)).shown)
}

async function repeated(times: number, once: () => Promise<number>): Promise<number[]> {
  const all: number[] = []
  for (let n = 0; n < times; n += 1) all.push(await once())
  return all
}
