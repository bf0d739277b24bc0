import { z } from 'zod'
import type { Entry } from './find.ts'
import { called, type LeverKit, type Levers, lever } from './lever.ts'
import type { NumberRow } from './rows.ts'

/** What happens to a number at Meta: two-step, status, quality, the move to another provider. */
export function metaLevers({ ground, world, metaPhone, entry, now }: LeverKit): Levers {
  const change = (number: NumberRow, fields: Record<string, unknown>) =>
    world.numbers.set(number.id, { ...number, ...fields })
  const changeHub = ({ channel }: Entry, fields: Partial<Entry['channel']>) =>
    world.channels.set(channel.id, { ...channel, ...fields, modified_at: now() })
  const tell = ({ number, account }: Entry, field: string, value: Record<string, unknown>) =>
    world.webhooks.meta(account.id, field, {
      display_phone_number: number?.display_phone_number.replace(/\D/g, ''),
      ...value,
    })
  /** Meta's number; the schema has made sure that there is one. */
  const numberOf = (found: Entry): NumberRow => {
    if (!found.number) throw new Error(`Meta does not know ${called(found)}.`)
    return found.number
  }

  const pin = z.strictObject({ phone: metaPhone, enabled: z.boolean().nullable(), webhook: z.boolean().default(true) })
  const status = z.strictObject({ phone: metaPhone, status: z.string().min(1) })
  const quality = z.strictObject({ phone: metaPhone, quality: z.string().min(1) })

  return {
    pin: lever(pin, ({ phone, enabled, webhook }) => {
      const found = entry(phone)
      if (enabled === null) {
        const { is_pin_enabled: _, ...untold } = numberOf(found)
        world.numbers.set(untold.id, untold)
        return `Meta no longer tells whether two-step is on for ${called(found)}.`
      }
      change(numberOf(found), { is_pin_enabled: enabled })
      if (webhook && enabled) tell(found, 'security', { event: 'PIN_CHANGED' })
      if (webhook && !enabled) {
        tell(found, 'security', { event: 'PIN_RESET_REQUEST', requester: '61000000000001' })
        tell(found, 'security', { event: 'PIN_REQUEST_SUCCESS' })
      }
      return `Two-step is ${enabled ? 'on' : 'off'} for ${called(found)}.`
    }),
    status: lever(status, ({ phone, status }) => {
      const found = entry(phone)
      change(numberOf(found), { status })
      changeHub(found, { meta_status: status, availability_status: status === 'CONNECTED' ? 'ready' : 'error' })
      const { waba, account, channel } = found
      const consequence = consequences[status]
      if (consequence) {
        world.wabas.set(waba.id, { ...waba, status: consequence.waba })
        const event = consequence.event?.(ground.clock.now())
        if (event) world.webhooks.meta(account.id, 'account_update', event)
        if (status === 'RESTRICTED') {
          const { phone_number } = channel.setup_info
          const data = { id: waba.id, external_id: account.id, phone_number, violation_type: 'SPAM' }
          world.webhooks.hub('account_restriction', data)
        }
      }
      return `${called(found)} is ${status} at Meta.`
    }),
    quality: lever(quality, ({ phone, quality }) => {
      const found = entry(phone)
      const was = numberOf(found).quality_rating
      change(numberOf(found), { quality_rating: quality, quality_score: { score: quality } })
      changeHub(found, { current_quality_rating: quality })
      const event = quality === 'RED' ? 'FLAGGED' : was === 'RED' ? 'UNFLAGGED' : undefined
      const limit = numberOf(found).whatsapp_business_manager_messaging_limit
      if (event && was !== quality) {
        tell(found, 'phone_number_quality_update', { event, max_daily_conversations_per_business: limit })
      }
      return `The quality of ${called(found)} is ${quality}.`
    }),
    moved: lever(z.strictObject({ phone: metaPhone }), ({ phone }) => {
      const found = entry(phone)
      change(numberOf(found), { status: 'MIGRATED', platform_type: 'NOT_APPLICABLE' })
      changeHub(found, {
        meta_status: 'MIGRATED',
        availability_status: 'error',
        integration: { ...found.channel.integration, enabled: false, state: 'stopped' },
      })
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
