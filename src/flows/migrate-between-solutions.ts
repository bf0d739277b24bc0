import type { FactName } from '../meta/facts.ts'
import { action, approval, ask, check, defineFlow, task, wait } from './engine/define.ts'
import type { Question, Step } from './engine/types.ts'
import { askPartner } from './partner-asked.ts'
import { registering } from './registering.ts'
import { accepted, taggedFor, tagSteps } from './solutions/intent.ts'
import {
  appsCompared,
  byRequest,
  bySignup,
  callsToAgree,
  connected,
  inTheRightSolution,
  joining,
  leaving,
  lineNeeded,
  linkCompared,
  linkIsThere,
  named,
  newSide,
  notInASolution,
  paidByClient,
  pinIsOn,
  reportAt,
  reported,
  reportTexts,
  templatesKnown,
  toMakeAgain,
} from './solutions/move.ts'
import { numberOf, numbersIn, ofThisAccount } from './solutions/numbers.ts'
import { askSolution, askWaba, solutionCheck, solutionNamed } from './solutions/subject.ts'
import { previewTexts } from './template-preview.ts'
import { twoStepQuestions, twoStepSteps } from './two-step-disable.ts'

const wabaFacts: readonly FactName[] = ['phone', 'templates', 'wabaNumbers', 'shared']
const everybody = ['partner', 'destination-partner'] as const
const anyPartner = ['partner', 'destination-partner', 'support'] as const

/** Only the client's own access matters when the client does it. */
const twoStepAsked: readonly Question[] = twoStepQuestions.map((question) =>
  question.id === 'admin'
    ? { ...question, when: (view) => pinIsOn(view) && view.answers['two-step-by'] === 'client' }
    : question,
)
const twoStepDone: readonly Step[] = twoStepSteps.map((step) =>
  step.id === 'two-step-off' ? { ...step, within: 'PT24H', atLimit: 'remind' } : step,
)

/** A new WABA under another solution: the client accepts, its templates are made anew there, its number moves. */
export default defineFlow({
  id: 'migrate-between-solutions',
  version: 1,
  ref: '12',
  startedBy: ['partner', 'support'],
  subjectAt: 'anywhere',
  subject: 'waba',
  destinationAfter: 'tag-waba',
  questions: [
    askWaba('ms-q-waba', wabaFacts, notInASolution),
    askPartner('ms-q-waba', ['channel', 'client', 'waba', 'account', 'solutions', ...wabaFacts]),
    ask.phone('number', {
      ref: 'ms-q-phone',
      needs: ['wabaNumbers'],
      finds: ['phone'],
      known: numberOf,
      shows: numbersIn,
      problem: ofThisAccount,
    }),
    ask.metaId('source-solution', {
      ref: 'ms-q-src',
      needs: ['solutions'],
      known: ({ facts }) => (facts.solutions?.length === 1 ? facts.solutions[0]?.id : undefined),
      prefill: ({ facts }) => facts.solutions?.find(({ status }) => status === 'ACTIVE')?.id,
      problem: ({ answers, facts }) =>
        facts.solutions && !facts.solutions.some(({ id }) => id === answers['source-solution'])
          ? 'not-its-solution'
          : undefined,
    }),
    ask.choice('where-to', ['solution', 'own-app'], {
      ref: 'ms-q-dst',
      prefill: () => 'solution',
      problem: (view) => {
        const fixed = taggedFor(view)
        return fixed !== undefined && (fixed === 'own-app') !== leaving(view) ? 'tagged-already' : undefined
      },
    }),
    askSolution('ms-q-dst', { when: joining }),
    ask.metaId('app', { ref: 'ms-s1', when: leaving }),
    ask.hubId('destination-partner', { ref: 'ms-s3', when: joining, skippable: true }),
    ask.choice('way', ['request', 'signup'], {
      ref: 'ms-s4',
      known: (view) => (leaving(view) ? 'request' : undefined),
      prefill: ({ facts }) => (facts.solution === undefined ? 'signup' : 'request'),
    }),
    ask.url('signup-link', { ref: 'ms-q-link', when: bySignup, skippable: true, shows: solutionNamed }),
    ask.text('portfolio', {
      ref: 'ms-q-portfolio',
      min: 2,
      max: 100,
      known: ({ facts }) => facts.account?.ownerBusinessName,
    }),
    ask.choice('two-step-by', ['client', 'partner'], { ref: 'ms-q-2fa', needs: ['phone'], when: pinIsOn }),
    ...twoStepAsked,
    ask.metaId('credit-line', { ref: 'ms-s5', when: lineNeeded, by: anyPartner }),
    ask.text('credit-currency', {
      ref: 'ms-s5',
      when: lineNeeded,
      by: anyPartner,
      min: 3,
      max: 3,
      known: ({ facts }) => facts.destination?.currency,
    }),
  ],
  steps: [
    check('apps-in-one-portfolio', {
      ref: 'ms-c1',
      owner: 'partner',
      when: joining,
      needs: ['solution', 'solutions'],
      once: true,
      remind: 'PT24H',
      passes: appsCompared,
    }),
    solutionCheck('ms-c2', joining),
    check('templates-come-along', {
      ref: 'ms-c5',
      owner: 'partner',
      needs: ['templates'],
      once: true,
      how: ({ facts }) => (facts.templates === undefined ? undefined : 'seen'),
      says: previewTexts,
      passes: templatesKnown,
    }),
    approval('calls-agreed', {
      ref: 'ms-s1',
      owner: 'support',
      by: ['support'],
      when: callsToAgree,
      remind: 'PT4H',
      says: solutionNamed,
    }),
    ...tagSteps({
      ref: 'ms-s1',
      by: ['partner', 'support'],
      after: ['apps-in-one-portfolio', 'solution-active', 'templates-come-along', 'calls-agreed'],
      says: solutionNamed,
    }),
    ...twoStepDone,
    task('hand-over-link', {
      ref: 'ms-s3',
      owner: newSide,
      by: anyPartner,
      when: bySignup,
      after: ['tag-waba'],
      within: 'P2D',
      says: named,
      done: linkIsThere,
    }),
    check('link-of-solution', {
      ref: 'ms-c4',
      owner: newSide,
      by: anyPartner,
      when: bySignup,
      after: ['hand-over-link'],
      remind: 'PT24H',
      says: named,
      passes: linkCompared,
    }),
    wait('accepted', {
      ref: 'ms-s4',
      owner: 'client',
      by: ['partner', 'support'],
      for: everybody,
      after: ['tag-waba', 'two-step-off', 'link-of-solution'],
      needs: ['intent'],
      every: 'poll',
      within: 'P3D',
      how: ({ answers }) => (answers.way === 'signup' ? undefined : 'request'),
      says: named,
      announce: true,
      until: accepted,
    }),
    check('in-the-right-solution', {
      ref: 'ms-c4',
      owner: 'support',
      by: ['support'],
      after: ['accepted'],
      needs: ['destinationSolutions', 'destination'],
      every: 'poll',
      once: true,
      how: (view) => (leaving(view) ? 'own-app' : undefined),
      within: 'PT1H',
      atLimit: 'escalate',
      says: named,
      passes: inTheRightSolution,
    }),
    task('onboard', {
      ref: 'ms-s5',
      owner: newSide,
      by: anyPartner,
      when: bySignup,
      after: ['accepted'],
      needs: ['arriving'],
      every: 'poll',
      within: 'PT24H',
      done: connected,
    }),
    task('payment-method', {
      ref: 'ms-s4',
      owner: 'client',
      when: leaving,
      after: ['accepted'],
      needs: ['destination'],
      every: 'poll',
      remind: 'PT24H',
      done: paidByClient,
    }),
    action('subscribe-app', {
      ref: 'ms-s5',
      owner: newSide,
      by: anyPartner,
      when: byRequest,
      call: 'subscribe-app',
      repeat: 'safe',
      after: ['accepted', 'in-the-right-solution'],
      remind: 'PT4H',
      says: named,
    }),
    action('share-credit-line', {
      ref: 'ms-s5',
      owner: newSide,
      by: anyPartner,
      when: lineNeeded,
      call: 'share-credit-line',
      repeat: 'verify',
      after: ['accepted', 'in-the-right-solution'],
      remind: 'PT4H',
      says: ({ answers }) => ({
        credit_line: String(answers['credit-line'] ?? '?'),
        currency: String(answers['credit-currency'] ?? '?'),
      }),
    }),
    action('submit-number', {
      ref: 'ms-s5',
      owner: newSide,
      by: anyPartner,
      when: byRequest,
      call: 'migrate-number',
      repeat: 'verify',
      after: ['two-step-off', 'subscribe-app', 'share-credit-line', 'payment-method'],
      remind: 'PT4H',
      says: named,
    }),
    registering({
      ref: 'ms-s5',
      owner: newSide,
      by: anyPartner,
      when: byRequest,
      after: ['submit-number'],
      within: 'PT24H',
      atLimit: 'escalate',
      says: named,
    }),
    wait('connected', {
      ref: 'ms-s5',
      owner: newSide,
      by: anyPartner,
      for: everybody,
      after: ['onboard', 'register-number', 'in-the-right-solution'],
      needs: ['arriving'],
      every: 'poll',
      within: 'PT24H',
      atLimit: 'escalate',
      announce: true,
      until: connected,
    }),
    wait('template-report', {
      ref: 'ms-s6',
      owner: 'bot',
      by: ['partner', 'support'],
      after: ['connected'],
      needs: ['templates', 'destinationTemplates'],
      every: 'slow',
      within: reportAt,
      announce: true,
      says: reportTexts,
      until: reported,
    }),
    task('make-templates-again', {
      ref: 'ms-s6',
      owner: 'partner',
      when: toMakeAgain,
      after: ['template-report'],
      skippable: true,
      remind: 'P3D',
      says: reportTexts,
    }),
  ],
})

/** Rows of procedures.md 12 that are no part of their own, and why. */
export const leftOut: Record<string, string> = {
  'ms-c3': 'the check "two-step-off" of section 3, which is part of this flow',
  'ms-c6': 'Meta refuses the tagging with error 2593079; the step shows that with its way on',
  'ms-s2': 'the check "two-step-off" of section 3; the answer says who does it',
}
