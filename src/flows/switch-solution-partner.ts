import { Temporal } from 'temporal-polyfill'
import { dayOf, readDay, startOf } from './credit-window.ts'
import { action, approval, ask, check, defineFlow, pass, task, unknown, wait, warn } from './engine/define.ts'
import type { PartnerSide, View } from './engine/types.ts'
import { ownershipOfFacts } from './ownership.ts'
import {
  choices,
  failingMessages,
  nextDay,
  planNow,
  resumeDay,
  shareLimit,
  startLimit,
  startProblem,
  unshareDay,
} from './switch-dates.ts'
import {
  clientOwned,
  creditOf,
  datesWork,
  lineActive,
  sameCurrency,
  sharingAllowed,
  unshared,
  wabaProblem,
} from './switch-findings.ts'

/** Currencies that Meta has credit lines in (procedures.md 11). */
const currencies = ['AUD', 'EUR', 'GBP', 'IDR', 'INR', 'USD']

const unsharedAlready = ({ answers }: View) => answers['unshared-on'] !== undefined
const systemUser = ({ answers }: View) => answers.token === 'system_user'
const onPremises = ({ answers }: View) => answers['on-premises'] === true

/** The new partner is asked once it is clear that the WABA can be switched at all. */
const switchable = ({ outcomes }: View) => outcomes['client-owned'] !== undefined
const newPartner = ['destination-partner', 'support'] as const

/** Who sees a step, beside the desk: its days are for both partners, the new partner's own work is not for the old one. */
const both: readonly PartnerSide[] = ['partner', 'destination-partner']
const newOnly: readonly PartnerSide[] = ['destination-partner']

/** Another credit line for the same WABA. Sending stops from the unsharing until the first of the month after the sharing. */
export default defineFlow({
  id: 'switch-solution-partner',
  version: 1,
  ref: '11',
  startedBy: ['partner', 'support'],
  subject: 'waba',
  expects: failingMessages,
  questions: [
    ask.text('waba', {
      ref: 'sp-q-waba',
      min: 5,
      max: 60,
      needs: ['channel', 'client', 'waba', 'account', 'phone', 'solutions'],
      problem: wabaProblem,
    }),
    ask.choice('ownership', ['client_owned', 'obo', 'unknown'], {
      ref: 'sp-q-own',
      known: ({ facts }) => ownershipOfFacts(facts),
      problem: ({ answers }) => (answers.ownership === 'obo' ? 'on-behalf-of' : undefined),
    }),
    ask.yesNo('in-a-solution', {
      ref: 'sp-q-mps',
      known: ({ facts }) => facts.solutions && facts.solutions.length > 0,
      problem: ({ answers }) => (answers['in-a-solution'] === true ? 'other-procedure' : undefined),
    }),
    ask.date('unshared-on', {
      ref: 'sp-q-start',
      skippable: true,
      problem: ({ answers, now }) => {
        const day = readDay(answers['unshared-on'])
        return day && Temporal.PlainDate.compare(day, dayOf(now)) > 0 ? 'in-the-future' : undefined
      },
    }),
    ask.date('start-on', {
      ref: 'sp-q-plan',
      when: (view) => !unsharedAlready(view),
      prefill: (view) => choices(view).recommended,
      shows: choices,
      problem: startProblem,
    }),
    ask.confirm('sending-stop', {
      ref: 'sp-q-stop',
      when: (view) => unshareDay(view) !== undefined,
      shows: planNow,
    }),
    ask.yesNo('on-premises', {
      ref: 'sp-q-platform',
      known: ({ facts }) => (facts.phone?.platformType === 'ON_PREMISE' ? true : undefined),
      prefill: ({ facts }) => (facts.phone?.platformType === 'CLOUD_API' ? false : undefined),
    }),
    ask.hubId('destination-partner', { ref: 'sp-s2', skippable: true }),
    ask.choice('token', ['business_integration', 'system_user'], {
      ref: 'sp-q-token',
      when: switchable,
      needs: ['newPartner'],
      by: newPartner,
    }),
    ask.metaId('credit-line', { ref: 'sp-q-credit', when: switchable, by: newPartner }),
    ask.choice('credit-currency', currencies, {
      ref: 'sp-q-credit',
      when: switchable,
      by: newPartner,
      prefill: ({ facts }) => facts.account?.currency,
    }),
  ],
  steps: [
    check('client-owned', { ref: 'sp-c1', owner: 'support', needs: ['account'], passes: clientOwned }),
    check('dates', {
      ref: 'sp-c2',
      owner: 'client',
      for: both,
      within: startLimit,
      remind: 'PT24H',
      atLimit: 'escalate',
      says: choices,
      passes: datesWork,
    }),
    check('numbers-in-the-cloud', {
      ref: 'sp-c4',
      owner: 'partner',
      passes: (view) => (onPremises(view) ? warn({ platform_type: 'ON_PREMISE' }) : pass()),
    }),
    check('client-is-admin', { ref: 'sp-c6', owner: 'client', remind: 'PT24H', passes: unknown }),
    check('same-currency', {
      ref: 'sp-c5',
      owner: 'destination-partner',
      for: newOnly,
      needs: ['account'],
      remind: 'PT24H',
      passes: sameCurrency,
    }),
    check('signup-ready', { ref: 'sp-s2', owner: 'destination-partner', remind: 'PT24H', passes: unknown }),
    wait('start-date', {
      ref: 'sp-s0',
      owner: 'bot',
      for: both,
      when: (view) => !unsharedAlready(view),
      needs: ['account'],
      every: 'slow',
      within: ({ answers }) => {
        const day = readDay(answers['start-on'])
        return day && startOf(day)
      },
      says: planNow,
      until: ({ answers, now }) => {
        const day = readDay(answers['start-on'])
        return day && now >= startOf(day) ? pass({ unshare_on: day.toString() }) : unknown()
      },
    }),
    task('unshare', {
      ref: 'sp-s1',
      owner: 'client',
      for: both,
      when: (view) => !unsharedAlready(view),
      after: [
        'client-owned',
        'dates',
        'numbers-in-the-cloud',
        'client-is-admin',
        'same-currency',
        'signup-ready',
        'start-date',
      ],
      within: startLimit,
      remind: 'PT24H',
      needs: ['subscriptions', 'health'],
      every: 'poll',
      announce: true,
      says: planNow,
      done: unshared,
    }),
    task('embedded-signup', {
      ref: 'sp-s2',
      owner: 'client',
      for: both,
      by: ['partner', 'destination-partner', 'support'],
      after: ['client-owned', 'unshare'],
      within: 'PT24H',
      remind: 'PT4H',
      atLimit: 'escalate',
      announce: true,
      says: planNow,
    }),
    task('read-waba-id', {
      ref: 'sp-s3',
      owner: 'destination-partner',
      for: newOnly,
      after: ['embedded-signup'],
      remind: 'PT4H',
    }),
    task('exchange-code', {
      ref: 'sp-s4',
      owner: 'destination-partner',
      for: newOnly,
      after: ['embedded-signup'],
      remind: 'PT4H',
    }),
    task('assign-system-user', {
      ref: 'sp-s5',
      owner: 'destination-partner',
      for: newOnly,
      when: systemUser,
      after: ['exchange-code'],
      remind: 'PT4H',
    }),
    check('system-user-assigned', {
      ref: 'sp-c7',
      owner: 'destination-partner',
      for: newOnly,
      when: systemUser,
      after: ['assign-system-user'],
      remind: 'PT4H',
      passes: unknown,
    }),
    check('sharing-allowed', {
      ref: 'sp-c2',
      owner: 'bot',
      for: both,
      after: ['embedded-signup'],
      needs: ['account'],
      every: 'slow',
      within: shareLimit,
      atLimit: 'escalate',
      says: planNow,
      passes: sharingAllowed,
    }),
    approval('share-agreed', {
      ref: 'sp-s6',
      owner: 'support',
      by: ['support'],
      after: ['same-currency', 'system-user-assigned', 'read-waba-id', 'exchange-code'],
      remind: 'PT4H',
      says: planNow,
    }),
    action('share-credit-line', {
      ref: 'sp-s6',
      owner: 'destination-partner',
      for: both,
      by: newPartner,
      call: 'share-credit-line',
      repeat: 'verify',
      after: ['sharing-allowed', 'share-agreed'],
      within: shareLimit,
      remind: 'PT4H',
      announce: true,
      says: (view) => ({ ...planNow(view), ...creditOf(view) }),
    }),
    action('subscribe-app', {
      ref: 'sp-s6b',
      owner: 'destination-partner',
      for: newOnly,
      by: newPartner,
      call: 'subscribe-app',
      repeat: 'safe',
      after: ['share-credit-line'],
      remind: 'PT4H',
    }),
    wait('line-active', {
      ref: 'sp-s7',
      owner: 'bot',
      for: both,
      by: newPartner,
      after: ['share-credit-line'],
      needs: ['account'],
      every: 'slow',
      within: (view) => {
        const day = resumeDay(view)
        return day && startOf(nextDay(day))
      },
      atLimit: 'escalate',
      announce: true,
      says: planNow,
      until: lineActive,
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

/** Rows of procedures.md 11 that are no part of their own, and why. */
export const leftOut: Record<string, string> = {
  'sp-c3': 'the question about the sending stop, which shows the computed days',
  'sp-s9': 'the case closes by itself when its last step has ended',
}
