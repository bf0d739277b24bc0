import type { NumberState } from '../state.ts'
import { type LeverButton, type MoreLevers, moreLevers } from './levers-more.ts'

/** The levers that make sense for a number in its present state. */
export function leverButtons(number: NumberState & Partial<MoreLevers>): LeverButton[] {
  const { phone, pin, status, hub_status, quality, channel } = number
  const atMeta = status !== 'not yet at Meta'
  const here = channel !== ''
  const pending = hub_status === 'pending_deletion'
  const buttons: (LeverButton | false)[] = [
    atMeta && pin !== false && { label: 'Switch two-step off', body: { pin: { phone, enabled: false } } },
    atMeta && pin !== true && { label: 'Switch two-step on', body: { pin: { phone, enabled: true } } },
    atMeta && pin !== null && { label: 'Hide two-step', body: { pin: { phone, enabled: null } } },
    atMeta &&
      here &&
      status !== 'MIGRATED' && { label: 'Number arrived at its new provider', body: { moved: { phone } } },
    hub_status === 'live' && { label: 'Cancel subscription', body: { cancelled: { phone } } },
    pending && { label: 'Take cancellation back', body: { reactivated: { phone } } },
    pending && { label: 'End subscription now', body: { terminated: { phone } } },
    atMeta && status !== 'RESTRICTED' && { label: 'Restrict', body: { status: { phone, status: 'RESTRICTED' } } },
    atMeta && status !== 'CONNECTED' && { label: 'Connect', body: { status: { phone, status: 'CONNECTED' } } },
    atMeta && quality !== 'RED' && { label: 'Quality red', body: { quality: { phone, quality: 'RED' } } },
    atMeta && quality !== 'GREEN' && { label: 'Quality green', body: { quality: { phone, quality: 'GREEN' } } },
    here && { label: 'Share key permission', body: { permission: { phone, shared: true } } },
    here && { label: 'Revoke key permission', body: { permission: { phone, shared: false } } },
    here && { label: 'Balance to -12.50', body: { balance: { phone, amount: -12.5 } } },
    here && { label: 'Balance to 80.00', body: { balance: { phone, amount: 80 } } },
  ]
  const { first = [], rest = [] } = number[moreLevers]?.() ?? {}
  return [...first, ...buttons.filter((button) => button !== false), ...rest]
}
