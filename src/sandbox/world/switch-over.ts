import type { Ground } from '../ground.ts'
import { beginOnboarding } from './onboarding.ts'
import type { NumberRow } from './rows.ts'
import { changeNumberSide, numberSide, setPin } from './sides.ts'
import { copyTemplates } from './template-copies.ts'
import { zuluTime } from './times.ts'
import type { World } from './world.ts'

/**
 * A number is registered: from this moment it is served here and nowhere else (meta.md 3.3). With a PIN two-step is on
 * from now. The node that served it becomes `MIGRATED`, and a channel appears when the WABA is one of 360dialog's.
 */
export function switchOver(ground: Ground, world: World, number: NumberRow, pin: string | null): void {
  const source = world.numbers.get(numberSide(world, number.id).migrating_from ?? '')
  const row: NumberRow = { ...number, status: 'CONNECTED', platform_type: 'CLOUD_API' }
  world.numbers.set(row.id, row)
  setPin(world, row.id, pin)
  changeNumberSide(world, row.id, { migrating_from: null, guesses: [] })
  if (source) {
    copyTemplates(ground, world, { from: source.waba_id, to: row.waba_id, wanted: ['GREEN'] })
    leave(ground, world, source)
    completeIntent(world, row.waba_id)
  }
  world.webhooks.meta(row.waba_id, 'phone_number_quality_update', {
    display_phone_number: row.display_phone_number.replace(/\D/g, ''),
    event: 'ONBOARDING',
    max_daily_conversations_per_business: row.whatsapp_business_manager_messaging_limit ?? 'TIER_NOT_SET',
  })
  const waba = world.wabas.values().find(({ external_id }) => external_id === row.waba_id)
  const known = world.channels.values().some((one) => one.external_id === row.id && !one.terminated_at)
  if (waba && !known) beginOnboarding(ground, world, row, waba)
  ground.changed()
}

/** The number is served elsewhere now. A channel of it stops, its subscription goes on. */
export function leave(ground: Ground, world: World, number: NumberRow): void {
  world.numbers.set(number.id, { ...number, status: 'MIGRATED', platform_type: 'NOT_APPLICABLE' })
  const channel = world.channels.values().find(({ external_id }) => external_id === number.id)
  if (!channel) return
  world.channels.set(channel.id, {
    ...channel,
    meta_status: 'MIGRATED',
    availability_status: 'error',
    integration: { ...channel.integration, enabled: false, state: 'stopped' },
    modified_at: zuluTime(ground.clock.now()),
  })
}

function completeIntent(world: World, waba: string) {
  const intent = world.intents.values().find((one) => one.destination === waba && one.status === 'ACCEPTED')
  if (intent) world.intents.set(intent.id, { ...intent, status: 'COMPLETED' })
}
