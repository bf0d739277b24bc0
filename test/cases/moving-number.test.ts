import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrateNumber } from '../../src/cases/actions/migrate-number.ts'
import { requestCode } from '../../src/cases/actions/request-code.ts'
import { toldMore, whereabouts } from '../../src/cases/whereabouts.ts'
import { type CaseState, fold } from '../../src/flows/engine/fold.ts'
import type { Answer } from '../../src/flows/engine/types.ts'
import { type SandboxPlatforms, sandboxPlatforms } from '../meta/sandbox-platforms.ts'

let sandbox: SandboxPlatforms
beforeEach(async () => {
  sandbox = await sandboxPlatforms()
})
afterEach(() => sandbox.close())

const by = { role: 'support', id: 'slack:ana', name: 'Ana' } as const
const told = (answers: Record<string, Answer>): CaseState => ({
  ...fold([]),
  answers: Object.fromEntries(Object.entries(answers).map(([id, value]) => [id, { value, by, at: 0 }])),
})
const move = { number: '493023125502', 'destination-waba': '182240617739508', 'code-way': 'VOICE' }
const platforms = () => ({ hubOf: () => undefined, graph: sandbox.graphOf() })

it('a number begins to move, its code is sent, and both can be told afterwards', async () => {
  const begin = migrateNumber(platforms())
  expect(await begin.happened?.(told(move))).toBe(false)
  const evidence = await begin.run(told(move))
  expect(evidence).toEqual({ phone_number_id: expect.stringMatching(/^\d+$/) })
  expect(await begin.happened?.(told(move))).toBe(true)
  expect(await requestCode(platforms()).run(told(move))).toEqual({ code_sent_by: 'VOICE' })
})

it('what Meta refuses is said in its own words', async () => {
  const pinOn = told({ ...move, number: '493023125501' })
  await expect(migrateNumber(platforms()).run(pinOn)).rejects.toMatchObject({
    problem: { kind: 'Rejected', subcode: 2388001 },
  })
  await expect(requestCode(platforms()).run(pinOn)).rejects.toMatchObject({ problem: { kind: 'NotFound' } })
})

it('nothing is asked without an account or without a token', async () => {
  const { number } = move
  await expect(migrateNumber(platforms()).run(told({ number }))).rejects.toMatchObject({
    problem: { kind: 'NotFound' },
  })
  const blind = { ...platforms(), graph: undefined }
  await expect(migrateNumber(blind).run(told(move))).rejects.toMatchObject({ problem: { kind: 'NotAllowed' } })
})

it('what people said tells where to look, and whether to look again', () => {
  const before = told({ number: '493023125502', email: 'ops@delphin-sport.example', target: 'Weltfunk' })
  const after = told({ number: '493023125502', email: 'ops@delphin-sport.example', 'source-waba': '191' })
  expect(whereabouts(after)).toEqual({ email: 'ops@delphin-sport.example', sourceWaba: '191' })
  expect([toldMore(before, after), toldMore(before, before)]).toEqual([true, false])
  expect(toldMore(before, told({ email: 'ops@delphin-sport.example', partner: 'nordwind' }))).toBe(true)
})
