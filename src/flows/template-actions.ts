import { approval, ask, check, defineFlow, fail, pass, task, unknown, wait } from './engine/define.ts'
import type { Finding, View } from './engine/types.ts'
import { askNumber } from './number.ts'
import { isApproved, isReviewed, rejection, wasRejected } from './template-review.ts'

const doing =
  (...kinds: string[]) =>
  (view: View) =>
    kinds.includes(String(view.answers.action))
const adds = doing('create', 'copy', 'language')
const needsReview = doing('create', 'copy', 'language', 'edit')
const deletes = doing('delete')

/** A WABA holds 250 templates (procedures.md 9, error 2388019). */
function roomLeft({ facts: { templates } }: View): Finding {
  if (!templates) return unknown()
  return templates.total < 250 ? pass({ templates: templates.total }) : fail({ templates: templates.total })
}

/** Create, edit, copy, translate or delete a template, or sync them with Facebook Business Manager. */
export default defineFlow({
  id: 'template-actions',
  version: 1,
  ref: '9',
  startedBy: ['partner', 'support'],
  subject: 'number',
  questions: [
    // The WABA is what Meta names when it tells of a review.
    askNumber('pt-q-area', ['client', 'waba', 'templates']),
    ask.choice('action', ['create', 'edit', 'copy', 'language', 'delete', 'sync'], { ref: 'pt-q-tpl' }),
    ask.text('template', {
      ref: 'pt-q-tplname',
      min: 1,
      max: 200,
      finds: ['template'],
      when: (view) => view.answers.action !== 'sync',
    }),
  ],
  steps: [
    check('room-left', {
      ref: 'pt-c2',
      owner: 'partner',
      when: adds,
      needs: ['templates'],
      every: 'slow',
      once: true,
      passes: roomLeft,
    }),
    approval('delete-agreed', {
      ref: 'pt-s7',
      owner: 'support',
      by: ['support'],
      says: ({ answers }) => ({ number: `+${String(answers.number)}` }),
      when: (view) => deletes(view) && view.answers.template !== undefined,
      within: 'PT48H',
      remind: 'PT24H',
      atLimit: 'escalate',
    }),
    task('done-in-hub', {
      ref: 'pt-s4',
      owner: 'partner',
      after: ['room-left', 'delete-agreed'],
      remind: 'PT24H',
      how: ({ answers }) => (typeof answers.action === 'string' ? answers.action : undefined),
    }),
    wait('reviewed', {
      ref: 'pt-s4',
      owner: 'bot',
      by: ['partner', 'support'],
      when: needsReview,
      after: ['done-in-hub'],
      needs: ['template'],
      every: 'poll',
      within: 'PT24H',
      remind: 'PT24H',
      until: isReviewed,
    }),
    task('corrected', {
      ref: 'pt-s5',
      owner: 'partner',
      when: (view) => needsReview(view) && wasRejected(view),
      after: ['reviewed'],
      needs: ['template'],
      every: 'poll',
      remind: 'PT24H',
      says: rejection,
      done: isApproved,
    }),
  ],
})

/** Rows of the procedure that are not done as its tables say. */
export const leftOut: Record<string, string> = {
  'pt-c3':
    'nobody tells how often a template was edited; the instruction names the quota, and Meta refuses what is over it',
  'pt-s3': 'the look-up of a number counts its templates by status and quality',
  'pt-s6': 'the same task as pt-s4; a copy is a new template',
  'pt-s8': 'the same task; no call for it is known',
}
