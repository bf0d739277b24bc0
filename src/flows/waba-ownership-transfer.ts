import { action, approval, ask, check, defineFlow, fail, pass, unknown, wait, warn } from './engine/define.ts'
import type { Finding, View } from './engine/types.ts'
import { askOwnership, ownershipOfFacts } from './ownership.ts'
import { askPartner } from './partner-asked.ts'
import { silence, silenceReminders } from './solutions/intent.ts'
import { askSolution, askWaba, solutionActive, solutionNamed } from './solutions/subject.ts'

const withSolution = ({ answers }: View) => answers['destination-solution'] !== undefined
const bySignup = ({ answers }: View) => answers.route === 'embedded-signup'
const claimed = ({ outcomes }: View) => outcomes.claimed !== undefined

const alreadyYours = ({ facts }: View) =>
  ownershipOfFacts(facts) === 'client_owned' && facts.account !== undefined ? 'already-yours' : undefined

/** The offer is made for one solution or for none, and Meta takes no other one later (procedures.md 14). */
const offered = ({ evidence }: View) => evidence['offer-ownership']?.offered_with

/** On behalf of the client, who has accepted that; else Meta refuses the offer with 2593085. */
function ownedByPartner({ answers, facts: { account } }: View): Finding {
  if (answers.ownership !== 'obo')
    return answers.ownership === 'unknown' ? unknown() : fail({ ownership: 'client_owned' })
  const status = account?.onBehalfOf?.status
  const evidence = { ownership: 'obo', ...(status !== undefined && { obo_request: status }) }
  return status === undefined || status.toUpperCase() === 'APPROVED' ? pass(evidence) : warn(evidence)
}

function clientOwnsIt({ facts: { account } }: View): Finding {
  const type = account?.ownershipType
  if (type === undefined) return unknown()
  return type === 'CLIENT_OWNED' || type === 'SELF' ? pass({ ownership_type: type }) : fail({ ownership_type: type })
}

/** The partner still sees the WABA, although it is the client's now. */
function accessKept({ readings, facts: { account } }: View): Finding {
  if (account) return pass({ account: account.id })
  return readings.account?.state === 'absent' ? fail({ account: 'none' }) : unknown()
}

/** The line is said to stay attached by itself; it is looked at all the same (procedures.md 0.8 K5). */
function lineAttached({ readings, facts: { credit } }: View): Finding {
  if (readings.credit?.state === 'absent') return fail({ credit_line: 'none' })
  if (credit?.isActive === undefined) return unknown()
  const paidBy = credit.primaryFundingId
  const evidence = paidBy === undefined ? undefined : { primary_funding_id: paidBy }
  return credit.isActive ? pass(evidence) : fail(evidence)
}

const lineMissing = (view: View) =>
  claimed(view) && (lineAttached(view).result === 'fail' || view.outcomes['share-credit-line'] !== undefined)

const named = (view: View) => ({ ...solutionNamed(view), link: String(view.answers['signup-link'] ?? '?') })

/** A partner-owned WABA becomes its client's own. Meta has withdrawn it: only with support, for WABAs that are left over. */
export default defineFlow({
  id: 'waba-ownership-transfer',
  version: 1,
  ref: '14',
  startedBy: ['partner', 'support'],
  subjectAt: 'anywhere',
  subject: 'waba',
  questions: [
    askWaba('ot-q-waba', ['shared'], alreadyYours),
    askPartner('ot-q-waba', ['channel', 'client', 'waba', 'account', 'solutions', 'shared']),
    {
      ...askOwnership,
      ref: 'ot-q-waba',
      problem: ({ answers, outcomes }) =>
        answers.ownership === 'client_owned' && outcomes.claimed === undefined ? 'already-yours' : undefined,
    },
    {
      ...askSolution('ot-q-sol', { skippable: true }),
      problem: (view) => {
        const fixed = offered(view)
        if (fixed !== undefined && fixed !== view.answers['destination-solution']) return 'fixed'
        return askSolution('ot-q-sol').problem?.(view)
      },
    },
    ask.confirm('solution-is-final', { ref: 'ot-c2', when: withSolution, shows: solutionNamed }),
    ask.choice('route', ['business-suite', 'embedded-signup'], {
      ref: 'ot-q-route',
      prefill: () => 'business-suite',
    }),
    ask.url('signup-link', { ref: 'ot-s2b', when: bySignup, skippable: true }),
    ask.confirm('no-way-back', { ref: 'ot-q-oneway' }),
    ask.metaId('credit-line', { ref: 'ot-s3', when: lineMissing, needs: ['credit'] }),
    ask.text('credit-currency', {
      ref: 'ot-s3',
      min: 3,
      max: 3,
      when: lineMissing,
      known: ({ facts }) => facts.account?.currency,
    }),
  ],
  steps: [
    check('owned-by-you', {
      ref: 'ot-c1',
      owner: 'support',
      needs: ['account'],
      once: true,
      remind: 'PT24H',
      passes: ownedByPartner,
    }),
    check('solution-active', {
      ref: 'ot-q-sol',
      owner: 'partner',
      when: withSolution,
      needs: ['solution'],
      every: 'slow',
      once: true,
      remind: 'PT24H',
      says: solutionNamed,
      passes: solutionActive,
    }),
    approval('legacy-agreed', {
      ref: 'ot-s1',
      owner: 'support',
      by: ['support'],
      when: ({ answers }) => answers.route !== undefined && answers['destination-solution'] !== '',
      remind: 'PT24H',
      says: named,
    }),
    action('offer-ownership', {
      ref: 'ot-s1',
      owner: 'partner',
      by: ['partner', 'support'],
      call: 'offer-ownership',
      repeat: 'safe',
      after: ['owned-by-you', 'solution-active', 'legacy-agreed'],
      remind: 'PT24H',
      how: (view) => (withSolution(view) ? 'solution' : undefined),
      says: named,
      announce: true,
    }),
    wait('claimed', {
      ref: 'ot-s2a',
      owner: 'client',
      by: ['partner', 'support'],
      after: ['offer-ownership'],
      needs: ['account'],
      every: 'poll',
      within: silence,
      remind: silenceReminders,
      how: (view) => (bySignup(view) ? (withSolution(view) ? 'signup-solution' : 'signup') : undefined),
      says: named,
      announce: true,
      until: clientOwnsIt,
    }),
    check('access-kept', {
      ref: 'ot-s3',
      owner: 'partner',
      after: ['claimed'],
      needs: ['account'],
      every: 'slow',
      once: true,
      remind: 'PT24H',
      passes: accessKept,
    }),
    action('share-credit-line', {
      ref: 'ot-s3',
      owner: 'partner',
      by: ['partner', 'support'],
      when: lineMissing,
      call: 'share-credit-line',
      repeat: 'verify',
      after: ['access-kept'],
      remind: 'PT24H',
      says: ({ answers }) => ({
        credit_line: String(answers['credit-line'] ?? '?'),
        currency: String(answers['credit-currency'] ?? '?'),
      }),
    }),
    check('credit-attached', {
      ref: 'ot-c3',
      owner: 'partner',
      after: ['share-credit-line', 'access-kept'],
      needs: ['credit', 'account'],
      every: 'slow',
      once: true,
      remind: 'P3D',
      passes: lineAttached,
    }),
  ],
})

/** Rows of procedures.md 14 that are no part of their own, and why. */
export const leftOut: Record<string, string> = {}
