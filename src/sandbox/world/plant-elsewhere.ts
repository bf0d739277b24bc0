import { plantHome } from './plant-home.ts'
import { type Ago, clientRow } from './plant-hub.ts'
import { businessRow, numberRow } from './plant-meta.ts'
import type { TemplateRow } from './rows.ts'
import { namespaceOf } from './seed-accounts.ts'
import * as seed from './seed-elsewhere.ts'
import { changeAccountSide } from './sides.ts'
import type { World } from './world.ts'

/** The app of the other provider. */
const otherApp = '441130294857662'

/** Fills in what lives outside of 360dialog, and the new homes, solutions and credit lines. */
export function plantElsewhere(world: World, ago: Ago) {
  world.businesses.set(seed.weltfunk.id, businessRow(seed.weltfunk.id, seed.weltfunk.name))
  const { id, name, verification } = seed.unverified
  world.businesses.set(id, businessRow(id, name, verification))
  for (const client of seed.newClients) {
    world.clients.set(client.id, clientRow(client, ago))
    world.businesses.set(client.business, businessRow(client.business, client.organisation))
  }
  for (const home of seed.homes) {
    const client = seed.newClients.find((one) => one.id === home.client)
    if (client) plantHome(world, home, client, ago)
  }
  for (const account of seed.elsewhere) plantAccount(world, account, ago)
  for (const one of seed.solutions) plantSolution(world, one)
  for (const line of seed.creditLines) {
    const { id, business, name, currency } = line
    world.credits.set(id, { id, business_id: business, legal_entity_name: name, currency, credit_type: 'INVOICE' })
  }
}

function plantAccount(world: World, account: seed.ElsewhereSeed, ago: Ago) {
  const owner = world.businesses.get(account.business)
  world.accounts.set(account.meta, {
    id: account.meta,
    name: account.name,
    business_id: account.business,
    ownership_type: 'CLIENT_OWNED',
    owner_business_info: { id: account.business, name: owner?.name ?? account.name },
    account_review_status: 'APPROVED',
    business_verification_status: owner?.verification_status ?? 'verified',
    country: 'DE',
    creation_time: Math.floor(Date.parse(ago(500)) / 1000),
    currency: 'EUR',
    is_enabled_for_insights: true,
    message_template_namespace: namespaceOf(account),
    primary_funding_id: `9${account.meta.slice(1)}`,
    status: 'ACTIVE',
    timezone_id: '37',
    whatsapp_business_manager_messaging_limit: 'TIER_2K',
  })
  changeAccountSide(world, account.meta, {
    shared_with: account.shared,
    solutions: account.solutions,
    apps: [{ app: otherApp }],
  })
  for (const number of account.numbers) {
    const filled = { ...number, channel: '', waba: '', note: '' }
    world.numbers.set(number.meta, numberRow(filled, number.meta, account, ago))
  }
  for (const [index, one] of seed.elsewhereTemplates.entries()) {
    const row = templateRow(account, one, index, ago)
    world.templates.set(row.id, row)
  }
}

type TemplateSeed = (typeof seed.elsewhereTemplates)[number]

const templateRow = (account: seed.ElsewhereSeed, one: TemplateSeed, index: number, ago: Ago): TemplateRow => ({
  id: `W${account.meta}${index}xyzWT`,
  external_id: `2${index}${account.meta.slice(1)}`,
  partner_id: '',
  waba_account_id: account.meta,
  name: one.name,
  language: 'de',
  category: one.category,
  status: one.status,
  components: [{ type: 'BODY', text: `${one.name.replaceAll('_', ' ')}: {{1}}` }],
  namespace: namespaceOf(account),
  rejected_reason: one.status === 'REJECTED' ? 'PROMOTIONAL' : 'NONE',
  quality_score: { reasons: null, score: one.score },
  created_at: ago(200),
  modified_at: ago(199),
  ...('misfiled' in one && { misfiled: true }),
})

function plantSolution(world: World, one: (typeof seed.solutions)[number]) {
  const partner_app = { id: otherApp, name: 'Weltfunk' }
  world.solutions.set(one.id, {
    id: one.id,
    name: one.name,
    status: one.status,
    status_for_pending_request: one.pending,
    business_id: one.business,
    owner_app: { id: '440019283746551', name: 'Portdesk sandbox' },
    owner_permissions: ['MANAGE', 'MESSAGING'],
    partners: {
      data: [
        {
          id: `95${one.id.slice(2)}`,
          partner_app,
          partner_permissions: ['MANAGE_TEMPLATES', 'MESSAGING'],
          status: one.status === 'ACTIVE' ? 'ACCEPTED' : 'NOTIFICATION_SENT',
        },
      ],
    },
    ...('hub' in one && { hub_partner: one.hub }),
  })
}
