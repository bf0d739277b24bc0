import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const root = new URL('../../', import.meta.url)
const run = promisify(execFile)

async function explain(...args: string[]): Promise<string> {
  const { stdout, stderr } = await run(process.execPath, ['src/cli.ts', 'explain', ...args], { cwd: root })
  expect(stderr).toBe('')
  return stdout
}

describe('portdesk explain', () => {
  it('answers programs with one line of JSON', async () => {
    const printed = await explain(
      '--json',
      '{"error":{"code":100,"error_subcode":2388001,"error_user_msg":"two-step"}}',
    )
    expect(printed).toMatch(/^[^\n]*\n$/)
    expect(JSON.parse(printed)).toEqual({
      match: 'two-step-still-on',
      meaning: expect.stringMatching(/still on/),
      who: 'client',
      next: expect.stringMatching(/WhatsApp Manager/),
      flow: 'two-step-disable',
    })
  })

  it('answers null to everything when there is no error in the text', async () => {
    const nothing = { match: null, meaning: null, who: null, next: null, flow: null }
    expect(JSON.parse(await explain('--json', 'good morning'))).toEqual(nothing)
    expect(JSON.parse(await explain('--json'))).toEqual(nothing)
  })

  it('an error without a procedure has no flow', async () => {
    expect(JSON.parse(await explain('(#4)', '--json'))).toMatchObject({ match: 'rate-limited', who: 'bot', flow: null })
  })

  it('answers people in words', async () => {
    const printed = await explain('ERR', '133016')
    expect(printed).toMatch(/10 times within 72 hours/)
    expect(printed).toMatch(/Who has to act: support\nNext: Wait 72 hours[^\n]*\nProcedure: number-migration\n/)
    expect(await explain('hello')).toBe('No error that we know is in that text.\n')
    expect(await explain()).toMatch(/^Say which error/)
  })
})
