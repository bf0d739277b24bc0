import { action, approval, ask, check, defineFlow, fail, pass, task, unknown, wait, warn } from './engine/define.ts'
import { durationMs } from './engine/duration.ts'
import type { Finding, View } from './engine/types.ts'
import { moneyText } from './money-text.ts'
import { lastDayOfMonth, startOfNextMonth } from './month-end.ts'
import { askNumber } from './number.ts'

const ends = ({ answers }: View) => answers.kind === 'cancel'
const stopsPaying = ({ answers }: View) => answers.kind === 'stop_paying'
const atOnce = (view: View) => ends(view) && view.answers.when === 'immediately'
const atMonthEnd = (view: View) => ends(view) && !atOnce(view)
/** Only for a client that asks for it itself, and only where the desk's set-up allows it; else we only guide. */
const mayCall = (view: View) =>
  atMonthEnd(view) && view.enabled.includes('cancel-by-api') && view.answers.who === 'client'
const byCall = (view: View) => mayCall(view) && view.answers['cancelled-by'] === 'desk'
const monthEnds = ({ now }: View) => ({ ends_on: lastDayOfMonth(now) })

/** The moment of the request, from which the end is reckoned: as the Hub tells, as a person said, or right now. */
function requestedAt({ facts, endedAt, now }: View): number {
  const told = facts.channel?.cancelledAt
  return told === undefined ? (endedAt.requested ?? now) : Date.parse(told)
}

const endsOn = (view: View) => lastDayOfMonth(requestedAt(view))

function request({ facts: { channel } }: View): Finding {
  if (!channel) return unknown()
  const { cancelledAt, terminatedAt, hubStatus } = channel
  if (terminatedAt !== undefined) return pass({ terminated_at: terminatedAt })
  if (cancelledAt !== undefined) return pass({ cancelled_at: cancelledAt })
  return hubStatus === 'pending_deletion' ? pass({ hub_status: hubStatus }) : fail()
}

function over({ facts: { channel }, readings }: View): Finding {
  if (channel?.terminatedAt !== undefined) return pass({ terminated_at: channel.terminatedAt })
  // A number that is gone from the Hub has run out.
  return readings.channel?.state === 'absent' ? pass() : unknown()
}

/** We send it, unless the client was faster in the Hub. */
const toBeSent = (view: View) => byCall(view) && (view.outcomes.cancel !== undefined || request(view).result !== 'pass')

/** The Hub showed the cancellation before, and now it does not any more. */
function takenBack(view: View): boolean {
  if (view.outcomes.withdrawn !== undefined || view.outcomes.withdraw !== undefined) return true
  return view.outcomes.requested === 'passed' && view.facts.channel !== undefined && request(view).result === 'fail'
}

function liveAgain(view: View): Finding {
  if (!view.facts.channel) return unknown()
  return request(view).result === 'fail' ? pass({ hub_status: view.facts.channel.hubStatus ?? 'live' }) : unknown()
}

/** Until the month is over, and as long as nothing has ended. */
function mayWithdraw(view: View): boolean {
  if (view.outcomes.withdraw !== undefined) return true
  const open = view.outcomes.requested !== undefined && view.outcomes.over === undefined
  return atMonthEnd(view) && open && !takenBack(view) && view.now < startOfNextMonth(requestedAt(view))
}

/** Month end plus two days; a deletion by ticket gets three days. */
function overBy(view: View): number {
  const ticket = view.endedAt['deletion-ticket']
  if (atOnce(view) && ticket !== undefined) return ticket + durationMs('P3D')
  return startOfNextMonth(requestedAt(view)) + durationMs('P2D')
}

function balanceNoted({ facts: { balance } }: View): Finding {
  return balance ? pass({ balance: moneyText(balance.amountMinor, balance.currency) }) : unknown()
}

const refundable = (view: View) =>
  ends(view) && view.payment !== 'partner' && !takenBack(view) && (view.facts.balance?.amountMinor ?? 0) > 0

const numberOf = ({ facts, answers }: View) => `+${facts.channel?.phone ?? String(answers.number ?? '')}`

function says(view: View): NonNullable<Finding['evidence']> {
  const { balance, client } = view.facts
  return {
    number: numberOf(view),
    client: client?.name ?? '?',
    ends_on: endsOn(view),
    balance: balance ? moneyText(balance.amountMinor, balance.currency) : '–',
  }
}

/** End a number's subscription, which only its client may do, or stop paying for it as a partner. */
export default defineFlow({
  id: 'cancellation',
  version: 1,
  ref: '7',
  startedBy: ['partner', 'support'],
  subject: 'number',
  ending: (view) => (stopsPaying(view) ? 'stop-paying' : takenBack(view) ? 'withdrawn' : undefined),
  questions: [
    askNumber('ca-q-phone', ['client', 'phone', 'balance']),
    ask.choice('kind', ['cancel', 'stop_paying'], {
      ref: 'ca-q-kind',
      problem: ({ answers, payment }) =>
        answers.kind === 'stop_paying' && payment === 'direct' ? 'client-pays' : undefined,
    }),
    ask.choice('who', ['client', 'partner', 'support'], { ref: 'ca-q-who', when: ends }),
    ask.choice('reason', ['leaving', 'duplicate', 'test', 'other'], { ref: 'ca-q-reason', when: ends }),
    ask.text('reason-text', {
      ref: 'ca-q-reason',
      max: 300,
      when: (view) => ends(view) && view.answers.reason === 'other',
    }),
    ask.choice('when', ['month-end', 'immediately'], { ref: 'ca-q-when', when: ends, shows: monthEnds }),
    ask.choice('cancelled-by', ['client', 'desk'], { ref: 'ca-q-consent', when: mayCall }),
    ask.confirm('consent', {
      ref: 'ca-q-consent',
      when: (view) => byCall(view) || atOnce(view),
      needs: ['channel'],
      shows: (view) => ({ number: numberOf(view) }),
    }),
    ask.hubId('client', { ref: 'ca-q-client', when: stopsPaying, known: ({ facts }) => facts.client?.id }),
  ],
  steps: [
    check('effect', {
      ref: 'ca-s1',
      owner: 'bot',
      by: ['partner', 'support'],
      when: atMonthEnd,
      needs: ['channel'],
      passes: (view) => pass({ ends_on: endsOn(view) }),
    }),
    check('client-asks', {
      ref: 'ca-c1',
      owner: 'partner',
      when: ends,
      passes: ({ answers }) =>
        answers.who === 'client' ? pass({ asked_by: 'client' }) : warn({ asked_by: String(answers.who ?? '?') }),
    }),
    check('number-moved', {
      ref: 'ca-c2',
      owner: 'client',
      when: (view) => ends(view) && view.answers.reason === 'leaving',
      needs: ['phone'],
      every: 'slow',
      once: true,
      passes: ({ facts }) => {
        const status = facts.phone?.status
        if (status === undefined) return unknown()
        return status === 'MIGRATED' ? pass({ status }) : warn({ status })
      },
    }),
    check('not-cancelled', {
      ref: 'ca-c3',
      owner: 'partner',
      when: ends,
      needs: ['channel'],
      once: true,
      passes: (view) =>
        request(view).result === 'pass' ? warn({ ...request(view).evidence, ends_on: endsOn(view) }) : pass(),
    }),
    check('balance-noted', {
      ref: 'ca-c4',
      owner: 'client',
      when: (view) => ends(view) && view.payment !== 'partner',
      needs: ['balance'],
      once: true,
      passes: balanceNoted,
    }),
    approval('support-agrees', {
      ref: 'ca-s2b',
      owner: 'support',
      by: ['support'],
      when: (view) => toBeSent(view) || view.outcomes['support-agrees'] !== undefined,
      after: ['client-asks', 'number-moved', 'not-cancelled', 'balance-noted'],
      within: 'PT24H',
      atLimit: 'escalate',
      announce: true,
      says,
    }),
    action('cancel', {
      ref: 'ca-s2b',
      owner: 'support',
      by: ['support'],
      when: toBeSent,
      after: ['support-agrees'],
      call: 'request-cancellation',
      repeat: 'verify',
      says,
    }),
    task('deletion-ticket', {
      ref: 'ca-q-when',
      owner: 'support',
      by: ['support'],
      when: atOnce,
      after: ['client-asks', 'number-moved', 'not-cancelled', 'balance-noted'],
      remind: 'PT24H',
      announce: true,
      says,
    }),
    wait('requested', {
      ref: 'ca-s2',
      owner: (view) => (byCall(view) ? 'bot' : 'client'),
      how: (view) => (byCall(view) ? 'desk' : view.answers.who === 'client' ? undefined : 'guide'),
      by: ['partner', 'support'],
      when: atMonthEnd,
      after: ['client-asks', 'number-moved', 'not-cancelled', 'balance-noted', 'cancel'],
      needs: ['channel'],
      every: 'poll',
      within: 'P3D',
      remind: 'P3D',
      announce: true,
      says,
      until: request,
    }),
    wait('over', {
      ref: 'ca-s4',
      owner: 'bot',
      by: ['support'],
      when: (view) => ends(view) && !takenBack(view),
      after: ['requested', 'deletion-ticket'],
      needs: ['channel'],
      every: 'slow',
      within: overBy,
      atLimit: 'escalate',
      announce: true,
      says,
      until: over,
    }),
    action('withdraw', {
      ref: 'ca-s3',
      owner: 'client',
      by: ['partner', 'support'],
      when: mayWithdraw,
      after: ['requested'],
      call: 'withdraw-cancellation',
      repeat: 'verify',
      says,
    }),
    wait('withdrawn', {
      ref: 'ca-s3',
      owner: 'bot',
      by: ['support'],
      when: (view) => ends(view) && takenBack(view),
      after: ['requested'],
      needs: ['channel'],
      every: 'poll',
      within: 'PT24H',
      atLimit: 'escalate',
      announce: true,
      says,
      until: liveAgain,
    }),
    task('refund', {
      ref: 'ca-s5',
      owner: 'client',
      when: refundable,
      after: ['over'],
      remind: 'P7D',
      skippable: true,
      says,
    }),
    task('client-informed', {
      ref: 'ca-c6',
      owner: 'partner',
      when: stopsPaying,
      remind: 'PT24H',
      says,
    }),
    task('stop-paying', {
      ref: 'ca-s6',
      owner: 'partner',
      when: stopsPaying,
      after: ['client-informed'],
      remind: 'PT24H',
      announce: true,
      says,
    }),
  ],
})

/** Rows of procedures.md 7 that are no part of their own, and why. */
export const leftOut: Record<string, string> = {
  'ca-c5': 'the question refuses it where the client pays',
  'ca-s7': 'told when "stop-paying" ends, ready to be passed on to the client',
}
