import type { Ground } from '../ground.ts'
import { hubId } from './ids.ts'
import type { ChannelRow, NumberRow, WabaRow } from './rows.ts'
import { zuluTime } from './times.ts'
import type { World } from './world.ts'

const digits = (text: string) => text.replace(/\D/g, '')

/** How long after the number was registered a channel takes each step, on the sandbox's clock. */
const steps = { 'channel-ready': 20_000, 'channel-running': 40_000, 'channel-live': 60_000 } as const

/** A registered number appears at 360dialog as a channel, and goes through its life cycle (360dialog.md 4.2). */
export function beginOnboarding(ground: Ground, world: World, number: NumberRow, waba: WabaRow): ChannelRow {
  const now = zuluTime(ground.clock.now())
  const row = newChannel(world, number, waba, now)
  world.channels.set(row.id, row)
  const pays = world.partners.get(waba.partner_id)?.payment_required ?? false
  const currency = String(world.accounts.get(waba.external_id)?.currency ?? 'EUR').toLowerCase()
  // Partner payment: the permission is there from the start (360dialog.md 7.5).
  world.asides.set(row.id, {
    id: row.id,
    balance: 0,
    currency,
    last_renewal: null,
    shared: pays,
    note: 'came while the sandbox ran',
  })
  tell(world, 'channel_created', row)
  for (const [act, ms] of Object.entries(steps)) world.agenda.in(ms, act, row.id)
  return row
}

/** The later steps, for the agenda. */
export function onboardingActs(ground: Ground, world: World) {
  const step = (event: string, change: (row: ChannelRow) => Partial<ChannelRow>) => (id: string) => {
    const row = world.channels.get(id)
    if (!row || row.terminated_at) return
    const changed = { ...row, ...change(row), modified_at: zuluTime(ground.clock.now()) }
    world.channels.set(id, changed)
    tell(world, event, changed)
  }
  return {
    'channel-ready': step('channel_ready', () => ({ status: 'ready' })),
    'channel-running': step('channel_running', ({ integration }) => ({
      account_mode: 'live',
      integration: { ...integration, enabled: true, state: 'running' },
      meta_status: 'CONNECTED',
    })),
    'channel-live': step('channel_live', () => ({
      hub_status: 'live',
      availability_status: 'ready',
      billing_started_at: zuluTime(ground.clock.now()),
      current_limit: 'TIER_250',
      current_quality_rating: 'GREEN',
    })),
  }
}

function tell(world: World, event: string, row: ChannelRow) {
  const client = world.clients.get(row.client_id)
  const waba = world.wabas.get(row.waba_account_id)
  const { partner_id, ...shown } = row
  const data = { ...shown, client: client && { id: client.id, name: client.name }, waba_account: waba && brief(waba) }
  world.webhooks.hub(event, data, partner_id)
}

const brief = ({ id, namespace, fb_business_id, fb_account_status }: WabaRow) => ({
  id,
  namespace,
  fb_business_id,
  fb_account_status,
})

function newChannel(world: World, number: NumberRow, waba: WabaRow, now: string): ChannelRow {
  const client = world.clients.get(waba.client_id)
  const id = hubId('CH')
  return {
    id,
    partner_id: waba.partner_id,
    client_id: waba.client_id,
    waba_account_id: waba.id,
    account_mode: 'sandbox',
    availability_status: 'error',
    billing_started_at: null,
    cancelled_at: null,
    created_at: now,
    current_limit: null,
    current_quality_rating: null,
    external_id: number.id,
    has_inbox: false,
    hub_status: 'pending',
    integration: { app_id: '104148', enabled: false, state: 'created' },
    is_migrated: true,
    is_oba: number.is_official_business_account === true,
    is_on_biz_app: false,
    meta_status: null,
    modified_at: now,
    profile_info: { about_text: null, business_description: null, business_vertical: null, contact_email: null },
    project: { id: `${id.slice(0, 6)}PR`, inbox: null, license_model: 'regular', name: 'default' },
    setup_info: {
      default_language: client?.contact_info.language ?? 'en',
      ivr: false,
      phone_name: typeof number.verified_name === 'string' ? number.verified_name : null,
      phone_number: digits(number.display_phone_number),
      verification_method: 'sms',
      was_in_use: true,
    },
    status: 'unverified',
    terminated_at: null,
    type: 'whatsapp',
    version: 'cloud_api',
  }
}
