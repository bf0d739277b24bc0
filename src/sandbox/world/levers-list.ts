import type { NumberState } from '../state.ts'

/** A button on the page: what it says, and what it posts to `/api/world`. */
export interface LeverButton {
  label: string
  body: Record<string, unknown>
}

/** The levers that make sense for a number in its present state. */
export function leverButtons({ phone, pin, status, hub_status, quality }: NumberState): LeverButton[] {
  const atMeta = status !== 'not yet at Meta'
  const pending = hub_status === 'pending_deletion'
  const buttons: (LeverButton | false)[] = [
    atMeta && pin !== false && { label: 'Switch two-step off', body: { pin: { phone, enabled: false } } },
    atMeta && pin !== true && { label: 'Switch two-step on', body: { pin: { phone, enabled: true } } },
    atMeta && pin !== null && { label: 'Hide two-step', body: { pin: { phone, enabled: null } } },
    atMeta && status !== 'MIGRATED' && { label: 'Number arrived at its new provider', body: { moved: { phone } } },
    hub_status === 'live' && { label: 'Cancel subscription', body: { cancelled: { phone } } },
    pending && { label: 'Take cancellation back', body: { reactivated: { phone } } },
    pending && { label: 'End subscription now', body: { terminated: { phone } } },
    atMeta && status !== 'RESTRICTED' && { label: 'Restrict', body: { status: { phone, status: 'RESTRICTED' } } },
    atMeta && status !== 'CONNECTED' && { label: 'Connect', body: { status: { phone, status: 'CONNECTED' } } },
    atMeta && quality !== 'RED' && { label: 'Quality red', body: { quality: { phone, quality: 'RED' } } },
    atMeta && quality !== 'GREEN' && { label: 'Quality green', body: { quality: { phone, quality: 'GREEN' } } },
    { label: 'Share key permission', body: { permission: { phone, shared: true } } },
    { label: 'Revoke key permission', body: { permission: { phone, shared: false } } },
    { label: 'Balance to -12.50', body: { balance: { phone, amount: -12.5 } } },
    { label: 'Balance to 80.00', body: { balance: { phone, amount: 80 } } },
  ]
  return buttons.filter((button) => button !== false)
}
