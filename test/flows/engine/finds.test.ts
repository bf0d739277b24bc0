import { expect, test } from 'vitest'
import { ask, check, defineFlow, pass, unknown } from '../../../src/flows/engine/define.ts'
import { caseOf, known, notAsked, person } from '../kit.ts'

const hour = 3_600_000

/** A number whose account somebody has to name before Meta can be asked about it. */
const flow = defineFlow({
  id: 'elsewhere',
  version: 1,
  ref: '1',
  startedBy: ['partner'],
  subject: 'number',
  questions: [
    ask.phone('number', { ref: 'x' }),
    ask.metaId('account', { ref: 'x', skippable: true, finds: ['account'] }),
    ask.text('owner', { ref: 'x', needs: ['account'], known: ({ facts }) => facts.account?.ownerBusinessId }),
    ask.number('age', { ref: 'x' }),
  ],
  steps: [
    check('owned', {
      ref: 'x',
      owner: 'client',
      needs: ['account'],
      passes: ({ facts }) => (facts.account ? pass() : unknown()),
    }),
    check('young', {
      ref: 'x',
      owner: 'client',
      passes: ({ answers, answeredAt, now }) =>
        now - (answeredAt.age ?? 0) + Number(answers.age) * hour <= 48 * hour ? pass() : unknown(),
    }),
    check('line-free', { ref: 'x', owner: 'client', needs: ['phone'], passes: unknown }),
  ],
})

function asked() {
  const desk = caseOf(flow, { by: person('partner') })
  desk.answer('number', '4930123456')
  desk.look({ account: notAsked, phone: notAsked })
  return desk
}

test('an answer that leads to facts has them looked up before the next question', () => {
  const desk = asked()
  desk.answer('account', '102290129340398')
  expect(desk.state.readings).toEqual({ phone: notAsked })
  expect([desk.question, desk.plan.lookUp?.at]).toEqual([undefined, desk.now])
  desk.look({ account: known({ id: '1', ownerBusinessId: '7' }) })
  expect(desk.question).toBe('age')
})

test('a skipped question leads nowhere', () => {
  const desk = asked()
  desk.act(person('partner'), { do: 'skip-question', question: 'account' })
  expect(desk.question).toBe('owner')
})

test('another answer opens again what rests on these facts, and nothing else', () => {
  const desk = asked()
  desk.act(person('partner'), { do: 'skip-question', question: 'account' })
  desk.answer('owner', 'Acme')
  desk.answer('age', 1)
  for (const step of ['owned', 'line-free']) desk.act(person('partner'), { do: 'attest', step })
  expect(desk.state.closed).toBeDefined()

  const other = asked()
  other.answer('account', '102290129340398')
  other.look({ account: notAsked })
  other.answer('owner', 'Acme')
  other.answer('age', 1)
  other.act(person('partner'), { do: 'attest', step: 'owned' })
  other.answer('account', '102290129340399')
  other.look({ account: notAsked })
  expect([other.status('owned'), other.outcome('young'), other.question]).toEqual(['blocked', 'passed', 'owner'])
})

test('a rule knows when a question was answered', () => {
  const desk = asked()
  desk.act(person('partner'), { do: 'skip-question', question: 'account' })
  desk.answer('owner', 'Acme')
  desk.wait('PT72H')
  desk.answer('age', 1)
  expect(desk.outcome('young')).toBe('passed')
})
