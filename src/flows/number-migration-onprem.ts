import { spellingsOf } from './brazil.ts'
import { ask, check, defineFlow, fail, pass, task, unknown, wait, warn } from './engine/define.ts'
import type { Finding, View } from './engine/types.ts'
import { atItsSource, digitsOf, numberProblem, spellings, twoSpellings } from './number-migration/questions.ts'
import { arrived, atSource } from './number-migration/situation.ts'
import { businessVerified, is, judge, metaOwner, pinIsOff, websiteLive } from './number-migration/source-checks.ts'
import { askPartner } from './partner-asked.ts'

/** Nothing more is asked before support has said that this case really goes on. */
const goesOn = ({ answers }: View): boolean => answers.deployment === 'legacy' && answers['support-agrees'] === true
const stillThere = (view: View): boolean => goesOn(view) && atItsSource(view)

const onCloud = ({ answers, facts }: View) =>
  answers['whatsapp-web'] === 'secure_service_text' || facts.phone?.platformType === 'CLOUD_API'

/** WhatsApp Web tells a person what `platform_type` tells us (nmo-c6). */
function notOnCloud(view: View): Finding {
  const type = view.facts.phone?.platformType
  if (onCloud(view)) return fail({ platform_type: type ?? 'CLOUD_API' })
  return type === 'ON_PREMISE' ? pass({ platform_type: type }) : unknown()
}

const live = ({ facts }: View): Finding =>
  judge(facts.phone?.accountMode, (mode) => is(mode === 'LIVE', { account_mode: mode }))

const before = [
  'meta-owner',
  'meta-admin',
  'business-verified',
  'line-reachable',
  'two-step-off',
  'not-on-cloud',
  'website-live',
  'website-right',
  'extra-nine',
  'source-live',
]

/**
 * Legacy: On-Premise at another provider to On-Premise at 360dialog. It warns and offers the Cloud way; only support may go on,
 * for old cases. It looks up and never changes anything.
 */
export default defineFlow({
  id: 'number-migration-onprem',
  version: 1,
  ref: '2',
  startedBy: ['partner', 'support'],
  subject: 'number',
  subjectAt: 'anywhere',
  questions: [
    ask.choice('deployment', ['cloud', 'legacy'], {
      ref: 'nmo-q-confirm',
      problem: ({ answers }) => (answers.deployment === 'cloud' ? 'cloud-way' : undefined),
    }),
    ask.phone('number', { ref: 'nmo-q-phone', needs: ['channel'], problem: numberProblem }),
    askPartner('nmo-q-phone', ['channel', 'account', 'phone', 'business']),
    ask.confirm('support-agrees', {
      ref: 'nmo-q-confirm',
      by: ['support'],
      when: ({ answers }) => answers.deployment === 'legacy',
    }),
    ask.choice('spelled-with-nine', ['with', 'without'], {
      ref: 'nmo-q-br9',
      when: (view) => goesOn(view) && twoSpellings(view),
      shows: spellings,
      problem: (view) =>
        spellingsOf(digitsOf(view))?.entered === view.answers['spelled-with-nine'] ? undefined : 'other-spelling',
    }),
    ask.yesNo('solution-partner', { ref: 'nmo-q-partner', when: goesOn }),
    ask.metaId('source-waba', {
      ref: 'nmo-q-metabiz',
      when: goesOn,
      skippable: true,
      finds: ['account', 'phone', 'business'],
    }),
    ask.metaId('meta-business', {
      ref: 'nmo-q-metabiz',
      when: stillThere,
      needs: ['account'],
      known: ({ facts }) => facts.account?.ownerBusinessId,
      finds: ['business'],
    }),
    ask.choice('whatsapp-web', ['secure_service_text', 'other'], {
      ref: 'nmo-q-web',
      when: stillThere,
      needs: ['phone'],
      known: ({ facts }) => (facts.phone?.platformType === 'ON_PREMISE' ? 'other' : undefined),
      problem: (view) => (onCloud(view) ? 'on-cloud' : undefined),
    }),
    ask.choice('account-mode', ['live', 'sandbox'], {
      ref: 'nmo-q-source',
      when: stillThere,
      needs: ['phone'],
      known: ({ facts }) => (facts.phone?.accountMode === 'LIVE' ? 'live' : undefined),
      problem: ({ answers }) => (answers['account-mode'] === 'sandbox' ? 'sandbox' : undefined),
    }),
    ask.text('website', { ref: 'nmo-c7', when: goesOn, min: 3, max: 300, skippable: true, finds: ['website'] }),
  ],
  steps: [
    check('meta-owner', {
      ref: 'nmo-c1',
      owner: 'client',
      needs: ['account'],
      passes: atSource('meta-owner', metaOwner),
      how: ({ facts }) => (facts.account?.ownershipType === 'ON_BEHALF_OF' ? 'on-behalf-of' : undefined),
    }),
    check('meta-admin', { ref: 'nmo-c2', owner: 'client', remind: 'P2D', passes: unknown }),
    check('business-verified', {
      ref: 'nmo-c3',
      owner: 'client',
      needs: ['business', 'account'],
      every: 'slow',
      remind: 'P3D',
      passes: atSource('business-verified', businessVerified),
    }),
    check('line-reachable', { ref: 'nmo-c4', owner: 'client', remind: 'P2D', passes: unknown }),
    check('two-step-off', {
      ref: 'nmo-c5',
      owner: 'client',
      by: ['partner', 'support'],
      needs: ['phone'],
      every: 'poll',
      within: 'P3D',
      remind: 'PT24H',
      atLimit: 'escalate',
      announce: true,
      passes: atSource('two-step-off', pinIsOff),
    }),
    check('not-on-cloud', {
      ref: 'nmo-c6',
      owner: 'client',
      needs: ['phone'],
      passes: atSource('not-on-cloud', notOnCloud),
    }),
    check('website-live', {
      ref: 'nmo-c7',
      owner: 'client',
      needs: ['website'],
      every: 'slow',
      once: true,
      passes: websiteLive,
    }),
    check('website-right', { ref: 'nmo-c7', owner: 'client', remind: 'P2D', passes: unknown }),
    check('extra-nine', {
      ref: 'nmo-c8',
      owner: 'client',
      when: twoSpellings,
      says: spellings,
      passes: (view) =>
        is(spellingsOf(digitsOf(view))?.entered === view.answers['spelled-with-nine'], {
          spelling: String(spellings(view).entered),
        }),
    }),
    check('source-live', {
      ref: 'nmo-c9',
      owner: 'client',
      needs: ['phone'],
      every: 'slow',
      passes: atSource('source-live', live),
    }),
    task('submit-number', {
      ref: 'nmo-s0',
      owner: 'client',
      after: before,
      remind: 'PT24H',
      how: ({ answers }) => (answers['solution-partner'] === false ? 'public' : undefined),
    }),
    task('accept-request', {
      ref: 'nmo-s1',
      owner: 'client',
      after: ['submit-number'],
      within: 'P3D',
      remind: 'P3D',
    }),
    task('enter-code', {
      ref: 'nmo-s2',
      owner: 'client',
      after: ['accept-request'],
      within: 'PT1H',
      atLimit: 'escalate',
    }),
    wait('set-up', {
      ref: 'nmo-s3',
      owner: 'bot',
      by: ['support'],
      after: ['enter-code'],
      needs: ['channel'],
      every: 'poll',
      within: 'PT1H',
      atLimit: 'escalate',
      announce: true,
      until: arrived,
    }),
    task('make-api-key', { ref: 'nmo-s4', owner: 'partner', after: ['set-up'], remind: 'P3D', skippable: true }),
    check('cloud-advised', {
      ref: 'nmo-q-confirm',
      owner: 'support',
      after: ['make-api-key'],
      passes: () => warn({ platform_type: 'ON_PREMISE' }),
    }),
  ],
})

/** Rows of procedures.md 2 that are no part of the flow, and why. */
export const leftOut: Record<string, string> = {}
