import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Bar, met, targetText, valueText } from './bar.ts'
import type { Conditions } from './machine.ts'

const page = new URL('../docs/performance.md', import.meta.url)
const results = new URL('./results/', import.meta.url)
const begin = '<!-- results: written by npm run bench -->'
const end = '<!-- end of results -->'

/** Keeps a run as JSON and puts its table into docs/performance.md. Answers the path of the JSON. */
export function writeReport(conditions: Conditions, parts: Record<string, Bar[]>): string {
  mkdirSync(results, { recursive: true })
  const file = new URL(`${conditions.date.slice(0, 10)}.json`, results)
  writeFileSync(file, `${JSON.stringify({ ...conditions, parts }, null, 2)}\n`)
  const text = readFileSync(page, 'utf8')
  const [before, rest] = text.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error('docs/performance.md has lost its markers')
  writeFileSync(page, [before, begin, '\n', table(conditions, parts), end, after].join(''))
  return fileURLToPath(file)
}

function table({ date, revision, machine, versions }: Conditions, parts: Record<string, Bar[]>): string {
  const { cpu, cores, memoryGb, system, loadBefore } = machine
  const rows = Object.values(parts).flat().map(row)
  return `
Measured on ${date.slice(0, 10)} at revision ${revision}, on ${cpu} with ${cores} cores and ${memoryGb} GB (${system}; load before the run ${loadBefore.toFixed(1)}).
${Object.entries(versions)
  .map(([name, version]) => `${name} ${version}`)
  .join(', ')}.

| what | measured | target | met |
|---|---|---|---|
${rows.join('\n')}

`
}

function row(bar: Bar): string {
  const verdict = { true: 'yes', false: '**no**', undefined: '' }[`${met(bar)}`]
  return `| ${bar.name} | ${valueText(bar)} | ${targetText(bar)} | ${verdict} |`
}
