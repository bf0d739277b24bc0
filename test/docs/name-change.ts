import { approval, ask, check, defineFlow, fail, pass, task, unknown, wait } from '../../src/flows/engine/define.ts'
import type { Finding, View } from '../../src/flows/engine/types.ts'
import { askNumber } from '../../src/flows/number.ts'

const rebranded = ({ answers }: View) => answers.reason === 'rebrand'
const named = ({ answers }: View) => answers.name !== undefined

function connected({ facts }: View): Finding {
  const status = facts.phone?.status
  if (status === undefined) return unknown()
  return status === 'CONNECTED' ? pass({ status }) : fail({ status })
}

function nameShown({ answers, facts }: View): Finding {
  const shown = facts.phone?.verifiedName
  if (shown === undefined) return unknown()
  return shown === answers.name ? pass({ verified_name: shown }) : fail({ verified_name: shown })
}

/** Meta has the request: the new name is being reviewed, or is shown already. */
function requested(view: View): Finding {
  const status = view.facts.phone?.newNameStatus
  if (status !== undefined) return pass({ new_name_status: status })
  return nameShown(view)
}

/** Change the name that people see in WhatsApp. Support looks at it first, the client asks Meta for it. */
export default defineFlow({
  id: 'name-change',
  version: 1,
  ref: '20',
  startedBy: ['partner', 'support'],
  subject: 'number',
  questions: [
    askNumber('nc-q-number', ['client', 'phone']),
    ask.text('name', { ref: 'nc-q-name', min: 3, max: 60 }),
    ask.choice('reason', ['rebrand', 'spelling'], { ref: 'nc-q-reason' }),
    ask.url('website', { ref: 'nc-q-website', when: rebranded, skippable: true }),
  ],
  steps: [
    check('connected', {
      ref: 'nc-c1',
      owner: 'client',
      needs: ['phone'],
      every: 'slow',
      passes: connected,
    }),
    approval('name-checked', {
      ref: 'nc-s1',
      owner: 'support',
      by: ['support'],
      when: named,
      within: 'PT48H',
      remind: 'PT24H',
      atLimit: 'escalate',
      announce: true,
    }),
    task('request-name', {
      ref: 'nc-s2',
      owner: 'client',
      after: ['connected', 'name-checked'],
      needs: ['phone'],
      every: 'poll',
      remind: 'PT24H',
      done: requested,
    }),
    wait('name-shown', {
      ref: 'nc-s3',
      owner: 'bot',
      by: ['support'],
      after: ['request-name'],
      needs: ['phone'],
      every: 'poll',
      within: 'P7D',
      atLimit: 'escalate',
      announce: true,
      until: nameShown,
    }),
  ],
})
