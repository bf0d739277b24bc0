import { approval, ask, check, defineFlow, fail, pass, task, unknown } from './engine/define.ts'
import type { Finding, Question, Step, View } from './engine/types.ts'
import { askNumber } from './number.ts'
import { askOwnership, ownershipKnown } from './ownership.ts'

/**
 * `is_pin_enabled`; absent means nobody knows, so a person attests (procedures.md 3, po-c2). A number that has moved
 * needed it off, whatever its PIN is now: registering at the new provider sets one again.
 */
function twoStepOff({ facts }: View): Finding {
  if (facts.phone?.status === 'MIGRATED') return pass({ status: 'MIGRATED' })
  const enabled = facts.phone?.isPinEnabled
  if (enabled === undefined) return unknown()
  return enabled ? fail({ is_pin_enabled: true }) : pass({ is_pin_enabled: false })
}

/** Route B: the WABA is on-behalf-of, or the client lost its access (procedures.md 3, ts-s1 and "Today"). */
const byTicket = ({ answers }: View) => answers.ownership === 'obo' || answers.admin === false

/** Once two-step is off there is nothing to release, but what was decided before stays visible. */
const releaseNeeded = (view: View) =>
  byTicket(view) && (view.facts.phone?.isPinEnabled !== false || view.outcomes.release !== undefined)

const askAdmin: Question = ask.yesNo('admin', { ref: 'po-q-admin' })

/** What must be known before two-step verification can be switched off. */
export const twoStepQuestions: readonly Question[] = [askOwnership, askAdmin]

/** How two-step verification gets switched off, by the client itself or by the client's ticket. */
export const twoStepSteps: readonly Step[] = [
  ownershipKnown,
  task('release-ticket', {
    ref: 'ts-sB',
    owner: 'client',
    when: releaseNeeded,
    after: ['ownership-known'],
    remind: 'PT24H',
    needs: ['phone'],
    done: twoStepOff,
  }),
  approval('release', {
    ref: 'ts-sB',
    owner: 'support',
    by: ['support'],
    when: releaseNeeded,
    after: ['ownership-known'],
    within: 'PT72H',
    remind: 'PT24H',
    atLimit: 'escalate',
    announce: true,
  }),
  check('two-step-off', {
    ref: 'po-c2',
    owner: (view) => (byTicket(view) ? 'support' : 'client'),
    how: (view) => (byTicket(view) ? 'by-ticket' : undefined),
    by: ['partner', 'support'],
    after: ['ownership-known', 'release'],
    needs: ['phone'],
    every: 'poll',
    within: 'PT72H',
    remind: 'PT24H',
    atLimit: 'escalate',
    announce: true,
    passes: twoStepOff,
  }),
]

/** Switch off the two-step PIN of one number. */
export default defineFlow({
  id: 'two-step-disable',
  version: 1,
  ref: '3',
  startedBy: ['partner', 'support'],
  subject: 'number',
  questions: [askNumber('po-q-phone', ['client', 'waba', 'account', 'phone']), ...twoStepQuestions],
  steps: twoStepSteps,
})
