import { z } from 'zod'
import type { MetaSide } from './find.ts'
import { called, type LeverKit, type Levers, lever } from './lever.ts'
import { numberSide, seedPin, setPin } from './sides.ts'
import { leave } from './switch-over.ts'

/** What happens to a number at Meta: two-step, status, quality, the move to another provider. */
export function metaLevers({ ground, world, metaPhone, side, now }: LeverKit): Levers {
  const change = ({ number }: MetaSide, fields: Record<string, unknown>) =>
    world.numbers.set(number.id, { ...number, ...fields })
  const changeHub = ({ channel }: MetaSide, fields: Partial<NonNullable<MetaSide['channel']>>) =>
    channel && world.channels.set(channel.id, { ...channel, ...fields, modified_at: now() })
  const tell = ({ number, account }: MetaSide, field: string, value: Record<string, unknown>) =>
    world.webhooks.meta(account.id, field, {
      display_phone_number: number.display_phone_number.replace(/\D/g, ''),
      ...value,
    })

  const pin = z.strictObject({ phone: metaPhone, enabled: z.boolean().nullable(), webhook: z.boolean().default(true) })
  const status = z.strictObject({ phone: metaPhone, status: z.string().min(1) })
  const quality = z.strictObject({ phone: metaPhone, quality: z.string().min(1) })

  return {
    pin: lever(pin, ({ phone, enabled, webhook }) => {
      const found = side(phone)
      if (enabled === null) {
        const { is_pin_enabled: _, ...untold } = found.number
        world.numbers.set(untold.id, untold)
        return `Meta no longer tells whether two-step is on for ${called(found)}.`
      }
      setPin(world, phone, enabled ? (numberSide(world, phone).pin ?? seedPin) : null)
      if (webhook && enabled) tell(found, 'security', { event: 'PIN_CHANGED' })
      if (webhook && !enabled) {
        tell(found, 'security', { event: 'PIN_RESET_REQUEST', requester: '61000000000001' })
        tell(found, 'security', { event: 'PIN_REQUEST_SUCCESS' })
      }
      return `Two-step is ${enabled ? 'on' : 'off'} for ${called(found)}.`
    }),
    status: lever(status, ({ phone, status }) => {
      const found = side(phone)
      change(found, { status })
      changeHub(found, { meta_status: status, availability_status: status === 'CONNECTED' ? 'ready' : 'error' })
      const { waba, account, channel } = found
      const consequence = consequences[status]
      if (consequence) {
        if (waba) world.wabas.set(waba.id, { ...waba, status: consequence.waba })
        const event = consequence.event?.(ground.clock.now())
        if (event) world.webhooks.meta(account.id, 'account_update', event)
        if (waba && channel && status === 'RESTRICTED') {
          const { phone_number } = channel.setup_info
          const data = { id: waba.id, external_id: account.id, phone_number, violation_type: 'SPAM' }
          world.webhooks.hub('account_restriction', data, waba.partner_id)
        }
      }
      return `${called(found)} is ${status} at Meta.`
    }),
    quality: lever(quality, ({ phone, quality }) => {
      const found = side(phone)
      const was = found.number.quality_rating
      change(found, { quality_rating: quality, quality_score: { score: quality } })
      changeHub(found, { current_quality_rating: quality })
      const event = quality === 'RED' ? 'FLAGGED' : was === 'RED' ? 'UNFLAGGED' : undefined
      const limit = found.number.whatsapp_business_manager_messaging_limit
      if (event && was !== quality) {
        tell(found, 'phone_number_quality_update', { event, max_daily_conversations_per_business: limit })
      }
      return `The quality of ${called(found)} is ${quality}.`
    }),
    moved: lever(z.strictObject({ phone: metaPhone }), ({ phone }) => {
      const found = side(phone)
      leave(ground, world, found.number)
      return `${called(found)} has arrived at its new provider; the subscription here still runs.`
    }),
  }
}

/** What a status of a number means for its WABA, and which `account_update` Meta sends about it (meta.md 5.4). */
const consequences: Record<string, { waba: string; event?: (now: number) => Record<string, unknown> }> = {
  CONNECTED: { waba: 'approved' },
  RESTRICTED: {
    waba: 'account_restriction',
    event: (now) => ({
      event: 'ACCOUNT_RESTRICTION',
      restriction_info: [
        { restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: Math.floor(now / 1000) + 30 * 86_400 },
      ],
    }),
  },
  BANNED: {
    waba: 'account_banned',
    event: (now) => {
      const style = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const
      const waba_ban_date = new Intl.DateTimeFormat('en-US', style).format(now)
      return { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE', waba_ban_date } }
    },
  },
}
