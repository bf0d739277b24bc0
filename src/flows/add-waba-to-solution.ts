import { ask, check, defineFlow, fail, pass, unknown, wait, warn } from './engine/define.ts'
import type { Finding, View } from './engine/types.ts'
import { askOwnership, ownershipOfFacts } from './ownership.ts'
import { askPartner } from './partner-asked.ts'
import { acceptedOrSilent, silence, silenceReminders, tagSteps } from './solutions/intent.ts'
import { askSolution, askWaba, solutionCheck, solutionNamed } from './solutions/subject.ts'

/** What leads to another procedure. */
function otherProcedure({ facts }: View): string | undefined {
  if (ownershipOfFacts(facts) === 'obo') return 'on-behalf-of'
  return facts.solutions?.some(({ status }) => status === 'ACTIVE') ? 'in-a-solution' : undefined
}

/** In `client_whatsapp_business_accounts` of the partner's portfolio, or in its own Hub. */
function onboarded({ readings, facts: { shared, waba } }: View): Finding {
  if (shared) return pass({ shared_account: shared.id })
  if (waba) return pass({ hub_account: waba.id })
  return readings.shared?.state === 'absent' ? fail({ shared_account: 'none' }) : unknown()
}

function inNoSolution({ facts: { solutions } }: View): Finding {
  if (solutions === undefined) return unknown()
  const active = solutions.filter(({ status }) => status === 'ACTIVE').map(({ id }) => id)
  return active.length === 0 ? pass({ solutions: 'none' }) : fail({ solutions: active.join(', ') })
}

/** The only active solution of the partner, where there is one. */
function onlySolution({ facts: { ownSolutions = [] } }: View): string | undefined {
  const [first, ...others] = ownSolutions.filter(({ status }) => status === 'ACTIVE')
  return others.length === 0 ? first?.id : undefined
}

function clientOwned({ answers }: View): Finding {
  const { ownership } = answers
  if (ownership === 'client_owned') return pass({ ownership })
  return ownership === 'obo' ? fail({ ownership }) : unknown()
}

/** The solution is one of the WABA's now. What Meta said before the client confirmed proves nothing. */
function associated({ answers, facts: { solutions, solution }, readings, endedAt }: View): Finding {
  if (solutions === undefined) return unknown()
  const found = solutions.find(({ id }) => id === answers['destination-solution'])
  const isNews = Date.parse(readings.solutions?.asOf ?? '') > (endedAt.accepted ?? 0)
  if (found === undefined && !isNews) return unknown()
  if (found === undefined) return fail({ solutions: solutions.map(({ id }) => id).join(', ') || 'none' })
  const status = solution?.status ?? found.status
  const evidence = { solutions: found.id, ...(status !== undefined && { solution_status: status }) }
  return status === undefined || status === 'ACTIVE' ? pass(evidence) : warn(evidence)
}

/** An existing WABA becomes part of a solution. Its owner confirms, or is silent for 90 days; messages go on. */
export default defineFlow({
  id: 'add-waba-to-solution',
  version: 1,
  ref: '13',
  startedBy: ['partner', 'support'],
  subjectAt: 'anywhere',
  subject: 'waba',
  destinationAfter: 'tag-waba',
  questions: [
    askWaba('aw-q-waba', ['shared'], otherProcedure),
    askPartner('aw-q-waba', ['channel', 'client', 'waba', 'account', 'solutions', 'shared']),
    {
      ...askOwnership,
      ref: 'aw-q-own',
      problem: ({ answers }) => (answers.ownership === 'obo' ? 'on-behalf-of' : undefined),
    },
    {
      ...askSolution('aw-q-sol'),
      needs: ['solution', 'ownSolutions'],
      // Only suggested, also where there is one: a tag for the wrong solution cannot be taken back.
      prefill: onlySolution,
    },
    ask.hubId('destination-partner', { ref: 'aw-s2', skippable: true }),
  ],
  steps: [
    check('onboarded-by-you', {
      ref: 'aw-c1',
      owner: 'partner',
      needs: ['shared'],
      once: true,
      remind: 'PT24H',
      passes: onboarded,
    }),
    check('in-no-solution', {
      ref: 'aw-c2',
      owner: 'support',
      needs: ['solutions'],
      once: true,
      remind: 'PT24H',
      passes: inNoSolution,
    }),
    solutionCheck('aw-c3'),
    check('client-owned', {
      ref: 'aw-c4',
      owner: 'support',
      needs: ['account'],
      once: true,
      remind: 'PT24H',
      passes: clientOwned,
    }),
    ...tagSteps({
      ref: 'aw-s1',
      by: ['partner', 'support'],
      after: ['onboarded-by-you', 'in-no-solution', 'solution-active', 'client-owned'],
      says: solutionNamed,
    }),
    wait('accepted', {
      ref: 'aw-s2',
      owner: 'client',
      by: ['partner', 'support'],
      for: ['partner', 'destination-partner'],
      after: ['tag-waba'],
      needs: ['intent'],
      every: 'poll',
      within: silence,
      remind: silenceReminders,
      says: solutionNamed,
      announce: true,
      until: acceptedOrSilent,
    }),
    check('associated', {
      ref: 'aw-s3',
      owner: 'support',
      for: ['partner', 'destination-partner'],
      after: ['accepted'],
      needs: ['solutions', 'solution'],
      every: 'poll',
      remind: 'PT24H',
      announce: true,
      passes: associated,
    }),
  ],
})

/** Rows of procedures.md 13 that are no part of their own, and why. */
export const leftOut: Record<string, string> = {}
