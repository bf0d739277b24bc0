/** Who lives in the little world. Everything that is not said here is filled in by `plant.ts` and its neighbours. */

export const partners = [
  {
    id: 'BrghtlPA',
    name: 'Brightline',
    country: 'DE',
    business: '318204467719035',
    pays: false,
    domain: 'brightline.example',
    funds: 0,
    billing: 'stripe',
  },
  {
    id: 'NordwnPA',
    name: 'Nordwind',
    country: 'DE',
    business: '402915530087614',
    pays: true,
    domain: 'nordwind.example',
    funds: 1240.5,
    billing: 'stripe',
  },
  {
    id: 'SabiaxPA',
    name: 'Sabiá',
    country: 'BR',
    business: '529016648830172',
    pays: false,
    domain: 'sabia.example',
    funds: 0,
    billing: 'adyen',
  },
] as const

export interface ClientSeed {
  id: string
  partner: string
  name: string
  organisation: string
  country: string
  domain: string
  contact: string
  /** Meta's business portfolio. */
  business: string
  verification?: string
}

export const clients: ClientSeed[] = [
  {
    id: 'Hn42TtqrCL',
    partner: 'BrghtlPA',
    name: 'Acme GmbH',
    organisation: 'Acme GmbH',
    country: 'DE',
    domain: 'acme.example',
    contact: 'Ada Berg',
    business: '309104458820117',
  },
  {
    id: 'b7Kd0WmzCL',
    partner: 'BrghtlPA',
    name: 'Bluebird Coffee',
    organisation: 'Bluebird Coffee Roasters GmbH',
    country: 'DE',
    domain: 'bluebird.example',
    contact: 'Bela Horn',
    business: '276650913384402',
  },
  {
    id: 'Qe91XcvuCL',
    partner: 'BrghtlPA',
    name: 'Copperleaf Travel',
    organisation: 'Copperleaf Travel GmbH',
    country: 'DE',
    domain: 'copperleaf-travel.example',
    contact: 'Clara Voss',
    business: '441287350096613',
  },
  {
    id: 'zT5yPa3rCL',
    partner: 'BrghtlPA',
    name: 'Copperleaf Tours',
    organisation: 'Copperleaf Tours UG',
    country: 'DE',
    domain: 'copperleaf-tours.example',
    contact: 'Cem Aydin',
    business: '198733402265580',
  },
  {
    id: 'M8rLs6VnCL',
    partner: 'NordwnPA',
    name: 'Acme Retail GmbH',
    organisation: 'Acme Retail GmbH',
    country: 'DE',
    domain: 'acme-retail.example',
    contact: 'Rita Lund',
    business: '363019847752206',
  },
  {
    id: 'w3FjKt0dCL',
    partner: 'NordwnPA',
    name: 'Fjord & Kante',
    organisation: 'Fjord & Kante AS',
    country: 'NO',
    domain: 'fjordkante.example',
    contact: 'Finn Dahl',
    business: '517740029916638',
  },
  {
    id: 'Ar0raPd1CL',
    partner: 'SabiaxPA',
    name: 'Padaria Aurora',
    organisation: 'Padaria Aurora Ltda',
    country: 'BR',
    domain: 'aurora.example',
    contact: 'Alice Prado',
    business: '640092217835501',
  },
  {
    id: 'GrsL29ciCL',
    partner: 'SabiaxPA',
    name: 'Clínica Girassol',
    organisation: 'Clínica Girassol S/S',
    country: 'BR',
    domain: 'girassol.example',
    contact: 'Gil Moura',
    business: '705518836640927',
    verification: 'pending_submission',
  },
]

export interface WabaSeed {
  id: string
  client: string
  /** Meta's WABA id. */
  meta: string
  ownership: 'CLIENT_OWNED' | 'ON_BEHALF_OF'
  /** 360dialog's WABA status. */
  status?: string
  fb?: string
}

export const wabas: WabaSeed[] = [
  { id: 'Pw90RsWA', client: 'Hn42TtqrCL', meta: '104726318850943', ownership: 'CLIENT_OWNED' },
  { id: 'kV3bLuWA', client: 'b7Kd0WmzCL', meta: '118307745521904', ownership: 'CLIENT_OWNED' },
  { id: 'cT7obOWA', client: 'Qe91XcvuCL', meta: '127761039948215', ownership: 'ON_BEHALF_OF' },
  {
    id: 'T0urs4WA',
    client: 'zT5yPa3rCL',
    meta: '133580926617043',
    ownership: 'CLIENT_OWNED',
    status: 'account_restriction',
  },
  { id: 'rE7aiLWA', client: 'M8rLs6VnCL', meta: '149022863350718', ownership: 'CLIENT_OWNED' },
  { id: 'Fj0rdKWA', client: 'w3FjKt0dCL', meta: '152894470163327', ownership: 'ON_BEHALF_OF' },
  { id: 'auR9raWA', client: 'Ar0raPd1CL', meta: '166715502948830', ownership: 'CLIENT_OWNED' },
  {
    id: 'g1RasSWA',
    client: 'GrsL29ciCL',
    meta: '171439086625592',
    ownership: 'CLIENT_OWNED',
    fb: 'pending_submission',
  },
]

/** The templates of every WABA: name, category, Meta's status, quality. */
export const templates = [
  {
    name: 'order_update',
    category: 'UTILITY',
    status: 'APPROVED',
    score: 'GREEN',
    text: 'Your order {{1}} is on its way.',
  },
  { name: 'login_code', category: 'AUTHENTICATION', status: 'APPROVED', score: 'UNKNOWN', text: '{{1}} is your code.' },
  {
    name: 'spring_offer',
    category: 'MARKETING',
    status: 'REJECTED',
    score: 'UNKNOWN',
    text: 'Spring is here: {{1}} % off.',
  },
] as const

/** The template namespace of a WABA. */
export const namespaceOf = (seed: Pick<WabaSeed, 'meta'>) =>
  `1212e9fb_${seed.meta.slice(0, 4)}_4bea_a6b2_${seed.meta.slice(-12)}`
