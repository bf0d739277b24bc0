/** A number, said as what differs from a healthy one. */
export interface NumberSeed {
  /** Digits as 360dialog stored them. */
  phone: string
  name: string | null
  channel: string
  waba: string
  /** Meta's phone number id; `null` while Meta does not know the number yet. */
  meta: string | null
  /** Two-step PIN; `null`: the node does not tell. */
  pin: boolean | null
  note: string
  balance?: number
  shared?: boolean
  /** What differs from a healthy number, at 360dialog and at Meta. */
  hub?: Record<string, unknown>
  graph?: Record<string, unknown>
}

export const numbers: NumberSeed[] = [
  {
    phone: '493023125101',
    name: 'Acme Support',
    channel: 'Kd73LmCH',
    waba: 'Pw90RsWA',
    meta: '106381927740556',
    pin: true,
    balance: 48.15,
    note: 'healthy, client-owned, two-step on',
  },
  {
    phone: '493023125201',
    name: 'Bluebird Orders',
    channel: 'b1OrdrCH',
    waba: 'kV3bLuWA',
    meta: '110283347790516',
    pin: false,
    balance: 120,
    note: 'two-step already off; client with three numbers',
  },
  {
    phone: '493023125202',
    name: 'Bluebird Shop',
    channel: 'b2ShopCH',
    waba: 'kV3bLuWA',
    meta: '110283347790527',
    pin: null,
    balance: 12.4,
    shared: false,
    note: 'Meta does not tell two-step; API-key permission missing',
  },
  {
    phone: '12025550143',
    name: 'Bluebird Test',
    channel: 'b3TestCH',
    waba: 'kV3bLuWA',
    meta: '110283347790538',
    pin: false,
    balance: 0,
    note: 'Meta test number',
    hub: { account_mode: 'sandbox', billing_started_at: null },
    graph: { account_mode: 'SANDBOX' },
  },
  {
    phone: '493023125301',
    name: 'Copperleaf Travel',
    channel: 'cT8velCH',
    waba: 'cT7obOWA',
    meta: '121907735508643',
    pin: true,
    balance: 64.9,
    note: 'on behalf of, two-step on: the port-out story',
  },
  {
    phone: '493023125401',
    name: 'Copperleaf Tours',
    channel: 'T1restCH',
    waba: 'T0urs4WA',
    meta: '130442859917204',
    pin: true,
    balance: 21,
    note: 'restricted by Meta, quality red',
    hub: { current_quality_rating: 'RED', availability_status: 'error', meta_status: 'RESTRICTED' },
    graph: { status: 'RESTRICTED', quality_rating: 'RED', quality_score: { score: 'RED' } },
  },
  {
    phone: '493023125402',
    name: 'Copperleaf Rides',
    channel: 'T2gonECH',
    waba: 'T0urs4WA',
    meta: '130442859917215',
    pin: true,
    balance: 33.35,
    note: 'cancellation pending',
    hub: { hub_status: 'pending_deletion' },
  },
  {
    phone: '494066969101',
    name: 'Acme Retail',
    channel: 'rE1oBaCH',
    waba: 'rE7aiLWA',
    meta: '144618820973355',
    pin: true,
    note: 'official business account',
    hub: { is_oba: true, current_limit: 'TIER_UNLIMITED' },
    graph: {
      is_official_business_account: true,
      official_business_account: { oba_status: 'APPROVED' },
      whatsapp_business_manager_messaging_limit: 'TIER_UNLIMITED',
      throughput: { level: 'HIGH' },
    },
  },
  {
    phone: '494066969201',
    name: 'Fjord & Kante',
    channel: 'fK1oboCH',
    waba: 'Fj0rdKWA',
    meta: '155300914482671',
    pin: true,
    note: 'on behalf of, at Nordwind',
  },
  {
    phone: '494066969202',
    name: 'Fjord & Kante Bar',
    channel: 'fK2appCH',
    waba: 'Fj0rdKWA',
    meta: '155300914482682',
    pin: false,
    note: 'lives on the WhatsApp Business app too',
    hub: { is_on_biz_app: true },
    graph: { is_on_biz_app: true },
  },
  {
    phone: '551176540211',
    name: 'Padaria Aurora',
    channel: 'aU1br9CH',
    waba: 'auR9raWA',
    meta: '162008847315590',
    pin: true,
    balance: 210.75,
    note: 'stored without the Brazilian 9; people type it with the 9',
    graph: { display_phone_number: '+55 11 97654-0211' },
  },
  {
    phone: '5511976540305',
    name: 'Aurora Delivery',
    channel: 'aU2hibCH',
    waba: 'auR9raWA',
    meta: '162008847315601',
    pin: true,
    balance: 5.5,
    note: 'status HIBERNATED, which nobody knows',
    hub: { meta_status: 'HIBERNATED' },
    graph: { status: 'HIBERNATED' },
  },
  {
    phone: '551130000102',
    name: 'Clínica Girassol',
    channel: 'gR1negCH',
    waba: 'g1RasSWA',
    meta: '176620593384418',
    pin: true,
    balance: -37.2,
    note: 'negative balance',
  },
  {
    phone: '5511976540412',
    name: null,
    channel: 'gR2newCH',
    waba: 'g1RasSWA',
    meta: null,
    pin: null,
    balance: 0,
    shared: false,
    note: 'half set up: not verified, no display name yet',
    hub: {
      status: 'unverified',
      account_mode: 'sandbox',
      availability_status: 'error',
      billing_started_at: null,
      current_limit: null,
      current_quality_rating: null,
      meta_status: null,
      integration: { app_id: '104148', enabled: false, state: 'created' },
    },
  },
]
