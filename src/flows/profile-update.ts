import { approval, ask, defineFlow, task } from './engine/define.ts'
import type { View } from './engine/types.ts'
import { askNumber } from './number.ts'

/** How many characters a field of the profile takes. */
const most: Readonly<Record<string, number>> = { about: 139, description: 512, address: 256, email: 128, website: 256 }

function tooLong({ answers: { field, text } }: View): string | undefined {
  const limit = typeof field === 'string' ? most[field] : undefined
  return typeof text === 'string' && limit !== undefined && [...text].length > limit
    ? `too-long-${String(field)}`
    : undefined
}

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
    ask.text('text', { ref: 'pt-q-field', min: 1, max: 512, problem: tooLong }),
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
