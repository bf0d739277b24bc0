// Fails when tests that need PostgreSQL, Redis or Chromium did not run, and says in one line how many passed.
import { readFileSync } from 'node:fs'

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const tests = report.testResults.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: file.name })))
const needs = {
  PostgreSQL: (test) => /postgres/i.test(test.fullName),
  Redis: (test) => /redis/i.test(test.fullName),
  Chromium: (test) => /\/browser[^/]*\.test\.ts$/.test(test.file),
}
let missing = 0
for (const [server, uses] of Object.entries(needs)) {
  const ran = tests.filter((test) => uses(test) && test.status === 'passed').length
  const skipped = tests.filter((test) => uses(test) && test.status !== 'passed').length
  if (ran > 0 && skipped === 0) continue
  console.error(`With ${server}: ${ran} tests passed, ${skipped} did not run or failed.`)
  missing += 1
}
const skipped = tests.filter((test) => test.status !== 'passed' && test.status !== 'failed').length
console.log(`${report.numPassedTests} passed, ${report.numFailedTests} failed, ${skipped} skipped`)
if (missing) process.exit(1)
