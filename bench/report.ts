import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Bar, met, targetText, valueText } from './bar.ts'
import type { Conditions } from './machine.ts'

const page = new URL('../docs/performance.md', import.meta.url)
const results = new URL('./results/', import.meta.url)
const begin = '<!-- results: written by npm run bench -->'
const end = '<!-- end of results -->'

interface Report extends Conditions {
  /** Parts that were measured alone after the run, and the revision of that. */
  again?: Record<string, string>
  parts: Record<string, Bar[]>
}

/** Keeps a run as JSON and puts its table into docs/performance.md. Answers the path of the JSON. */
export function writeReport(report: Report): string {
  mkdirSync(results, { recursive: true })
  const file = fileOf(report)
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`)
  const text = readFileSync(page, 'utf8')
  const [before, rest] = text.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error('docs/performance.md has lost its markers')
  writeFileSync(page, [before, begin, '\n', table(report), end, after].join(''))
  return fileURLToPath(file)
}

/** Puts a part that was measured alone into the run of the same day. Answers the path of the JSON, if there is such a run. */
export function amendReport(conditions: Conditions, parts: Record<string, Bar[]>): string | undefined {
  const file = fileOf(conditions)
  if (!existsSync(file)) return undefined
  const report: Report = JSON.parse(readFileSync(file, 'utf8'))
  const again = Object.fromEntries(Object.keys(parts).map((name) => [name, conditions.revision]))
  return writeReport({ ...report, again: { ...report.again, ...again }, parts: { ...report.parts, ...parts } })
}

const fileOf = ({ date }: Conditions) => new URL(`${date.slice(0, 10)}.json`, results)

function table({ date, revision, machine, versions, again = {}, parts }: Report): string {
  const { cpu, cores, memoryGb, system, loadBefore } = machine
  const rows = Object.values(parts).flat().map(row)
  return `
Measured on ${date.slice(0, 10)} at revision ${revision}, on ${cpu} with ${cores} cores and ${memoryGb} GB (${system}; load before the run ${loadBefore.toFixed(1)}).
${Object.entries(versions)
  .map(([name, version]) => `${name} ${version}`)
  .join(', ')}.${Object.entries(again)
    .map(([name, later]) => ` "${name}" was measured again that day, alone, at revision ${later}.`)
    .join('')}

| what | measured | target | met |
|---|---|---|---|
${rows.join('\n')}

`
}

function row(bar: Bar): string {
  const verdict = { true: 'yes', false: '**no**', undefined: '' }[`${met(bar)}`]
  return `| ${bar.name} | ${valueText(bar)} | ${targetText(bar)} | ${verdict} |`
}
