import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { Ground } from '../ground.ts'
import { metaId } from './ids.ts'
import type { NumberRow } from './rows.ts'
import { changeNumberSide } from './sides.ts'
import { zuluTime } from './times.ts'
import type { World } from './world.ts'

export interface NewNumber {
  /** Digits with country code. */
  phone: string
  waba: string
  name?: string | undefined
  /** The node that serves the number now; without it the number is new to the platform. */
  source?: NumberRow | undefined
}

/** A number enters a WABA: a node of its own, `PENDING` until it is registered. A source goes on serving (meta.md 3.1). */
export function enterNumber(ground: Ground, world: World, { phone, waba, name, source }: NewNumber): NumberRow {
  const { now } = ground.clock
  const row: NumberRow = {
    ...(source && kept(source)),
    id: metaId(),
    waba_id: waba,
    display_phone_number:
      source?.display_phone_number ?? parsePhoneNumberFromString(`+${phone}`)?.formatInternational() ?? `+${phone}`,
    verified_name: source?.verified_name ?? name ?? null,
    name_status: source ? 'APPROVED' : 'PENDING_REVIEW',
    code_verification_status: 'NOT_VERIFIED',
    platform_type: 'NOT_APPLICABLE',
    status: 'PENDING',
    is_pin_enabled: false,
    account_mode: 'LIVE',
    is_on_biz_app: false,
    is_preverified_number: false,
    last_onboarded_time: zuluTime(now()).replace('Z', '+0000'),
  }
  world.numbers.set(row.id, row)
  changeNumberSide(world, row.id, { pin: null, migrating_from: source?.id ?? null })
  return row
}

/** What a number takes along (meta.md 4.1). */
const kept = (source: NumberRow) => ({
  quality_rating: source.quality_rating,
  quality_score: source.quality_score,
  messaging_limit_tier: source.messaging_limit_tier,
  whatsapp_business_manager_messaging_limit: source.whatsapp_business_manager_messaging_limit,
  is_official_business_account: source.is_official_business_account,
  official_business_account: source.official_business_account,
  throughput: source.throughput,
})
