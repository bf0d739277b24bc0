import { action, approval, ask, check, defineFlow, fail, pass, task, unknown, wait, warn } from './engine/define.ts'
import type { Finding, PartnerSide, View } from './engine/types.ts'
import { askNumber } from './number.ts'
import { changeErrorIn } from './partner-change-error.ts'
import {
  changeCompleted,
  listed,
  movingNumbers,
  otherRequest,
  requestAccepted,
  requestOf,
  requestSeen,
} from './partner-change-request.ts'

const both: readonly PartnerSide[] = ['partner', 'destination-partner']
const destinationOnly: readonly PartnerSide[] = ['destination-partner']

const named = ({ answers }: View) => answers['destination-partner'] !== undefined
const pastedError = ({ answers }: View) =>
  answers.button === 'error' ? changeErrorIn(String(answers['error-text'] ?? '')) : undefined

/** The client cannot ask for a change now: greyed out, or an error that its own entry does not cause (pc-s1x). */
const unavailable = (view: View) =>
  view.answers.button === 'greyed' || ['other-processor', 'unknown'].includes(pastedError(view) ?? '')

/** The new partner is one of ours: it takes part, and its own Hub can be asked. */
const isOurs = ({ readings }: View) => readings.newPartner !== undefined && readings.newPartner.state !== 'unknown'

/** With partner payment the new partner has the permission by default (procedures.md 4, "Today"). */
const needsPermission = ({ answers, facts }: View) =>
  !(facts.newPartner?.paymentRequired ?? answers['destination-payment'] === 'partner')

/** Several WABAs in one account: the rule speaks of one account, its example of one WABA, so the client reads the list. */
function numbersListed({ facts }: View): Finding {
  if (!facts.numbers) return unknown()
  const accounts = new Set(facts.numbers.map(({ wabaId }) => wabaId)).size
  const count = { number_count: facts.numbers.length }
  return accounts > 1 ? warn({ ...count, account_count: accounts }) : pass(count)
}

/** Only its form can be checked; whether a partner has that id shows in the Client Hub, or when it is one of ours. */
function destinationIdGood(view: View): Finding {
  const id = String(view.answers['destination-partner'] ?? '')
  if (pastedError(view) === 'unknown-partner') return fail({ target_partner: id })
  if (view.facts.newPartner || /^\w+PA$/.test(id)) return pass({ target_partner: id })
  return warn({ target_partner: id })
}

function noOpenRequest(view: View): Finding {
  const other = otherRequest(view)
  if (other) return fail({ request: other.id, target_partner: other.targetPartnerId ?? '?' })
  return view.facts.changeRequests ? pass() : unknown()
}

/** A hint only: nobody knows before whether a payment method will be asked for. */
function paymentReady({ facts, payment }: View): Finding {
  if (!facts.balance || payment === 'partner') return unknown()
  const { amountMinor, currency } = facts.balance
  const balance = { balance: amountMinor / 100, currency }
  return amountMinor < 0 ? warn(balance) : pass(balance)
}

function nothingRunning({ facts, outcomes }: View): Finding {
  if (outcomes['request-created'] !== undefined) return pass()
  if (!facts.numbers) return unknown()
  const busy = facts.numbers.find(({ cancelledAt, hubStatus }) => cancelledAt !== undefined || hubStatus !== 'live')
  if (!busy) return pass()
  const { phone, cancelledAt, hubStatus } = busy
  return fail({
    number: `+${phone}`,
    ...(hubStatus !== undefined && { hub_status: hubStatus }),
    ...(cancelledAt !== undefined && { cancelled_at: cancelledAt }),
  })
}

function destinationReady({ facts, outcomes }: View): Finding {
  if (outcomes.accepted !== undefined) return pass()
  const auto = facts.newPartner?.autoApprove
  if (auto === undefined) return unknown()
  return auto ? pass({ auto_approve: true }) : warn({ auto_approve: false })
}

const failed = (view: View) => requestOf(view)?.status === 'failed'

/** Of the numbers to manage, all unless some were chosen. */
const numbersToManage = (view: View): readonly string[] => {
  const chosen = view.answers['numbers-to-manage']
  return Array.isArray(chosen) ? chosen : movingNumbers(view).map(({ phone }) => `+${phone}`)
}

function permissionGranted(view: View): Finding {
  const shared = view.facts.newPermission
  if (!shared) return unknown()
  const missing = numbersToManage(view).filter((number) => !isShared(view, number))
  return missing.length ? fail({ without_permission: missing.slice(0, 5).join(', ') }) : pass({ permission: 'shared' })
}

function isShared({ facts }: View, number: string): boolean {
  const { phones = [], channels = [] } = facts.newPermission ?? {}
  const own = [...(facts.newNumbers ?? []), ...(facts.numbers ?? [])].filter(({ phone }) => `+${phone}` === number)
  return phones.includes(number.slice(1)) || own.some(({ id }) => channels.includes(id))
}

/** What texts mention: where the numbers go, which, and the request. */
function told(view: View): Record<string, string | number> {
  const numbers = movingNumbers(view)
  const request = requestOf(view)
  const part = request?.isFullMigration === false
  return {
    destination: String(view.answers['destination-partner'] ?? '?'),
    numbers: listed(numbers) || '?',
    count: numbers.length,
    request: request?.id ?? '?',
    asked: request?.createdAt ?? '?',
    scope: part ? 'some-numbers' : 'whole-account',
  }
}

/** Stay at 360dialog with another integration partner. Only the client can ask for it; the new partner agrees. */
export default defineFlow({
  id: 'partner-change',
  version: 1,
  ref: '4',
  startedBy: ['partner', 'support'],
  subject: 'number',
  destinationAfter: 'request-created',
  questions: [
    askNumber('pc-q-client', ['client', 'numbers', 'partner', 'balance', 'changeRequests']),
    ask.hubId('destination-partner', {
      ref: 'pc-q-dest',
      // Once the request exists the new partner takes part: another one would be another case.
      known: ({ answers, outcomes }) =>
        outcomes['request-created'] === undefined ? undefined : answers['destination-partner'],
      problem: ({ answers, facts }) =>
        facts.partner?.id === answers['destination-partner'] ? 'same-partner' : undefined,
    }),
    ask.choice('scope', ['all', 'some'], {
      ref: 'pc-q-scope',
      when: named,
      needs: ['newPartner'],
      shows: (view) => ({
        numbers: listed(view.facts.numbers ?? []) || '?',
        destination: told(view).destination ?? '?',
      }),
    }),
    ask.choice('button', ['active', 'greyed', 'error'], { ref: 'pc-q-button', when: named }),
    ask.text('error-text', { ref: 'pc-q-button', when: ({ answers }) => answers.button === 'error', max: 300 }),
    // Not suggested from the new partner's own settings: those are not for the client's present partner.
    ask.choice('destination-payment', ['direct', 'partner', 'unknown'], { ref: 'pc-q-payment' }),
    ask.yesNo('payment-method-asked', {
      ref: 'pc-q-card',
      when: (view) =>
        view.outcomes['enter-destination'] !== undefined &&
        view.outcomes['request-created'] === undefined &&
        !requestOf(view),
    }),
    ask.choices('numbers-to-manage', (view) => movingNumbers(view).map(({ phone }) => `+${phone}`), {
      ref: 'pc-q-perm',
      by: ['destination-partner', 'support'],
      skippable: true,
      when: (view) =>
        view.outcomes['change-completed'] !== undefined &&
        view.outcomes['grant-permission'] === undefined &&
        isOurs(view) &&
        needsPermission(view) &&
        movingNumbers(view).length > 1 &&
        !movingNumbers(view).every(({ phone }) => isShared(view, `+${phone}`)),
    }),
  ],
  steps: [
    check('numbers-listed', {
      ref: 'pc-c1',
      owner: 'client',
      needs: ['numbers'],
      once: true,
      passes: numbersListed,
    }),
    approval('some-numbers', {
      ref: 'pc-q-scope',
      owner: 'support',
      by: ['support'],
      when: ({ answers }) => answers.scope === 'some',
      remind: 'PT24H',
    }),
    check('destination-id', {
      ref: 'pc-c2',
      owner: 'partner',
      needs: ['newPartner'],
      how: (view) => (pastedError(view) === 'unknown-partner' ? 'unknown' : undefined),
      remind: 'P2D',
      once: true,
      passes: destinationIdGood,
    }),
    check('no-open-request', {
      ref: 'pc-c4',
      owner: 'support',
      needs: ['changeRequests'],
      every: 'slow',
      once: true,
      says: (view) => ({ request: otherRequest(view)?.id ?? '?' }),
      passes: noOpenRequest,
    }),
    check('payment-ready', {
      ref: 'pc-c5',
      owner: 'client',
      when: ({ answers }) => answers['destination-payment'] !== 'partner',
      needs: ['balance'],
      once: true,
      passes: paymentReady,
    }),
    check('nothing-running', {
      ref: 'pc-c6',
      owner: 'client',
      needs: ['numbers'],
      every: 'slow',
      remind: 'P3D',
      passes: nothingRunning,
    }),
    wait('change-possible', {
      ref: 'pc-s1x',
      owner: 'client',
      by: ['partner', 'support'],
      when: unavailable,
      within: 'P7D',
      remind: 'P7D',
      atLimit: 'escalate',
      until: unknown,
    }),
    task('open-request', {
      ref: 'pc-s2',
      owner: 'client',
      after: [
        'numbers-listed',
        'some-numbers',
        'destination-id',
        'no-open-request',
        'payment-ready',
        'nothing-running',
        'change-possible',
      ],
      needs: ['changeRequests'],
      every: 'poll',
      remind: 'PT24H',
      done: requestSeen,
    }),
    task('enter-destination', {
      ref: 'pc-s3',
      owner: 'client',
      after: ['open-request'],
      needs: ['changeRequests'],
      every: 'poll',
      remind: 'PT24H',
      says: told,
      done: requestSeen,
    }),
    task('add-payment-method', {
      ref: 'pc-s4',
      owner: 'client',
      when: ({ answers }) => answers['payment-method-asked'] === true,
      after: ['enter-destination'],
      needs: ['changeRequests'],
      within: 'P2D',
      done: requestSeen,
    }),
    wait('request-created', {
      ref: 'pc-s3b',
      owner: 'client',
      // Whoever says so lets the new partner in, so that is not the partner's word alone.
      by: ['support'],
      after: ['enter-destination', 'add-payment-method'],
      needs: ['changeRequests'],
      every: 'poll',
      within: 'P2D',
      remind: 'P2D',
      how: (view) => (otherRequest(view) && !requestOf(view) ? 'other-partner' : undefined),
      says: told,
      announce: true,
      until: requestSeen,
    }),
    // Accepting by itself can be switched on; as it is for all changes of a partner, that stays in the partner's Hub.
    check('destination-ready', {
      ref: 'pc-c7',
      owner: 'destination-partner',
      for: destinationOnly,
      when: isOurs,
      after: ['request-created'],
      needs: ['newPartner'],
      once: true,
      passes: destinationReady,
    }),
    // There is no call to decline: a partner that refuses does not approve, and the case is cancelled.
    action('approve-change', {
      ref: 'pc-s6',
      owner: 'destination-partner',
      for: destinationOnly,
      by: ['destination-partner'],
      // Gone as soon as somebody approves in the Hub, whichever is first.
      when: (view) =>
        isOurs(view) && (requestOf(view)?.status === 'created' || view.outcomes['approve-change'] !== undefined),
      after: ['request-created'],
      within: 'P5D',
      remind: 'PT24H',
      says: told,
      announce: true,
      call: 'approve-partner-change',
      repeat: 'verify',
    }),
    wait('accepted', {
      ref: 'pc-s6',
      owner: 'destination-partner',
      for: ['partner'],
      by: ['support'],
      after: ['request-created'],
      needs: ['changeRequests', 'newNumbers'],
      every: 'poll',
      within: 'P5D',
      atLimit: 'escalate',
      says: told,
      announce: true,
      until: requestAccepted,
    }),
    approval('failed-change', {
      ref: 'pc-s7',
      owner: 'support',
      for: both,
      by: ['support'],
      when: (view) => failed(view) || view.outcomes['failed-change'] !== undefined,
      after: ['request-created'],
      remind: 'PT24H',
      says: told,
      news: true,
      announce: true,
    }),
    wait('change-completed', {
      ref: 'pc-s7',
      owner: 'bot',
      for: both,
      by: ['support'],
      after: ['accepted', 'failed-change'],
      needs: ['changeRequests', 'newNumbers'],
      every: 'poll',
      within: 'PT24H',
      atLimit: 'escalate',
      says: told,
      announce: true,
      until: changeCompleted,
    }),
    task('grant-permission', {
      ref: 'pc-s8',
      owner: (view) => (isOurs(view) ? 'destination-partner' : 'client'),
      for: (view) => (isOurs(view) ? destinationOnly : ['partner']),
      when: needsPermission,
      after: ['change-completed'],
      needs: ['newPermission', 'newNumbers'],
      every: 'poll',
      within: 'P3D',
      remind: 'P3D',
      says: (view) => ({ ...told(view), numbers: numbersToManage(view).slice(0, 20).join(', ') || '?' }),
      done: permissionGranted,
    }),
    task('new-keys', {
      ref: 'pc-s9',
      owner: 'destination-partner',
      for: destinationOnly,
      when: isOurs,
      after: ['change-completed', 'grant-permission'],
      skippable: true,
      remind: 'P3D',
    }),
  ],
})

/** Rows of the procedure that are no part of the flow, and why. */
export const leftOut: Record<string, string> = {
  'pc-c3': 'no platform tells it: the question about the button declares it, and a closed one parks the case (pc-s1x)',
  'pc-c8': 'grant-permission (pc-s8) ends by itself when the Hub lists the permission',
  'pc-s1': 'the look-up that opens the case lists the numbers and does the checks',
  'pc-s5': 'the card comes into the new partner’s chat as soon as the Hub has the request',
}
