import { check, defineFlow, pass, task } from './engine/define.ts'
import { afterwards } from './number-migration/afterwards.ts'
import { clientHub } from './number-migration/destination.ts'
import { direct } from './number-migration/direct.ts'
import { aboutTheDestination, aboutTheSource, onTheWay } from './number-migration/questions.ts'
import { sourceChecks } from './number-migration/source-checks.ts'

/** Midnight of the day that was agreed on, in ms. */
const dayOf = (day: unknown): number => Date.parse(String(day))

/**
 * Bring a number from Meta or another provider to 360dialog. The client does it in the Client Hub, or a partner with its own
 * Meta app does it by calls to Meta; the bot checks, counts the hours and says what comes next.
 */
export default defineFlow({
  id: 'number-migration',
  version: 1,
  ref: '1',
  startedBy: ['partner', 'support'],
  subject: 'number',
  subjectAt: 'anywhere',
  questions: [...aboutTheSource, ...aboutTheDestination, ...onTheWay],
  steps: [
    ...sourceChecks,
    check('ready', {
      ref: 'nm-c18',
      owner: 'bot',
      after: sourceChecks.map(({ id }) => id),
      announce: true,
      once: true,
      passes: () => pass(),
    }),
    task('support-session', {
      ref: 'nm-s3',
      owner: 'support',
      when: ({ answers }) => answers.session !== undefined,
      after: ['ready'],
      within: ({ answers }) => dayOf(answers['session-on']),
      remind: 'PT24H',
      says: ({ answers }) => ({ day: String(answers['session-on'] ?? '?'), way: String(answers.session ?? '?') }),
    }),
    ...clientHub,
    ...direct,
    ...afterwards,
  ],
})

/** Rows of procedures.md 1 that are no part of the flow, and why. */
export const leftOut: Record<string, string> = {
  'nm-q-company': 'the form of 360dialog asks for it; the step that opens the form reminds of it',
  'nm-s2': 'it is the check two-step-off: it waits, reminds, and asks about a refusal after three days',
}
