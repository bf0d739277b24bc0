import { ask, check, defineFlow, fail, pass, task, unknown, wait } from '../../../src/flows/engine/define.ts'
import type { Finding, View } from '../../../src/flows/engine/types.ts'
import { askNumber } from '../../../src/flows/number.ts'

const unavailable = ({ answers }: View) => answers.button !== 'active'

/** No cancellation may be running on the number (pc-c6). */
function quiet({ facts }: View): Finding {
  const { cancelledAt, hubStatus } = facts.channel ?? {}
  if (cancelledAt !== undefined) return fail({ cancelled_at: cancelledAt })
  return hubStatus === 'live' ? pass() : fail(hubStatus === undefined ? undefined : { hub_status: hubStatus })
}

function permissionShared({ facts }: View): Finding {
  if (!facts.permission) return unknown()
  return facts.permission.apiKey === 'shared' ? pass({ api_key: 'shared' }) : fail({ api_key: 'missing' })
}

/** Stay at 360dialog with another software partner. Only the client can ask for it, the destination accepts. */
export default defineFlow({
  id: 'partner-change',
  version: 1,
  ref: '4',
  startedBy: ['partner', 'support'],
  subject: 'number',
  questions: [
    askNumber('pc-q-client', ['client', 'waba', 'balance']),
    ask.hubId('destination', { ref: 'pc-q-dest' }),
    ask.confirm('all-numbers-move', {
      ref: 'pc-q-scope',
      shows: ({ facts }) => ({ client: facts.client?.name ?? '' }),
    }),
    ask.choice('button', ['active', 'greyed', 'error'], { ref: 'pc-q-button' }),
    ask.choice('destination-payment', ['direct', 'partner', 'unknown'], {
      ref: 'pc-q-payment',
      by: ['destination-partner', 'partner', 'support'],
    }),
    ask.yesNo('payment-method-asked', {
      ref: 'pc-q-card',
      when: ({ outcomes }) => outcomes['enter-destination'] !== undefined,
    }),
    ask.choices('numbers-to-manage', ({ answers }) => [String(answers.number)], {
      ref: 'pc-q-perm',
      when: ({ outcomes }) => outcomes['change-completed'] !== undefined,
    }),
  ],
  steps: [
    task('hold-off', { ref: 'pc-s1x', owner: 'client', when: unavailable, remind: 'P7D' }),
    check('no-open-request', { ref: 'pc-c4', owner: 'support', passes: unknown }),
    check('nothing-running', { ref: 'pc-c6', owner: 'client', needs: ['channel'], every: 'slow', passes: quiet }),
    check('destination-ready', { ref: 'pc-c7', owner: 'destination-partner', passes: unknown }),
    task('open-request', {
      ref: 'pc-s2',
      owner: 'client',
      after: ['hold-off', 'no-open-request', 'nothing-running'],
      remind: 'PT24H',
    }),
    task('enter-destination', { ref: 'pc-s3', owner: 'client', after: ['open-request'] }),
    task('add-payment-method', {
      ref: 'pc-s4',
      owner: 'client',
      when: ({ answers }) => answers['payment-method-asked'] === true,
      after: ['enter-destination'],
      within: 'P2D',
    }),
    wait('submitted', {
      ref: 'pc-s3b',
      owner: 'client',
      by: ['partner', 'support'],
      after: ['enter-destination', 'add-payment-method'],
      within: 'P2D',
      remind: 'PT24H',
      announce: true,
      until: unknown,
    }),
    wait('accepted', {
      ref: 'pc-s6',
      owner: 'destination-partner',
      by: ['destination-partner', 'support'],
      after: ['submitted', 'destination-ready'],
      within: 'P5D',
      remind: 'PT24H',
      atLimit: 'escalate',
      announce: true,
      until: unknown,
    }),
    wait('change-completed', {
      ref: 'pc-s7',
      owner: 'bot',
      by: ['partner', 'destination-partner', 'support'],
      after: ['accepted'],
      within: 'PT24H',
      atLimit: 'escalate',
      announce: true,
      until: unknown,
    }),
    task('grant-permission', {
      ref: 'pc-s8',
      owner: 'client',
      when: ({ answers }) => answers['destination-payment'] !== 'partner',
      after: ['change-completed'],
      needs: ['permission'],
      every: 'poll',
      within: 'P3D',
      remind: 'PT24H',
      done: permissionShared,
    }),
    task('new-keys', { ref: 'pc-s9', owner: 'destination-partner', after: ['grant-permission'], remind: 'PT24H' }),
  ],
})
