// Fails when tests that need PostgreSQL, Redis or Chromium were skipped, and says in one line how many passed.
import { readFileSync } from 'node:fs'

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const tests = report.testResults.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: file.name })))
const skipped = tests.filter((test) => test.status === 'skipped' || test.status === 'pending' || test.status === 'todo')
const needed = skipped.filter((test) => !/specs|shared/i.test(test.fullName))
for (const test of needed) console.error(`skipped: ${test.file} > ${test.fullName}`)
const onServer = tests.filter((test) => /postgres/i.test(test.fullName) && test.status === 'passed').length
const onRedis = tests.filter((test) => /redis/i.test(test.fullName) && test.status === 'passed').length
if (onServer === 0 || onRedis === 0) console.error(`Ran on PostgreSQL: ${onServer} tests, on Redis: ${onRedis}.`)
console.log(`${report.numPassedTests} passed, ${report.numFailedTests} failed, ${skipped.length} skipped`)
if (needed.length || onServer === 0 || onRedis === 0) process.exit(1)
