import { parseArgs } from 'node:util'
import { type Bar, met, targetText, valueText } from './bar.ts'
import { bootBars } from './boot.ts'
import { doorBars } from './door.ts'
import { driveBars } from './drive.ts'
import { engineBars } from './engine.ts'
import { conditions } from './machine.ts'
import { openCasesBars } from './open-cases.ts'
import { pressBars } from './press.ts'
import { amendReport, writeReport } from './report.ts'

/** The parts, in the order in which they run and stand in the report. */
const parts: Record<string, (how: { quick: boolean }) => Bar[] | Promise<Bar[]>> = {
  press: pressBars,
  drive: driveBars,
  'open-cases': openCasesBars,
  door: doorBars,
  boot: bootBars,
  engine: engineBars,
}

const { values } = parseArgs({ options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } } })
const { only, quick } = values
if (only && !parts[only]) throw new Error(`There is no part "${only}": ${Object.keys(parts).join(', ')}`)

const before = await conditions()
const results: Record<string, Bar[]> = {}
for (const [name, measure] of Object.entries(parts)) {
  if (only && only !== name) continue
  console.log(`\n${name}`)
  results[name] = await measure({ quick })
  for (const bar of results[name]) console.log(line(bar))
}
if (!quick) {
  const file = only ? amendReport(before, results) : writeReport({ ...before, parts: results })
  console.log(file ? `\nWritten to ${file}` : '\nWritten nowhere: there is no whole run of today.')
}
process.exit()

function line(bar: Bar): string {
  const verdict = { true: 'met', false: 'NOT MET', undefined: '' }[`${met(bar)}`]
  return `  ${bar.name.padEnd(62)} ${valueText(bar).padStart(12)}  ${targetText(bar).padEnd(14)} ${verdict}`
}
