import { action, check, pass, unknown, wait } from '../engine/define.ts'
import type { Finding, Step, View } from '../engine/types.ts'
import { registering } from '../registering.ts'
import { byApi, destinationOf } from './situation.ts'

const intoAccount = (view: View): NonNullable<Finding['evidence']> => ({
  account: destinationOf(view)?.name ?? '?',
  account_id: String(view.answers['destination-waba'] ?? '?'),
})

const codeEntered = ({ facts: { arriving } }: View): Finding =>
  arriving?.codeVerificationStatus === 'VERIFIED' ? pass({ code_verification_status: 'VERIFIED' }) : unknown()

/** `CONNECTED`, not the webhook `ONBOARDING`, says that the number is served from its new account. */
const registered = ({ facts: { arriving } }: View): Finding =>
  arriving?.status === 'CONNECTED' ? pass({ status: arriving.status }) : unknown()

/**
 * The direct Meta route, for partners whose app holds a token on the destination (procedures.md 1, below its steps). The source
 * serves the number until it is registered. The code is typed at Meta, never here.
 */
export const direct: readonly Step[] = [
  check('client-agrees', {
    ref: 'nm-s5',
    owner: 'client',
    when: byApi,
    after: ['same-business', 'waba-is-new', 'destination-can-pay'],
    remind: 'PT24H',
    says: intoAccount,
    passes: unknown,
  }),
  action('begin-move', {
    ref: 'nm-s5',
    owner: 'support',
    by: ['support'],
    when: byApi,
    after: ['client-agrees'],
    call: 'migrate-number',
    repeat: 'verify',
    remind: 'PT24H',
    says: intoAccount,
    announce: true,
  }),
  action('request-code', {
    ref: 'nm-s8',
    owner: 'partner',
    by: ['partner', 'support'],
    when: byApi,
    after: ['begin-move'],
    call: 'request-code',
    repeat: 'ask',
    remind: 'PT24H',
    says: ({ answers }) => ({ way: answers['code-way'] === 'VOICE' ? 'voice_call' : 'sms' }),
    announce: true,
  }),
  wait('code-entered', {
    ref: 'nm-s8',
    owner: 'client',
    when: byApi,
    after: ['request-code'],
    needs: ['arriving'],
    every: 'poll',
    within: 'PT1H',
    atLimit: 'escalate',
    until: codeEntered,
  }),
  registering({
    ref: 'nm-s9',
    owner: 'partner',
    by: ['partner', 'support'],
    when: byApi,
    after: ['code-entered'],
    within: 'P14D',
    remind: 'PT24H',
    atLimit: 'escalate',
    says: intoAccount,
  }),
  wait('registered', {
    ref: 'nm-s9',
    owner: 'bot',
    by: ['partner', 'support'],
    when: byApi,
    after: ['code-entered', 'register-number'],
    needs: ['arriving'],
    every: 'poll',
    within: 'PT24H',
    atLimit: 'escalate',
    announce: true,
    until: registered,
  }),
]
