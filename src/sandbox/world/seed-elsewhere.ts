import type { ClientSeed } from './seed-accounts.ts'

/** What the procedures of moving, switching and joining need: WABAs of another provider, new homes, solutions, credit. */

/** Another provider, which is also a Solution Partner. Only Meta knows it. */
export const weltfunk = { id: '816640275513908', name: 'Weltfunk GmbH' }

/** Clients who signed up at 360dialog and have no number there yet. */
export const newClients: ClientSeed[] = [
  {
    id: 'dLpSp0rtCL',
    partner: 'BrghtlPA',
    name: 'Delphin Sport',
    organisation: 'Delphin Sport GmbH',
    country: 'DE',
    domain: 'delphin-sport.example',
    contact: 'Dora Lenz',
    business: '733018264490517',
  },
  {
    id: 'L1ndGr0nCL',
    partner: 'BrghtlPA',
    name: 'Lindgrün Möbel',
    organisation: 'Lindgrün Möbel GmbH',
    country: 'DE',
    domain: 'lindgruen.example',
    contact: 'Lars Grün',
    business: '748120935566204',
  },
]

/** A business that Meta has not verified, and that no partner knows. */
export const unverified = { id: '759903317482260', name: 'Moosbach Apotheke e. K.', verification: 'not_verified' }

/** Homes for numbers at 360dialog: one young enough to move to (48 h), one too old. */
export const homes = [
  { id: 'dLfr3sWA', client: 'dLpSp0rtCL', meta: '182240617739508', ageDays: 5 / 24 },
  { id: 'dLo1d0WA', client: 'dLpSp0rtCL', meta: '183351728840619', ageDays: 60 },
]

export const solutions = [
  { id: '930114402287715', name: 'Weltfunk Reach', business: weltfunk.id, status: 'ACTIVE', pending: 'NONE' },
  {
    id: '930225513398826',
    name: 'Brightline on Nordwind',
    business: '402915530087614',
    status: 'ACTIVE',
    pending: 'NONE',
    hub: 'BrghtlPA',
  },
  {
    id: '930336624409937',
    name: 'Sabiá Conecta',
    business: '529016648830172',
    status: 'INITIATED',
    pending: 'PENDING_ACTIVATION',
  },
]

export const creditLines = [
  { id: '940336624409937', business: '402915530087614', name: 'Nordwind GmbH', currency: 'EUR' },
  { id: '940447735510048', business: '529016648830172', name: 'Sabiá Ltda', currency: 'USD' },
]

export interface ElsewhereSeed {
  /** Meta's WABA id. */
  meta: string
  name: string
  business: string
  shared: string[]
  solutions: string[]
  numbers: ElsewhereNumber[]
}

export interface ElsewhereNumber {
  phone: string
  name: string
  meta: string
  pin: boolean
  graph?: Record<string, unknown>
}

/** WABAs at another provider, with numbers that 360dialog does not have. */
export const elsewhere: ElsewhereSeed[] = [
  {
    meta: '191130482257714',
    name: 'Delphin Sport',
    business: '733018264490517',
    shared: [weltfunk.id],
    solutions: [],
    numbers: [
      { phone: '493023125501', name: 'Delphin Sport', meta: '196601937712503', pin: true },
      { phone: '493023125502', name: 'Delphin Kurse', meta: '196601937712514', pin: false },
      {
        phone: '493023125503',
        name: 'Delphin Verleih',
        meta: '196601937712525',
        pin: false,
        graph: { new_display_name: 'Delphin Rental', new_name_status: 'PENDING_REVIEW' },
      },
    ],
  },
  {
    meta: '192241593368825',
    name: 'Lindgrün Möbel',
    business: '748120935566204',
    shared: [weltfunk.id, '318204467719035'],
    solutions: ['930114402287715'],
    numbers: [{ phone: '493023125601', name: 'Lindgrün Möbel', meta: '197712048823614', pin: true }],
  },
  {
    meta: '193352604479936',
    name: 'Moosbach Apotheke',
    business: unverified.id,
    shared: [weltfunk.id],
    solutions: [],
    numbers: [{ phone: '493023125701', name: 'Moosbach Apotheke', meta: '198823159934725', pin: false }],
  },
]

/** Templates of every WABA elsewhere. `misfiled`: a copy of it is rejected when Meta looks at its category. */
export const elsewhereTemplates = [
  { name: 'order_update', category: 'UTILITY', status: 'APPROVED', score: 'GREEN' },
  { name: 'pickup_ready', category: 'UTILITY', status: 'APPROVED', score: 'GREEN' },
  { name: 'delivery_promo', category: 'UTILITY', status: 'APPROVED', score: 'GREEN', misfiled: true },
  { name: 'login_code', category: 'AUTHENTICATION', status: 'APPROVED', score: 'UNKNOWN' },
  { name: 'feedback', category: 'UTILITY', status: 'APPROVED', score: 'YELLOW' },
  { name: 'summer_sale', category: 'MARKETING', status: 'APPROVED', score: 'RED' },
  { name: 'club_news', category: 'MARKETING', status: 'PAUSED', score: 'RED' },
  { name: 'winter_offer', category: 'MARKETING', status: 'REJECTED', score: 'UNKNOWN' },
  { name: 'new_season', category: 'MARKETING', status: 'PENDING', score: 'UNKNOWN' },
]
