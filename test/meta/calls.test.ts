import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Graph, graphClient } from '../../src/meta/graph.ts'
import { type Hub, hubClient } from '../../src/meta/hub.ts'
import { type Messaging, messagingClient } from '../../src/meta/waba.ts'
import { methodsOf } from './client-methods.ts'
import { json, tinyServer } from './tiny-server.ts'

const recorded = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'))

const quick = { now: Date.now, sleep: async () => undefined }
const hubAt = (url: string, more = {}) =>
  hubClient({ baseUrl: `${url}/api/v2`, partner: 'WdBs71PA', credentials: { apiKey: 'key-1' }, ...quick, ...more })
const graphAt = (url: string) => graphClient({ baseUrl: url, token: 'EAAtoken', ...quick })
const messagingAt = (url: string) => messagingClient({ baseUrl: url, apiKey: 'channel-key', ...quick })

async function all(walk: AsyncIterable<unknown>): Promise<unknown[]> {
  const found: unknown[] = []
  for await (const one of walk) found.push(one)
  return found
}

interface Sent<Client> {
  does: string
  call: (client: Client) => Promise<unknown>
  /** Method and path as they go out, without the base. */
  asks: string
  body?: unknown
  gets: unknown
  /** What comes back, in part; nothing when the method answers nothing. */
  tells?: unknown
}

const channels = 'GET /partners/WdBs71PA/channels?limit=200&offset=0'
const ofClient = '/partners/WdBs71PA/clients/Hn42TtqrCL'
const ofChannel = `${ofClient}/channels/Kd73LmCH`
const templatesAt = '/partners/WdBs71PA/waba_accounts/Pw90RsWA/waba_templates'
const keysAt = '/partners/WdBs71PA/channels/Kd73LmCH/api_keys'
const changesAt = '/partners/WdBs71PA/selective_partner_change_requests'
const march = { from: Date.parse('2026-03-01T00:00:00Z'), to: Date.parse('2026-03-31T00:00:00Z') }
const marchAsked = 'start_date=1772323200&end_date=1774915200&granularity=day'
const [row] = (recorded('hub/channels') as { partner_channels: unknown[] }).partner_channels
const [templateRow] = (recorded('hub/templates') as { waba_templates: unknown[] }).waba_templates
const [clientRow] = (recorded('hub/clients') as { clients: unknown[] }).clients
const [changeRow] = (recorded('hub/partner-changes') as { selective_partner_change_requests: unknown[] })
  .selective_partner_change_requests
const acme = { channel: { id: 'Kd73LmCH' } }
const draft = { name: 'promo', language: 'de', category: 'MARKETING', components: [{ type: 'BODY', text: 'Hi' }] }

const hubCalls: Sent<Hub>[] = [
  {
    does: 'channels.list',
    call: ({ channels }) => all(channels.list({ filters: { status: 'ready' }, sort: '-created_at', limit: 20 })),
    asks: 'GET /partners/WdBs71PA/channels?limit=20&offset=0&sort=-created_at&filters={"status":"ready"}',
    gets: recorded('hub/channels'),
    tells: [acme],
  },
  {
    does: 'channels.byPhone',
    call: ({ channels }) => channels.byPhone('493000000001'),
    asks: `${channels}&filters={"setup_info.phone_number":"493000000001"}`,
    gets: recorded('hub/channels'),
    tells: acme,
  },
  {
    does: 'channels.byId',
    call: ({ channels }) => channels.byId('Kd73LmCH'),
    asks: `${channels}&filters={"id":"Kd73LmCH"}`,
    gets: recorded('hub/channels'),
    tells: acme,
  },
  {
    does: 'channels.ofClient',
    call: ({ channels }) => channels.ofClient('Hn42TtqrCL'),
    asks: `${channels}&filters={"client_id":"Hn42TtqrCL"}`,
    gets: recorded('hub/channels'),
    tells: [acme],
  },
  {
    does: 'channels.ofWaba',
    call: ({ channels }) => channels.ofWaba('Pw90RsWA'),
    asks: `${channels}&filters={"waba_account.id":"Pw90RsWA"}`,
    gets: recorded('hub/channels'),
    tells: [acme],
  },
  {
    does: 'channels.balance',
    call: ({ channels }) => channels.balance('Hn42TtqrCL', 'Kd73LmCH'),
    asks: `GET ${ofChannel}/info/balance`,
    gets: recorded('hub/channel-balance'),
    tells: { amountMinor: 4815, currency: 'USD' },
  },
  {
    does: 'channels.usage',
    call: ({ channels }) => channels.usage('Hn42TtqrCL', 'Kd73LmCH', march),
    asks: `GET ${ofChannel}/info/usage?${marchAsked}`,
    gets: recorded('hub/client-balance'),
    tells: [{ quantity: 40, totalPriceMinor: 252 }],
  },
  {
    does: 'channels.commerce',
    call: ({ channels }) => channels.commerce('Hn42TtqrCL', 'Kd73LmCH'),
    asks: `GET ${ofChannel}/whatsapp_commerce_settings`,
    gets: recorded('hub/commerce'),
    tells: { phoneNumberId: '104000000000001', isCartEnabled: true, isCatalogVisible: false },
  },
  {
    does: 'channels.requestCancellation',
    call: ({ channels }) => channels.requestCancellation('Hn42TtqrCL', 'Kd73LmCH'),
    asks: `POST ${ofChannel}/control/cancellation_request`,
    body: {},
    gets: row,
    tells: acme,
  },
  {
    does: 'channels.reactivate',
    call: ({ channels }) => channels.reactivate('Hn42TtqrCL', 'Kd73LmCH'),
    asks: `POST ${ofChannel}/control/reactivate`,
    body: {},
    gets: row,
    tells: acme,
  },
  {
    does: 'clients.list',
    call: ({ clients }) => all(clients.list({ sort: 'name' })),
    asks: 'GET /partners/WdBs71PA/clients?limit=200&offset=0&sort=name',
    gets: recorded('hub/clients'),
    tells: [{ id: 'Hn42TtqrCL' }],
  },
  {
    does: 'clients.all',
    call: ({ clients }) => clients.all(),
    asks: 'GET /partners/WdBs71PA/clients?limit=200&offset=0',
    gets: recorded('hub/clients'),
    tells: [{ id: 'Hn42TtqrCL' }],
  },
  {
    does: 'clients.byId',
    call: ({ clients }) => clients.byId('Hn42TtqrCL'),
    asks: 'GET /partners/WdBs71PA/clients?limit=200&offset=0&filters={"id":"Hn42TtqrCL"}',
    gets: recorded('hub/clients'),
    tells: { name: 'Acme GmbH' },
  },
  {
    does: 'clients.byName',
    call: ({ clients }) => clients.byName('acme'),
    asks: 'GET /partners/WdBs71PA/clients?limit=200&offset=0',
    gets: recorded('hub/clients'),
    tells: [{ id: 'Hn42TtqrCL' }],
  },
  {
    does: 'clients.byEmail',
    call: ({ clients }) => clients.byEmail('OPS@acme.example'),
    asks: 'GET /partners/WdBs71PA/clients?limit=200&offset=0',
    gets: recorded('hub/clients'),
    tells: [{ id: 'Hn42TtqrCL' }],
  },
  {
    does: 'clients.update',
    call: ({ clients }) => clients.update('Hn42TtqrCL', { partnerPayload: 'crm-882', maxChannels: 4 }),
    asks: `PATCH ${ofClient}`,
    body: { partner_payload: 'crm-882', max_channels: 4 },
    gets: clientRow,
    tells: { id: 'Hn42TtqrCL' },
  },
  {
    does: 'clients.balance',
    call: ({ clients }) => clients.balance('Hn42TtqrCL', { ...march, granularity: 'month' }),
    asks: `GET ${ofClient}/info/balance?${marchAsked.replace('day', 'month')}`,
    gets: recorded('hub/client-balance'),
    tells: { balance: { amountMinor: 4815 }, usage: [{ quantity: 40 }] },
  },
  {
    does: 'clients.sharedNumbers',
    call: ({ clients }) => clients.sharedNumbers('Hn42TtqrCL'),
    asks: `GET ${ofClient}/shared_client_numbers`,
    gets: ['493000000001'],
    tells: [{ phone: '493000000001' }],
  },
  {
    does: 'wabas.byId',
    call: ({ wabas }) => wabas.byId('Pw90RsWA'),
    asks: 'GET /partners/WdBs71PA/waba_accounts/Pw90RsWA',
    gets: recorded('hub/waba'),
    tells: { externalId: '2040000000000001' },
  },
  {
    does: 'wabas.byMetaId',
    call: ({ wabas }) => wabas.byMetaId('2040000000000001'),
    asks: `${channels}&filters={"waba_account.external_id":"2040000000000001"}`,
    gets: recorded('hub/channels'),
    tells: { id: 'Pw90RsWA' },
  },
  {
    does: 'templates.list',
    call: ({ templates }) => all(templates.list('Pw90RsWA', { filters: { 'business_templates.name': 'promo' } })),
    asks: `GET ${templatesAt}?limit=100&offset=0&filters={"business_templates.name":"promo"}`,
    gets: recorded('hub/templates'),
    tells: [{ name: 'order_update' }, { name: 'promo' }],
  },
  {
    does: 'templates.count',
    call: ({ templates }) => templates.count('Pw90RsWA'),
    asks: `GET ${templatesAt}?limit=100&offset=0`,
    gets: recorded('hub/templates'),
    tells: {
      total: 2,
      byStatus: { approved: 1, submitted: 1 },
      byQuality: { GREEN: 1, UNKNOWN: 1 },
      eligible: 1,
    },
  },
  {
    does: 'templates.named',
    call: ({ templates }) => templates.named('Pw90RsWA', { name: 'order_update', language: 'de' }),
    asks: `GET ${templatesAt}?limit=100&offset=0`,
    gets: recorded('hub/templates'),
    tells: { name: 'order_update', language: 'de', status: 'APPROVED', changedAt: '2026-03-01T10:00:30Z' },
  },
  {
    does: 'templates.create',
    call: ({ templates }) => templates.create('Pw90RsWA', { ...draft, allowCategoryChange: true }),
    asks: `POST ${templatesAt}`,
    body: { ...draft, allow_category_change: true },
    gets: templateRow,
    tells: { name: 'order_update' },
  },
  {
    does: 'templates.update',
    call: ({ templates }) => templates.update('Pw90RsWA', 'xyJ0WT', { components: [] }),
    asks: `PATCH ${templatesAt}/xyJ0WT`,
    body: { components: [] },
    gets: templateRow,
    tells: { name: 'order_update' },
  },
  {
    does: 'templates.remove',
    call: ({ templates }) => templates.remove('Pw90RsWA', 'xyJ0WT'),
    asks: `DELETE ${templatesAt}/xyJ0WT`,
    gets: recorded('hub/template-deleted'),
  },
  {
    does: 'keys.list',
    call: ({ keys }) => keys.list('Kd73LmCH'),
    asks: `GET ${keysAt}`,
    gets: recorded('hub/api-keys'),
    tells: [{ id: '201126' }],
  },
  {
    does: 'keys.create',
    call: async ({ keys }) => {
      const { value, ...key } = await keys.create('Kd73LmCH')
      return { ...key, told: value.reveal() }
    },
    asks: `POST ${keysAt}`,
    body: {},
    gets: recorded('hub/api-key-created'),
    tells: { id: '201126', told: 'made-up-key-value' },
  },
  {
    does: 'keys.removeAll',
    call: ({ keys }) => keys.removeAll('Kd73LmCH'),
    asks: `DELETE ${keysAt}`,
    gets: { meta: { success: true, http_code: 200, developer_message: 'deleted' } },
  },
  {
    does: 'partner.read',
    call: ({ partner }) => partner.read(),
    asks: 'GET /partners/WdBs71PA',
    gets: recorded('hub/partner'),
    tells: { autoApprove: false },
  },
  {
    does: 'partner.balance',
    call: ({ partner }) => partner.balance(),
    asks: 'GET /partners/WdBs71PA/balance',
    gets: recorded('hub/partner-balance'),
    tells: [{ amountMinor: 1250, currency: 'EUR' }],
  },
  {
    does: 'partner.webhookUrl',
    call: async ({ partner }) => (await partner.webhookUrl())?.reveal(),
    asks: 'GET /partners/WdBs71PA/webhook_url',
    gets: recorded('hub/webhook-url'),
    tells: 'https://partner.example/hooks/made-up-secret',
  },
  {
    does: 'partner.setWebhookUrl',
    call: ({ partner }) => partner.setWebhookUrl('https://partner.example/hooks/new'),
    asks: 'PATCH /partners/WdBs71PA',
    body: { webhook_url: 'https://partner.example/hooks/new' },
    gets: recorded('hub/partner'),
    tells: { id: 'WdBs71PA' },
  },
  {
    does: 'partner.setRedirectUrl',
    call: ({ partner }) => partner.setRedirectUrl('https://partner.example/back'),
    asks: 'PATCH /partners/WdBs71PA',
    body: { partner_redirect_url: 'https://partner.example/back' },
    gets: recorded('hub/partner'),
    tells: { redirectUrl: 'https://partner.example/back' },
  },
  {
    does: 'partner.setAutoApprove',
    call: ({ partner }) => partner.setAutoApprove(true),
    asks: 'PATCH /partners/WdBs71PA/settings/partner_change_request',
    body: { auto_approve: true },
    gets: recorded('hub/auto-approve'),
    tells: true,
  },
  {
    does: 'partnerChanges.list',
    call: ({ partnerChanges }) => all(partnerChanges.list({ filters: { status: 'created' } })),
    asks: `GET ${changesAt}?limit=200&offset=0&filters={"status":"created"}`,
    gets: recorded('hub/partner-changes'),
    tells: [{ id: 'Rq81' }],
  },
  {
    does: 'partnerChanges.byId',
    call: ({ partnerChanges }) => partnerChanges.byId('Rq81'),
    asks: `GET ${changesAt}?limit=200&offset=0&filters={"id":"Rq81"}`,
    gets: recorded('hub/partner-changes'),
    tells: { status: 'created' },
  },
  {
    does: 'partnerChanges.openOf',
    call: ({ partnerChanges }) => partnerChanges.openOf('Hn42TtqrCL'),
    asks: `GET ${changesAt}?limit=200&offset=0&filters={"source_client_id":"Hn42TtqrCL"}`,
    gets: recorded('hub/partner-changes'),
    tells: [{ id: 'Rq81' }],
  },
  {
    does: 'partnerChanges.approve',
    call: ({ partnerChanges }) => partnerChanges.approve('Rq81'),
    asks: `POST ${changesAt}/Rq81/approve`,
    body: {},
    gets: changeRow,
    tells: { id: 'Rq81' },
  },
]

const waba = '2040000000000001'
const phone = '610000000000021'
const line = '9900000000000001'
const business = '3090000000000001'
const allocationId = '9910000000000001'
const numberFields =
  'display_phone_number,verified_name,name_status,new_name_status,status,is_pin_enabled,platform_type,account_mode,is_on_biz_app,code_verification_status,quality_rating,health_status,is_official_business_account,whatsapp_business_manager_messaging_limit,last_onboarded_time'
const wabaFields =
  'name,account_review_status,business_verification_status,ownership_type,owner_business_info,on_behalf_of_business_info,currency,primary_funding_id,creation_time,timezone_id,message_template_namespace,whatsapp_business_manager_messaging_limit'
const allocationFields = 'id,receiving_credential,receiving_business,request_status'
const success = recorded('graph/success')

const graphCalls: Sent<Graph>[] = [
  {
    does: 'numbers.read',
    call: ({ numbers }) => numbers.read(phone),
    asks: `GET /${phone}?fields=${numberFields}`,
    gets: recorded('graph/number'),
    tells: { id: phone, isPinEnabled: false },
  },
  {
    does: 'numbers.ofWaba',
    call: ({ numbers }) => numbers.ofWaba(waba),
    asks: `GET /${waba}/phone_numbers?fields=${numberFields}&limit=100`,
    gets: recorded('graph/numbers'),
    tells: [{ id: phone }, { displayPhoneNumber: '15550783881' }],
  },
  {
    does: 'numbers.add',
    call: ({ numbers }) => numbers.add(waba, { cc: '49', phoneNumber: '3012345', verifiedName: 'Acme' }),
    asks: `POST /${waba}/phone_numbers`,
    body: { cc: '49', phone_number: '3012345', verified_name: 'Acme' },
    gets: recorded('graph/made'),
    tells: '610000000000023',
  },
  {
    does: 'numbers.migrate',
    call: ({ numbers }) => numbers.migrate(waba, { cc: '49', phoneNumber: '3012345' }),
    asks: `POST /${waba}/phone_numbers`,
    body: { cc: '49', phone_number: '3012345', migrate_phone_number: true },
    gets: recorded('graph/made'),
    tells: '610000000000023',
  },
  {
    does: 'numbers.requestCode',
    call: ({ numbers }) => numbers.requestCode(phone, { method: 'VOICE', language: 'en_US' }),
    asks: `POST /${phone}/request_code`,
    body: { code_method: 'VOICE', language: 'en_US' },
    gets: success,
  },
  {
    does: 'numbers.verifyCode',
    call: ({ numbers }) => numbers.verifyCode(phone, '123-456'),
    asks: `POST /${phone}/verify_code`,
    body: { code: '123456' },
    gets: success,
  },
  {
    does: 'numbers.register',
    call: ({ numbers }) => numbers.register(phone, { pin: '482913' }),
    asks: `POST /${phone}/register`,
    body: { messaging_product: 'whatsapp', pin: '482913' },
    gets: success,
  },
  {
    does: 'numbers.deregister',
    call: ({ numbers }) => numbers.deregister(phone),
    asks: `POST /${phone}/deregister`,
    body: {},
    gets: success,
  },
  {
    does: 'numbers.setPin',
    call: ({ numbers }) => numbers.setPin(phone, '482913'),
    asks: `POST /${phone}`,
    body: { pin: '482913' },
    gets: success,
  },
  {
    does: 'wabas.read',
    call: ({ wabas }) => wabas.read(waba),
    asks: `GET /${waba}?fields=${wabaFields}`,
    gets: recorded('graph/waba'),
    tells: { currency: 'EUR' },
  },
  {
    does: 'wabas.ownedBy',
    call: ({ wabas }) => wabas.ownedBy(business),
    asks: `GET /${business}/owned_whatsapp_business_accounts?fields=${wabaFields}&limit=100`,
    gets: { data: [recorded('graph/waba')] },
    tells: [{ id: waba }],
  },
  {
    does: 'wabas.sharedWith',
    call: ({ wabas }) => wabas.sharedWith(business),
    asks: `GET /${business}/client_whatsapp_business_accounts?fields=${wabaFields}&limit=100`,
    gets: { data: [recorded('graph/waba')] },
    tells: [{ id: waba }],
  },
  {
    does: 'wabas.subscriptions',
    call: ({ wabas }) => wabas.subscriptions(waba),
    asks: `GET /${waba}/subscribed_apps`,
    gets: recorded('graph/subscribed-apps'),
    tells: { count: 1 },
  },
  {
    does: 'wabas.subscribe',
    call: ({ wabas }) => wabas.subscribe(waba),
    asks: `POST /${waba}/subscribed_apps`,
    body: {},
    gets: success,
  },
  {
    does: 'wabas.unsubscribe',
    call: ({ wabas }) => wabas.unsubscribe(waba),
    asks: `DELETE /${waba}/subscribed_apps`,
    gets: success,
  },
  {
    does: 'wabas.assignedUsers',
    call: ({ wabas }) => wabas.assignedUsers(waba, business),
    asks: `GET /${waba}/assigned_users?fields=id,name,tasks&limit=100&business=${business}`,
    gets: recorded('graph/assigned-users'),
    tells: [{ id: '1200000000000001', name: 'Portdesk', tasks: ['MANAGE'] }],
  },
  {
    does: 'wabas.assignUser',
    call: ({ wabas }) => wabas.assignUser(waba, { id: '12', tasks: ['MANAGE'] }),
    asks: `POST /${waba}/assigned_users?user=12&tasks=["MANAGE"]`,
    body: {},
    gets: success,
  },
  {
    does: 'wabas.unassignUser',
    call: ({ wabas }) => wabas.unassignUser(waba, '12'),
    asks: `DELETE /${waba}/assigned_users?user=12`,
    gets: success,
  },
  {
    does: 'businesses.read',
    call: ({ businesses }) => businesses.read(business),
    asks: `GET /${business}?fields=verification_status,name`,
    gets: recorded('graph/business'),
    tells: { verificationStatus: 'pending_need_more_info' },
  },
  {
    does: 'templates.list',
    call: ({ templates }) => all(templates.list(waba, { status: 'APPROVED' })),
    asks: `GET /${waba}/message_templates?fields=id,name,language,status,category,quality_score,rejected_reason&limit=100&status=APPROVED`,
    gets: recorded('graph/templates'),
    tells: [{ name: 'order_update', quality: 'GREEN' }],
  },
  {
    does: 'templates.count',
    call: ({ templates }) => templates.count(waba),
    asks: `GET /${waba}/message_templates?fields=id,name,language,status,category,quality_score,rejected_reason&limit=100`,
    gets: recorded('graph/templates'),
    tells: { total: 1, eligible: 1, byStatus: { APPROVED: 1 } },
  },
  {
    does: 'templates.migrate',
    call: ({ templates }) => templates.migrate(waba, { sourceWabaId: '204', page: 0, count: 100 }),
    asks: `POST /${waba}/migrate_message_templates`,
    body: { source_waba_id: '204', page_number: 0, count: 100 },
    gets: recorded('graph/templates-migrated'),
    tells: { migrated: ['5550000000000001'] },
  },
  {
    does: 'intents.toSolution',
    call: ({ intents }) => intents.toSolution(waba, '66'),
    asks: `POST /${waba}/set_solution_migration_intent`,
    body: { solution_id: '66' },
    gets: recorded('graph/made'),
    tells: '610000000000023',
  },
  {
    does: 'intents.offSolution',
    call: ({ intents }) => intents.offSolution(waba, '40'),
    asks: `POST /${waba}/set_solution_migration_intent`,
    body: { app_id: '40' },
    gets: recorded('graph/made'),
    tells: '610000000000023',
  },
  {
    does: 'intents.read',
    call: ({ intents }) => intents.read('77'),
    asks: 'GET /77',
    gets: recorded('graph/intent'),
    tells: { status: 'ACCEPTED', destination: { id: '2040000000000009' } },
  },
  {
    does: 'intents.offerOwnership',
    call: ({ intents }) => intents.offerOwnership(waba),
    asks: `POST /${waba}/set_obo_mobility_intent`,
    body: {},
    gets: recorded('graph/made'),
    tells: '610000000000023',
  },
  {
    does: 'solutions.read',
    call: ({ solutions }) => solutions.read('66'),
    asks: 'GET /66?fields=name,status,status_for_pending_request,owner_app,partners{partner_app,status}',
    gets: recorded('graph/solution'),
    tells: { status: 'ACTIVE' },
  },
  {
    does: 'solutions.ofWaba',
    call: ({ solutions }) => solutions.ofWaba(waba),
    asks: `GET /${waba}/solutions?fields=name,status,status_for_pending_request,owner_app,partners{partner_app,status}&limit=100`,
    gets: { data: [recorded('graph/solution')] },
    tells: [{ status: 'ACTIVE' }],
  },
  {
    does: 'solutions.ofApp',
    call: ({ solutions }) => solutions.ofApp('44001'),
    asks: 'GET /44001/whatsapp_business_solutions?fields=name,status,status_for_pending_request,owner_app,partners{partner_app,status}&limit=100',
    gets: { data: [recorded('graph/solution')] },
    tells: [{ status: 'ACTIVE' }],
  },
  {
    does: 'solutions.accessToken',
    call: async ({ solutions }) => (await solutions.accessToken('66', business)).reveal(),
    asks: `GET /66/access_token?business_id=${business}`,
    gets: recorded('graph/solution-token'),
    tells: 'EAAmadeup0000token',
  },
  {
    does: 'credit.lines',
    call: ({ credit }) => credit.lines(business),
    asks: `GET /${business}/extendedcredits?fields=id,legal_entity_name&limit=100`,
    gets: recorded('graph/credit-lines'),
    tells: [{ id: line, legalEntityName: 'Partner GmbH' }],
  },
  {
    does: 'credit.shareAndAttach',
    call: ({ credit }) => credit.shareAndAttach(line, { id: waba, currency: 'EUR' }),
    asks: `POST /${line}/whatsapp_credit_sharing_and_attach?waba_currency=EUR&waba_id=${waba}`,
    body: {},
    gets: recorded('graph/credit-attached'),
    tells: allocationId,
  },
  {
    does: 'credit.share',
    call: ({ credit }) => credit.share(line, business),
    asks: `POST /${line}/whatsapp_credit_sharing?receiving_business_id=${business}`,
    body: {},
    gets: recorded('graph/credit-shared'),
    tells: allocationId,
  },
  {
    does: 'credit.attach',
    call: ({ credit }) => credit.attach(line, { id: waba, currency: 'EUR' }),
    asks: `POST /${line}/whatsapp_credit_attach?waba_currency=EUR&waba_id=${waba}`,
    body: {},
    gets: recorded('graph/credit-shared'),
    tells: allocationId,
  },
  {
    does: 'credit.find',
    call: ({ credit }) => credit.find(line, business),
    asks: `GET /${line}/owning_credit_allocation_configs?receiving_business_id=${business}&fields=${allocationFields}`,
    gets: recorded('graph/allocations'),
    tells: [{ id: allocationId }],
  },
  {
    does: 'credit.allocation',
    call: ({ credit }) => credit.allocation(allocationId),
    asks: `GET /${allocationId}?fields=${allocationFields}`,
    gets: recorded('graph/allocation'),
    tells: { receivingCredentialId: '8800000000000001' },
  },
  {
    does: 'credit.verify',
    call: ({ credit }) => credit.verify(allocationId, waba),
    asks: `GET /${waba}?fields=${wabaFields}`,
    // Both the allocation and the WABA are read.
    gets: { ...(recorded('graph/waba') as object), ...(recorded('graph/allocation') as object) },
    tells: { isActive: true, primaryFundingId: '8800000000000001' },
  },
  {
    does: 'credit.revoke',
    call: ({ credit }) => credit.revoke(allocationId),
    asks: `DELETE /${allocationId}`,
    gets: success,
  },
  {
    does: 'oauth.exchangeCode',
    call: async ({ oauth }) =>
      (await oauth.exchangeCode({ appId: '40', appSecret: 'app-secret', code: 'AQcode' })).token.reveal(),
    asks: 'GET /oauth/access_token?client_id=40&client_secret=app-secret&code=AQcode',
    gets: recorded('graph/exchanged'),
    tells: 'EAAmadeup0000token',
  },
  {
    does: 'oauth.debugToken',
    call: ({ oauth }) => oauth.debugToken('EAAother'),
    asks: 'GET /debug_token?input_token=EAAother',
    gets: recorded('graph/debug-token'),
    tells: { isValid: true },
  },
  {
    does: 'health',
    call: ({ health }) => health(phone),
    asks: `GET /${phone}?fields=health_status`,
    gets: recorded('graph/health'),
    tells: { canSendMessage: 'LIMITED' },
  },
]

const messagingCalls: Sent<Messaging>[] = [
  {
    does: 'health',
    call: ({ health }) => health(),
    asks: 'GET /health_status',
    gets: recorded('messaging/health'),
    tells: { canSendMessage: 'LIMITED' },
  },
  {
    does: 'profile',
    call: ({ profile }) => profile(),
    asks: 'GET /whatsapp_business_profile?fields=about,address,description,email,profile_picture_url,websites,vertical',
    gets: recorded('messaging/profile'),
    tells: { about: 'Hello' },
  },
  {
    does: 'updateProfile',
    call: ({ updateProfile }) => updateProfile({ about: 'Hi', description: '' }),
    asks: 'POST /whatsapp_business_profile',
    body: { messaging_product: 'whatsapp', about: 'Hi', description: '' },
    gets: success,
  },
]

function playAll<Client>(name: string, base: string, calls: Sent<Client>[], clientAt: (url: string) => Client): void {
  describe(name, () => {
    it.each(calls)('$does', async ({ call, asks, body, gets, tells }) => {
      const server = await tinyServer((response) => json(response, gets))
      const told = await call(clientAt(server.url))
      const [method, path] = asks.split(' ')
      const at = server.asked.indexOf(`${method} ${base}${path}`)
      expect(server.asked).toContain(`${method} ${base}${path}`)
      if (body !== undefined) expect(JSON.parse(server.bodies[at] ?? '')).toEqual(body)
      if (tells === undefined) expect(told).toBeUndefined()
      else if (typeof tells === 'object') expect(told).toMatchObject(tells as object)
      else expect(told).toBe(tells)
    })

    it.each(calls)('$does, refused', async ({ call }) => {
      const server = await tinyServer((response) =>
        json(response, { meta: { success: false, developer_message: 'Forbidden' } }, 403),
      )
      await expect(call(clientAt(server.url))).rejects.toMatchObject({
        name: 'PlatformError',
        problem: { kind: 'NotAllowed', answered: 'HTTP 403' },
        mayHaveHappened: false,
      })
      expect(server.asked.length).toBeLessThanOrEqual(2)
    })

    it.each(calls.filter(({ asks, does }) => !asks.startsWith('GET') || does === 'oauth.exchangeCode'))(
      '$does, done although the answer was a 500',
      async ({ call }) => {
        const server = await tinyServer((response) => json(response, {}, 500))
        await expect(call(clientAt(server.url))).rejects.toMatchObject({
          problem: { kind: 'Unavailable' },
          mayHaveHappened: true,
        })
      },
    )
  })
}

playAll('the Hub', '/api/v2', hubCalls, hubAt)
playAll('Meta', '/v26.0', graphCalls, graphAt)
playAll('the Messaging API', '', messagingCalls, messagingAt)

describe('what is never repeated', () => {
  const repeated = [
    ...['clients.update', 'partner.setWebhookUrl', 'partner.setRedirectUrl', 'partner.setAutoApprove'],
    ...['wabas.subscribe', 'wabas.assignUser', 'updateProfile'],
  ]
  const changing = <Client>(calls: Sent<Client>[]) => calls.filter(({ asks }) => !asks.startsWith('GET'))
  const asked = async <Client>({ call }: Sent<Client>, clientAt: (url: string) => Client) => {
    const server = await tinyServer((response) => json(response, {}, 500))
    await call(clientAt(server.url)).catch(() => undefined)
    return server.asked.length
  }

  it.each(changing(hubCalls))('hub.$does', async (sent) => {
    expect(await asked(sent, hubAt)).toBe(repeated.includes(sent.does) ? 3 : 1)
  })
  it.each(changing(graphCalls))('graph.$does', async (sent) => {
    expect(await asked(sent, graphAt)).toBe(repeated.includes(sent.does) ? 3 : 1)
  })
})

it('no method is left out', () => {
  const played = <Client>(name: string, calls: Sent<Client>[]) => calls.map(({ does }) => `${name}.${does}`)
  const url = 'http://127.0.0.1:1'
  expect([...played('hub', hubCalls), 'hub.permissionLink'].sort()).toEqual(methodsOf(hubAt(url), 'hub').sort())
  expect([...played('graph', graphCalls), 'graph.as'].sort()).toEqual(methodsOf(graphAt(url), 'graph').sort())
  expect(played('messaging', messagingCalls).sort()).toEqual(methodsOf(messagingAt(url), 'messaging').sort())
})

describe('what the facts call uncertain', () => {
  it('the paths of partner change requests are configuration', async () => {
    const server = await tinyServer((response) => json(response, { anything: [] }))
    const hub = hubAt(server.url, { partnerChangePaths: { list: 'changes', approve: 'changes/{id}/accept' } })
    await hub.partnerChanges.approve('Rq81')
    expect(await hub.partnerChanges.byId('Rq81')).toBeUndefined()
    expect(server.asked[0]).toBe('POST /api/v2/partners/WdBs71PA/changes/Rq81/accept')
  })

  it('a cancellation can be asked for the way of 2023', async () => {
    const server = await tinyServer((response) => json(response, {}))
    const hub = hubAt(server.url, { cancellation: 'enabled' })
    expect(await hub.channels.requestCancellation('Hn42TtqrCL', 'Kd73LmCH')).toBeUndefined()
    await hub.channels.reactivate('Hn42TtqrCL', 'Kd73LmCH')
    const path = `POST /api/v2${ofChannel}/control/cancellation_request`
    expect(server.asked).toEqual([path, path])
    expect(server.bodies).toEqual(['{"enabled":true}', '{"enabled":false}'])
  })

  it('the templates that did not come along are a list or a map', async () => {
    const server = await tinyServer((response) => json(response, { migrated_templates: [], failed_templates: ['1'] }))
    const { failed } = await graphAt(server.url).templates.migrate(waba, { sourceWabaId: '204' })
    expect(failed).toEqual([{ id: '1' }])
  })

  it("Meta's version is configuration", async () => {
    const server = await tinyServer((response) => json(response, { id: '1' }))
    const graph = graphClient({ baseUrl: server.url, version: 'v25.0', token: 'EAAtoken', ...quick })
    await graph.businesses.read('1')
    expect(server.asked[0]).toMatch(/^GET \/v25\.0\/1\?/)
  })
})

it('builds the link for sharing a permission', () => {
  const link = hubAt('http://127.0.0.1:1').permissionLink({
    clientId: 'Hn42TtqrCL',
    number: '493000000001',
    email: 'ops+1@acme.example',
    state: 'PD-142',
    redirectUrl: 'https://partner.example/back?a=1',
    next: 'login',
  })
  const url = new URL(link)
  expect(url.origin + url.pathname).toBe('https://hub.360dialog.com/dashboard/app/WdBs71PA/permissions')
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: 'Hn42TtqrCL',
    number: '493000000001',
    email: 'ops+1@acme.example',
    state: 'PD-142',
    redirect_url: 'https://partner.example/back?a=1',
    next: 'login',
  })
})

it('another token asks for itself', async () => {
  const server = await tinyServer((response) => json(response, { id: '1' }))
  const graph = graphAt(server.url)
  await graph.as('EAAbusiness').businesses.read('1')
  await graph.businesses.read('1')
  expect(server.headers.map(({ authorization }) => authorization)).toEqual(['Bearer EAAbusiness', 'Bearer EAAtoken'])
})

it('a code is exchanged without our own token', async () => {
  const server = await tinyServer((response) => json(response, recorded('graph/exchanged')))
  await graphAt(server.url).oauth.exchangeCode({ appId: '40', appSecret: 'app-secret', code: 'AQcode' })
  expect(server.headers[0]?.authorization).toBeUndefined()
})

it.each(['12345', '1234567', 'abcdef', ''])('asks nobody with the PIN %j', async (pin) => {
  const server = await tinyServer((response) => json(response, success))
  const { numbers } = graphAt(server.url)
  await expect(numbers.register(phone, { pin })).rejects.toThrow('not asked: a PIN has six digits')
  await expect(numbers.setPin(phone, pin)).rejects.toMatchObject({ problem: { kind: 'Rejected' } })
  await expect(numbers.verifyCode(phone, pin)).rejects.toThrow('not asked: a code has six digits')
  expect(server.asked).toEqual([])
})

it('takes "success: false" for a refusal', async () => {
  const server = await tinyServer((response) => json(response, { success: false }))
  await expect(graphAt(server.url).numbers.deregister(phone)).rejects.toMatchObject({
    problem: { kind: 'Rejected', words: 'success: false' },
    mayHaveHappened: false,
  })
})
