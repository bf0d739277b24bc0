import { action, approval, ask, defineFlow, task } from '../../src/flows/engine/define.ts'
import type { ActionStep, Flow } from '../../src/flows/engine/types.ts'
import { askNumber } from '../../src/flows/number.ts'

/** A small procedure with one step of each kind that people act on: release, pack, ship. */
export function errand(repeat: ActionStep['repeat'] = 'ask'): Flow {
  return defineFlow({
    id: 'errand',
    version: 1,
    ref: '0',
    startedBy: ['partner', 'support'],
    subject: 'number',
    questions: [askNumber('x', ['phone']), ask.yesNo('fragile', { ref: 'x' })],
    steps: [
      approval('release', {
        ref: 'x',
        owner: 'support',
        by: ['support'],
        within: 'PT72H',
        remind: 'PT24H',
        atLimit: 'escalate',
        announce: true,
      }),
      task('pack', { ref: 'x', owner: 'partner', after: ['release'], skippable: true, remind: 'PT24H' }),
      action('ship', { ref: 'x', owner: 'support', by: ['support'], call: 'ship', repeat, after: ['pack'] }),
    ],
  })
}
