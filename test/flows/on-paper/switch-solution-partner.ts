import { Temporal } from 'temporal-polyfill'
import {
  action,
  approval,
  ask,
  check,
  defineFlow,
  fail,
  pass,
  task,
  unknown,
  wait,
  warn,
} from '../../../src/flows/engine/define.ts'
import type { View } from '../../../src/flows/engine/types.ts'
import { ownershipOfFacts } from '../../../src/flows/ownership.ts'
import { allowed, dayOf, downtimeDays, latestStart, nextShareDay, planFrom, resume, startOf } from './share-window.ts'

const dateOf = (answer: unknown) => (typeof answer === 'string' ? Temporal.PlainDate.from(answer) : undefined)

/** The day sending stops: already unshared, or as planned. */
const unshareDay = ({ answers }: View) => dateOf(answers['unshared-on']) ?? dateOf(answers['start-on'])

function shareDay(view: View) {
  const day = unshareDay(view)
  return day && nextShareDay(day)
}

const resumeDay = (view: View) => {
  const day = shareDay(view)
  return day && resume(day)
}

const unsharedAlready = ({ answers }: View) => answers['unshared-on'] !== undefined
const systemUser = ({ answers }: View) => answers.token === 'system_user'
const onPremises = ({ facts }: View) => facts.phone?.platformType === 'ON_PREMISE'

/** Another credit line, same WABA. Sending stops from the unsharing until the first of the month after the sharing. */
export default defineFlow({
  id: 'switch-solution-partner',
  version: 1,
  ref: '11',
  startedBy: ['partner', 'support'],
  subject: 'waba',
  questions: [
    ask.metaId('waba', { ref: 'sp-q-waba', needs: ['account', 'phone'] }),
    ask.choice('ownership', ['client_owned', 'obo'], {
      ref: 'sp-q-own',
      known: ({ facts }) => ownershipOfFacts(facts),
      problem: ({ answers }) => (answers.ownership === 'obo' ? 'on-behalf-of' : undefined),
    }),
    ask.yesNo('in-a-solution', {
      ref: 'sp-q-mps',
      problem: ({ answers }) => (answers['in-a-solution'] === true ? 'other-procedure' : undefined),
    }),
    ask.date('unshared-on', {
      ref: 'sp-q-start',
      skippable: true,
      problem: (view) => {
        const day = dateOf(view.answers['unshared-on'])
        return day && Temporal.PlainDate.compare(day, dayOf(view.now)) > 0 ? 'in-the-future' : undefined
      },
    }),
    ask.date('start-on', {
      ref: 'sp-q-plan',
      when: (view) => !unsharedAlready(view),
      prefill: ({ now }) => planFrom(dayOf(now)).toString(),
      problem: ({ answers }) => {
        const day = dateOf(answers['start-on'])
        return day && !allowed(day) ? 'blocked-days' : undefined
      },
    }),
    ask.confirm('sending-stop', {
      ref: 'sp-q-stop',
      shows: (view) => {
        const [from, share] = [unshareDay(view), shareDay(view)]
        return from && share ? { resume: resume(share).toString(), days: downtimeDays(from, share) } : {}
      },
    }),
    ask.choice('token', ['business_integration', 'system_user'], {
      ref: 'sp-q-token',
      by: ['destination-partner', 'support'],
    }),
    ask.text('credit-currency', { ref: 'sp-q-credit', min: 3, max: 3, by: ['destination-partner', 'support'] }),
  ],
  steps: [
    check('client-owned', {
      ref: 'sp-c1',
      owner: 'support',
      needs: ['account'],
      passes: ({ answers }) => (answers.ownership === 'client_owned' ? pass() : fail()),
    }),
    check('same-currency', {
      ref: 'sp-c5',
      owner: 'destination-partner',
      needs: ['account'],
      passes: ({ facts, answers }) => {
        const currency = facts.account?.currency
        if (currency === undefined) return unknown()
        return currency === answers['credit-currency'] ? pass({ currency }) : fail({ currency })
      },
    }),
    check('numbers-in-the-cloud', {
      ref: 'sp-c4',
      owner: 'partner',
      needs: ['phone'],
      passes: (view) => (onPremises(view) ? warn({ platform_type: 'ON_PREMISE' }) : pass()),
    }),
    check('client-is-admin', { ref: 'sp-c6', owner: 'client', passes: unknown }),
    wait('start-date', {
      ref: 'sp-s0',
      owner: 'bot',
      after: ['client-owned', 'same-currency', 'client-is-admin'],
      within: (view) => startOf(unshareDay(view) ?? dayOf(view.now)),
      until: (view) => (view.now >= startOf(unshareDay(view) ?? dayOf(view.now)) ? pass() : unknown()),
    }),
    task('unshare', {
      ref: 'sp-s1',
      owner: 'client',
      when: (view) => !unsharedAlready(view),
      after: ['start-date'],
      within: (view) => startOf(latestStart(unshareDay(view) ?? dayOf(view.now)).add({ days: 1 })),
      remind: 'PT24H',
      atLimit: 'escalate',
      announce: true,
    }),
    task('embedded-signup', {
      ref: 'sp-s2',
      owner: 'client',
      after: ['unshare'],
      within: 'PT24H',
      remind: 'PT4H',
      atLimit: 'escalate',
    }),
    task('read-waba-id', { ref: 'sp-s3', owner: 'destination-partner', after: ['embedded-signup'], remind: 'PT4H' }),
    task('exchange-code', { ref: 'sp-s4', owner: 'destination-partner', after: ['embedded-signup'], remind: 'PT4H' }),
    task('assign-system-user', {
      ref: 'sp-s5',
      owner: 'destination-partner',
      when: systemUser,
      after: ['exchange-code'],
    }),
    check('system-user-assigned', {
      ref: 'sp-c7',
      owner: 'destination-partner',
      when: systemUser,
      after: ['assign-system-user'],
      passes: unknown,
    }),
    check('sharing-allowed-today', {
      ref: 'sp-c2',
      owner: 'bot',
      after: ['embedded-signup'],
      within: ({ now }) => startOf(nextShareDay(dayOf(now))),
      once: true,
      passes: ({ now }) => (allowed(dayOf(now)) ? pass() : fail({ next: nextShareDay(dayOf(now)).toString() })),
    }),
    approval('credit-line', {
      ref: 'sp-s6',
      owner: 'support',
      by: ['support'],
      after: ['sharing-allowed-today', 'exchange-code'],
      remind: 'PT4H',
    }),
    action('share-credit-line', {
      ref: 'sp-s6',
      owner: 'destination-partner',
      by: ['destination-partner'],
      call: 'share-credit-line',
      repeat: 'verify',
      after: ['credit-line', 'system-user-assigned', 'read-waba-id'],
      within: ({ now }) => startOf(latestStart(dayOf(now)).add({ days: 1 })),
      atLimit: 'escalate',
      announce: true,
    }),
    action('subscribe-app', {
      ref: 'sp-s6b',
      owner: 'destination-partner',
      by: ['destination-partner'],
      call: 'subscribe-app',
      repeat: 'safe',
      after: ['share-credit-line'],
    }),
    wait('line-active', {
      ref: 'sp-s7',
      owner: 'bot',
      by: ['destination-partner', 'support'],
      after: ['share-credit-line'],
      needs: ['account'],
      every: 'slow',
      within: (view) => {
        const day = resumeDay(view)
        return day && startOf(day) + 36 * 3_600_000
      },
      atLimit: 'escalate',
      announce: true,
      until: (view) => {
        const [day, funding] = [resumeDay(view), view.facts.account?.primaryFundingId]
        return day && view.now >= startOf(day) && funding !== undefined
          ? pass({ primary_funding_id: funding })
          : unknown()
      },
    }),
    task('register-again', {
      ref: 'sp-s8',
      owner: 'destination-partner',
      when: onPremises,
      after: ['line-active'],
      remind: 'PT24H',
    }),
  ],
})
