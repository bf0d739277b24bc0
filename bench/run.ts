import { type Bar, met, targetText, valueText } from './bar.ts'
import { bootBars } from './boot.ts'
import { engineBars } from './engine.ts'
import { pressBars } from './press.ts'

const quick = process.argv.includes('--quick')
const only = process.argv[process.argv.indexOf('--only') + 1]
const show = (bars: Bar[]) => {
  for (const b of bars) console.log(b.name, valueText(b), targetText(b), met(b))
}
if (only === 'engine') show(engineBars({ quick }))
if (only === 'press') show(await pressBars({ quick }))
if (only === 'boot') show(await bootBars({ quick }))
if (only === 'drive') show(await (await import('./drive.ts')).driveBars({ quick }))
