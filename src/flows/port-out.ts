import { ask, check, defineFlow, fail, pass, task, unknown, wait, warn } from './engine/define.ts'
import type { Finding, View } from './engine/types.ts'
import { askNumber } from './number.ts'
import { twoStepQuestions, twoStepSteps } from './two-step-disable.ts'

/** The entry that stays in the source WABA is expected to read `MIGRATED`; Meta does not say when (po-s4). */
function numberMoved({ facts }: View): Finding {
  const status = facts.phone?.status
  if (status === undefined) return unknown()
  return status === 'MIGRATED' ? pass({ status }) : fail({ status })
}

function cancelled({ facts }: View): Finding {
  const { cancelledAt, hubStatus } = facts.channel ?? {}
  if (cancelledAt !== undefined) return pass({ cancelled_at: cancelledAt })
  return hubStatus === 'pending_deletion' ? pass({ hub_status: hubStatus }) : fail()
}

const arrived = ({ outcomes }: View) => outcomes['number-moved'] !== undefined

/** Leave 360dialog with one number. The bot never starts the move: the target provider does. */
export default defineFlow({
  id: 'port-out',
  version: 1,
  ref: '3',
  startedBy: ['partner', 'support'],
  subject: 'number',
  questions: [
    askNumber('po-q-phone', ['client', 'waba', 'account', 'phone', 'balance', 'templates']),
    ...twoStepQuestions,
    ask.text('target', { ref: 'po-q-target', min: 2, max: 80 }),
    ask.date('planned-date', { ref: 'po-q-target', skippable: true }),
    ask.yesNo('invoices', { ref: 'po-q-invoices' }),
    ask.yesNo('templates', { ref: 'po-q-templates' }),
    ask.yesNo('refund', {
      ref: 'po-q-refund',
      when: ({ payment }) => payment !== 'partner',
      prefill: ({ facts }) => (facts.balance ? facts.balance.amountMinor > 0 : undefined),
    }),
  ],
  steps: [
    check('balance-not-negative', {
      ref: 'po-c3',
      owner: 'client',
      when: ({ payment, facts }) => payment !== 'partner' && facts.balance !== undefined,
      needs: ['balance'],
      passes: ({ facts }) => {
        const { amountMinor = 0, currency = '' } = facts.balance ?? {}
        return amountMinor < 0 ? warn({ balance: amountMinor / 100, currency }) : pass()
      },
    }),
    task('pay-invoices', {
      ref: 'po-s2',
      owner: 'client',
      when: ({ answers }) => answers.invoices === false,
      remind: 'PT24H',
    }),
    task('export-templates', {
      ref: 'po-q-templates',
      owner: 'partner',
      when: ({ answers }) => answers.templates === false,
      skippable: true,
      remind: 'P3D',
    }),
    check('not-cancelled-early', {
      ref: 'po-c5',
      owner: 'partner',
      when: (view) => !arrived(view),
      needs: ['channel'],
      passes: (view) => (cancelled(view).result === 'pass' ? warn(cancelled(view).evidence) : pass()),
    }),
    ...twoStepSteps,
    wait('number-moved', {
      ref: 'po-s4',
      owner: 'client',
      by: ['partner', 'support'],
      after: ['balance-not-negative', 'pay-invoices', 'two-step-off'],
      needs: ['phone', 'channel'],
      every: 'poll',
      within: 'P14D',
      announce: true,
      until: numberMoved,
    }),
    task('cancel-subscription', {
      ref: 'po-s5',
      owner: 'client',
      after: ['number-moved'],
      needs: ['channel'],
      every: 'slow',
      remind: 'PT24H',
      announce: true,
      done: cancelled,
    }),
    task('request-refund', {
      ref: 'po-s6',
      owner: 'client',
      when: ({ answers }) => answers.refund === true,
      after: ['cancel-subscription'],
      skippable: true,
      remind: 'P7D',
    }),
  ],
})
