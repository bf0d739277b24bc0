import { approval, ask, check, defineFlow, fail, pass, task, unknown, wait } from './engine/define.ts'
import type { Question } from './engine/types.ts'
import { amountText, moneyText } from './money-text.ts'
import { askNumber } from './number.ts'
import {
  amount,
  amountKnown,
  balanceGone,
  balanceText,
  cancelled,
  currencyOf,
  digitsOf,
  feeAtStake,
  impossible,
  isRange,
  paymentsOf,
  saysAmount,
} from './refund-findings.ts'

const number = askNumber('rf-q-phone', ['client', 'balance', 'usage'])
const askRefundableNumber: Question = { ...number, problem: (view) => number.problem?.(view) ?? impossible(view) }

/** Unused prepaid funds of one cancelled number go back. Nobody can undo a refund, so it is confirmed twice. */
export default defineFlow({
  id: 'refund',
  version: 1,
  ref: '8',
  startedBy: ['partner', 'support'],
  subject: 'number',
  questions: [
    askRefundableNumber,
    ask.text('last-digits', {
      ref: 'rf-q-client',
      min: 4,
      max: 4,
      needs: ['client', 'balance'],
      shows: (view) => ({
        client: view.facts.client?.name ?? '?',
        number: `+${digitsOf(view)}`,
        balance: balanceText(view),
      }),
      problem: (view) => (digitsOf(view).slice(-4) === view.answers['last-digits'] ? undefined : 'other-digits'),
    }),
    ask.yesNo('prepaid', {
      ref: 'rf-q-prepaid',
      known: ({ payment }) => (payment === undefined ? undefined : payment === 'direct'),
    }),
    ask.text('payments', {
      ref: 'rf-q-payments',
      max: 300,
      skippable: true,
      needs: ['balance'],
      shows: (view) => ({ currency: currencyOf(view) }),
      prefill: ({ facts: { balance } }) =>
        balance?.lastRenewalMinor === undefined ? undefined : amountText(balance.lastRenewalMinor, balance.currency),
      problem: (view) => (paymentsOf(view).length === 0 ? 'not-payments' : undefined),
    }),
    ask.choice('used', ['no', 'yes', 'unknown'], {
      ref: 'rf-q-usage',
      when: feeAtStake,
      needs: ['usage'],
      known: ({ facts }) => (facts.usage?.billable === undefined ? undefined : facts.usage.billable ? 'yes' : 'no'),
    }),
  ],
  steps: [
    check('cancelled', {
      ref: 'rf-c1',
      owner: 'client',
      needs: ['channel'],
      every: 'slow',
      remind: 'P3D',
      passes: cancelled,
    }),
    check('prepaid-by-client', {
      ref: 'rf-c3',
      owner: 'client',
      passes: ({ answers }) => (answers.prepaid === true ? pass() : fail()),
    }),
    check('balance-left', {
      ref: 'rf-c2',
      owner: 'support',
      needs: ['balance'],
      every: 'slow',
      once: true,
      passes: ({ facts: { balance } }) => {
        if (!balance) return unknown()
        const evidence = { balance: moneyText(balance.amountMinor, balance.currency) }
        return balance.amountMinor > 0 ? pass(evidence) : fail(evidence)
      },
    }),
    check('amount', {
      ref: 'rf-s1',
      owner: 'support',
      after: ['cancelled', 'prepaid-by-client', 'balance-left'],
      needs: ['balance'],
      remind: 'PT24H',
      how: (view) => (paymentsOf(view).length === 0 ? 'no-payments' : undefined),
      passes: amount,
    }),
    approval('client-agrees', {
      ref: 'rf-s2',
      owner: 'client',
      by: ['partner', 'support'],
      when: amountKnown,
      after: ['amount'],
      remind: 'PT24H',
      how: isRange,
      says: saysAmount,
    }),
    approval('last-word', {
      ref: 'rf-s2',
      owner: 'partner',
      by: ['partner', 'support'],
      when: amountKnown,
      after: ['client-agrees'],
      remind: 'PT24H',
      how: isRange,
      says: saysAmount,
    }),
    task('refund-in-hub', {
      ref: 'rf-s3a',
      owner: 'client',
      after: ['last-word'],
      needs: ['balance'],
      every: 'poll',
      remind: 'PT24H',
      announce: true,
      says: saysAmount,
      done: balanceGone,
    }),
    wait('money-back', {
      ref: 'rf-s4',
      owner: 'bot',
      by: ['partner', 'support'],
      after: ['refund-in-hub'],
      needs: ['balance'],
      every: 'poll',
      within: 'PT72H',
      atLimit: 'escalate',
      announce: true,
      says: saysAmount,
      until: balanceGone,
    }),
  ],
})

/** Rows of procedures.md 8 that are no part of their own, and why. */
export const leftOut: Record<string, string> = {
  'rf-c4': 'the question for the last four digits of the number',
  'rf-c5': 'a case is about one number; another number is another case',
  'rf-s3b': 'the second way through the Hub, told in the same step',
}
