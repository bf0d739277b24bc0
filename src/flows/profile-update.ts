import { approval, ask, defineFlow, task } from './engine/define.ts'
import type { View } from './engine/types.ts'
import { askNumber } from './number.ts'
import { profileProblem } from './profile-limits.ts'

const changed = ({ answers }: View) => answers.field !== undefined && answers.text !== undefined
const fieldOf = ({ answers }: View) =>
  answers.field === 'description' || answers.field === 'about' ? answers.field : undefined

/** Change what people read in the WhatsApp profile of a number. */
export default defineFlow({
  id: 'profile-update',
  version: 1,
  ref: '9',
  startedBy: ['partner', 'support'],
  subject: 'number',
  questions: [
    askNumber('pt-q-area', ['client']),
    ask.choice('field', ['description', 'about', 'address', 'email', 'website', 'vertical'], { ref: 'pt-q-field' }),
    // Longer than any field, so that what is too long is told with the field's own limit.
    ask.text('text', { ref: 'pt-q-field', min: 1, max: 2000, problem: profileProblem }),
  ],
  steps: [
    approval('client-agrees', {
      ref: 'pt-s2',
      owner: 'partner',
      by: ['partner', 'support'],
      when: changed,
      says: ({ answers }) => ({ number: `+${String(answers.number)}` }),
      remind: 'PT24H',
    }),
    task('profile-changed', {
      ref: 'pt-s2',
      owner: 'partner',
      after: ['client-agrees'],
      remind: 'PT24H',
      how: fieldOf,
      announce: true,
    }),
  ],
})

/** Rows of the procedure that are not done as its tables say. */
export const leftOut: Record<string, string> = {
  'pt-s1':
    'the profile can be read only with a key of the number, and the desk never keeps one; who changes it looks at it in the Hub',
}
