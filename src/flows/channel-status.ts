import type { FactName, Facts } from '../meta/facts.ts'
import { fail, pass, unknown, warn } from './engine/define.ts'
import type { Finding } from './engine/types.ts'

/** One thing that a look-up judges about a number (procedures.md 5, checklist). */
export interface StatusCheck {
  id: string
  ref: string
  needs: readonly FactName[]
  judge(facts: Partial<Facts>): Finding
}

const qualities: Record<string, Finding['result']> = {
  GREEN: 'pass',
  HIGH: 'pass',
  YELLOW: 'warn',
  MEDIUM: 'warn',
  RED: 'fail',
  LOW: 'fail',
}

const wabaStates: Record<string, Finding['result']> = {
  approved: 'pass',
  consents_pending: 'warn',
  unverified: 'warn',
  account_violation: 'fail',
  account_restriction: 'fail',
  account_banned: 'fail',
  bsp_removed: 'fail',
}

const sendStates: Record<string, Finding['result']> = { AVAILABLE: 'pass', LIMITED: 'warn', BLOCKED: 'fail' }

/** A value nobody told us about is shown as it came, as unknown. */
function byTable(table: Record<string, Finding['result']>, name: string, value: string | undefined): Finding {
  if (value === undefined) return unknown()
  return { result: table[value] ?? 'unknown', evidence: { [name]: value } }
}

export const statusChecks: readonly StatusCheck[] = [
  { id: 'live', ref: 'cs-c1', needs: ['channel', 'phone'], judge: live },
  {
    id: 'waba',
    ref: 'cs-c2',
    needs: ['waba'],
    judge: ({ waba }) => byTable(wabaStates, 'waba_status', waba?.status),
  },
  {
    id: 'permission',
    ref: 'cs-c3',
    needs: ['permission'],
    judge: ({ permission }) =>
      permission
        ? { result: permission.apiKey === 'shared' ? 'pass' : 'warn', evidence: { api_key: permission.apiKey } }
        : unknown(),
  },
  {
    id: 'messaging',
    ref: 'cs-c4',
    needs: ['phone'],
    judge: ({ phone }) => byTable(sendStates, 'can_send_message', phone?.canSendMessage),
  },
  {
    id: 'balance',
    ref: 'cs-c5',
    needs: ['balance'],
    judge: ({ balance }) => (balance ? (balance.amountMinor > 0 ? pass() : fail()) : unknown()),
  },
  {
    id: 'name',
    ref: 'cs-c6',
    needs: ['phone'],
    judge: ({ phone }) => {
      if (phone?.nameStatus === undefined) return unknown()
      const evidence = { name_status: phone.nameStatus }
      if (phone.nameStatus === 'APPROVED') return pass(evidence)
      return phone.nameStatus === 'AVAILABLE_WITHOUT_REVIEW' ? warn(evidence) : fail(evidence)
    },
  },
  {
    id: 'quality',
    ref: 'cs-c7',
    needs: ['channel', 'phone'],
    judge: ({ channel, phone }) => byTable(qualities, 'quality', (phone?.quality ?? channel?.quality)?.toUpperCase()),
  },
  {
    id: 'two-step',
    ref: 'po-c2',
    needs: ['phone'],
    judge: ({ phone }) => {
      if (phone?.isPinEnabled === undefined) return unknown()
      return pass({ is_pin_enabled: phone.isPinEnabled })
    },
  },
]

function live({ channel, phone }: Partial<Facts>): Finding {
  if (!channel) return unknown()
  const { hubStatus, status, accountMode } = channel
  const evidence = {
    ...(hubStatus !== undefined && { hub_status: hubStatus }),
    ...(status !== undefined && { channel_status: status }),
    ...(accountMode !== undefined && { account_mode: accountMode }),
    ...(phone?.status !== undefined && { meta_status: phone.status }),
  }
  const good = hubStatus === 'live' && status === 'ready' && accountMode === 'live'
  return good && (phone?.status === undefined || phone.status === 'CONNECTED') ? pass(evidence) : fail(evidence)
}

const unverified = ['not_verified', 'pending_submission', 'pending_need_more_info', 'rejected', 'failed']
const unfinished = ['created', 'unverified', 'consents_signed']
const naming = ['new_name_requested', 'certificate_declined']
const migrating = ['porting_ready', 'ready_for_migration', 'waiting_for_migration_code', 'migration_code_requested']

/** What the client has to do now, as text keys (procedures.md 5, "Immediate actions"). */
export function immediateActions({ channel, waba, permission, balance }: Partial<Facts>): string[] {
  const status = channel?.status ?? ''
  const behalf = waba?.onBehalfOf
  const todo: [string, boolean][] = [
    ['accept-terms', waba?.status === 'consents_pending'],
    ['verify-business', unverified.includes(waba?.fbAccountStatus ?? '')],
    ['accept-on-behalf', behalf !== undefined && behalf.type !== 'SELF' && behalf.status !== 'approved'],
    ['finish-registration', unfinished.includes(status)],
    ['fix-name', naming.includes(status)],
    ['continue-migration', migrating.includes(status)],
    ['ask-support', status === 'error'],
    ['cancellation-running', channel?.hubStatus === 'pending_deletion'],
    ['share-permission', permission?.apiKey === 'missing'],
    ['add-funds', balance !== undefined && balance.amountMinor <= 0],
  ]
  return todo.flatMap(([key, applies]) => (applies ? [key] : []))
}

/** What of the procedure is not done as its table says. */
export const leftOut: Record<string, string> = {
  'cs-q-view':
    'one card shows it all, short or with "Details"; the profile needs a key of the number, which the desk never keeps',
  'cs-s4':
    'the card starts procedures; which address a number has in the Hub is not documented, so there is no link to it',
  'commerce settings': 'shown by the procedure for catalog visibility, where they matter',
}
