import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { business } from '../../src/meta/graph/businesses.ts'
import { allocated, allocation, allocations } from '../../src/meta/graph/credit.ts'
import { health } from '../../src/meta/graph/health.ts'
import { intent } from '../../src/meta/graph/intents.ts'
import { madeId } from '../../src/meta/graph/line.ts'
import { phoneNumber } from '../../src/meta/graph/numbers.ts'
import { exchanged, tokenInfo } from '../../src/meta/graph/oauth.ts'
import { accessToken, solution } from '../../src/meta/graph/solutions.ts'
import { template as graphTemplate, migratedTemplates } from '../../src/meta/graph/templates.ts'
import { account, subscriptions } from '../../src/meta/graph/wabas.ts'
import { channel, waba } from '../../src/meta/hub/channel-shape.ts'
import { client } from '../../src/meta/hub/clients.ts'
import { apiKeys, newApiKey } from '../../src/meta/hub/keys.ts'
import { onlyArray } from '../../src/meta/hub/lists.ts'
import { balance, clientBalance, partnerBalance } from '../../src/meta/hub/money.ts'
import { partner } from '../../src/meta/hub/partner.ts'
import { partnerChange } from '../../src/meta/hub/partner-changes.ts'
import { template } from '../../src/meta/hub/templates.ts'
import { graphRefusal, hubRefusal } from '../../src/meta/refusal.ts'
import { profile } from '../../src/meta/waba.ts'

const folder = new URL('./fixtures/', import.meta.url)
const recorded = (name: string): unknown => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'))

interface Sample {
  name: string
  schema: z.ZodType
  tells: unknown
}
const used = new Set<string>()
function sample(name: string, schema: z.ZodType, tells: unknown): Sample {
  used.add(name)
  return { name, schema, tells }
}

const wabaTold = {
  id: 'Pw90RsWA',
  externalId: '2040000000000001',
  name: 'Acme GmbH',
  status: 'approved',
  fbBusinessId: '3090000000000001',
  namespace: '1212e9fb_0000_4bea_a6b2_000000000000',
  timezoneId: '1',
}
const blocked = {
  type: 'BUSINESS',
  id: '3090000000000001',
  canSendMessage: 'BLOCKED',
  errors: [{ code: 141000, description: '…', solution: '…' }],
}

const hub = [
  sample('hub/channels', onlyArray(channel), [
    {
      channel: { id: 'Kd73LmCH', phone: '493000000001', quality: 'GREEN', phoneNumberId: '104000000000001' },
      clientName: 'Acme GmbH',
      waba: { ...wabaTold, fbAccountStatus: 'verified', onBehalfOf: { type: 'SELF', status: 'approved' } },
    },
  ]),
  sample('hub/clients', onlyArray(client), [
    { id: 'Hn42TtqrCL', email: 'ops@acme.example', maxChannels: 3, partnerPayload: 'crm-881' },
  ]),
  sample('hub/waba', waba, wabaTold),
  sample('hub/templates', onlyArray(template), [
    { id: 'xyJ01IL2o2OZRvICUBDGWT', externalId: '5550000000000001', status: 'approved', quality: 'GREEN' },
    { id: 'aaJ01IL2o2OZRvICUBDGWT', status: 'submitted', category: 'MARKETING' },
  ]),
  sample('hub/api-key-created', newApiKey, {
    id: '201126',
    address: 'https://waba-v2.360dialog.io',
    appId: '104148',
  }),
  sample('hub/api-keys', apiKeys, [{ id: '201126', appId: '104148' }]),
  sample('hub/partner', partner, {
    id: 'WdBs71PA',
    webhookHost: 'partner.example',
    redirectUrl: 'https://partner.example/back',
    autoApprove: false,
    paymentRequired: false,
  }),
  sample('hub/partner-balance', partnerBalance, [{ amountMinor: 1250, currency: 'EUR' }]),
  sample('hub/client-balance', clientBalance, {
    balance: { amountMinor: 4815, currency: 'USD', lastRenewalMinor: 5200 },
    usage: [
      {
        quantity: 40,
        paidQuantity: 36,
        totalPriceMinor: 252,
        byCategory: { utility: { quantity: 36, priceMinor: 252 }, marketing: { quantity: 0 } },
      },
    ],
  }),
  sample('hub/channel-balance', balance, { amountMinor: 4815, currency: 'USD', lastRenewalAt: '2026-03-01T00:00:00Z' }),
  sample('hub/partner-changes', onlyArray(partnerChange), [
    { id: 'Rq81', status: 'created', isFullMigration: true, targetPartnerId: 'f167CmPA', channelIds: ['Kd73LmCH'] },
  ]),
]

const graph = [
  sample('graph/number', phoneNumber.schema, {
    id: '610000000000021',
    isPinEnabled: false,
    canSendMessage: 'LIMITED',
    lastOnboardedAt: '2023-08-22T19:05:53.000Z',
    messagingLimit: 'TIER_250',
  }),
  sample('graph/waba', account.schema, {
    ownershipType: 'CLIENT_OWNED',
    ownerBusinessId: '3090000000000001',
    primaryFundingId: '8800000000000001',
    createdAt: '2026-01-01T00:00:00.000Z',
    namespace: '1212e9fb_0000_4bea_a6b2_000000000000',
    onBehalfOf: { type: 'SELF' },
  }),
  sample('graph/business', business.schema, { verificationStatus: 'pending_need_more_info' }),
  sample('graph/health', health.schema, {
    canSendMessage: 'LIMITED',
    entities: [{ type: 'PHONE_NUMBER' }, { type: 'WABA', info: ['…'] }, blocked, { type: 'APP' }],
  }),
  sample('graph/made', madeId, '610000000000023'),
  sample('graph/intent', intent, {
    id: '7700000000000001',
    status: 'ACCEPTED',
    solution: { id: '6600000000000001', status: 'ACTIVE' },
    destination: { id: '2040000000000009', currency: 'EUR', timezoneId: '1' },
  }),
  sample('graph/solution', solution.schema, {
    status: 'ACTIVE',
    ownerAppId: '4010000000000001',
    partners: [{ appId: '4010000000000002', status: 'ACCEPTED' }],
  }),
  sample('graph/solution-token', accessToken, {}),
  sample('graph/solution-token-bare', accessToken, {}),
  sample('graph/credit-attached', allocated, '9910000000000001'),
  sample('graph/credit-shared', allocated, '9910000000000001'),
  sample('graph/allocation', allocation.schema, { receivingCredentialId: '8800000000000001' }),
  sample('graph/allocation-revoked', allocation.schema, { requestStatus: 'DELETED' }),
  sample('graph/allocations', allocations, [{ receivingBusinessId: '3090000000000001' }]),
  sample('graph/allocation-bare', allocations, [{ receivingBusinessId: '3090000000000001' }]),
  sample('graph/subscribed-apps', subscriptions, {
    count: 1,
    apps: [{ id: '4010000000000001', name: 'Partner app' }],
  }),
  sample('graph/exchanged', exchanged, {}),
  sample('graph/debug-token', tokenInfo, {
    isValid: true,
    type: 'SYSTEM_USER',
    wabaIds: ['2040000000000001', '2040000000000002'],
  }),
  sample('graph/templates', onlyArray(graphTemplate.schema), [{ status: 'APPROVED', quality: 'GREEN' }]),
  sample('graph/templates-migrated', migratedTemplates, {
    migrated: ['5550000000000001'],
    failed: [{ id: '5550000000000002', reason: 'Incorrect category' }, { id: '5550000000000003' }],
  }),
]

const messaging = [
  sample('messaging/health', health.schema, { canSendMessage: 'LIMITED' }),
  sample('messaging/profile', profile, { about: 'Hello', websites: ['https://acme.example'], vertical: 'RETAIL' }),
]

describe('what the platforms were seen to answer', () => {
  it.each([...hub, ...graph, ...messaging])('$name is understood', ({ name, schema, tells }) => {
    const told = schema.parse(recorded(name))
    if (typeof tells === 'string') expect(told).toBe(tells)
    else expect(told).toMatchObject(tells as object)
    expect(JSON.stringify(told)).not.toMatch(/made-up|EAAmadeup/)
  })

  it.each([
    ['hub/error', 404, { kind: 'NotFound', words: 'Not found' }],
    ['hub/error-oauth', 401, { kind: 'NotAllowed', words: 'Wrong email or password.' }],
    ['hub/error-passed-on', 400, { kind: 'Rejected', code: 100, words: 'Name is already in use' }],
  ] as const)('%s is a refusal', (name, status, refusal) => {
    used.add(name)
    expect(hubRefusal(status, recorded(name))).toEqual(refusal)
  })

  it('a refusal of Meta names code, subcode and its own words', () => {
    expect(graphRefusal(400, recorded('graph/error-pin'))).toEqual({
      kind: 'Rejected',
      code: 133005,
      words: '(#133005) Two step verification PIN Mismatch · made-up detail',
    })
    expect(graphRefusal(400, recorded('graph/error-subcode'))).toEqual({
      kind: 'Rejected',
      code: 100,
      subcode: 2388103,
      words: 'Invalid parameter · made-up text',
    })
  })

  it('has no sample that nothing reads', () => {
    const here = ['hub', 'graph', 'messaging'].flatMap((platform) =>
      readdirSync(new URL(`${platform}/`, folder)).map((file) => `${platform}/${file.replace('.json', '')}`),
    )
    // These pass through the whole client, in clients.test.ts.
    const elsewhere = [
      ...['hub/token', 'hub/webhook-url', 'hub/auto-approve', 'hub/commerce', 'hub/template-deleted'],
      ...['graph/success', 'graph/numbers', 'graph/credit-lines', 'graph/assigned-users'],
    ]
    const errors = ['graph/error-pin', 'graph/error-subcode', 'hub/error', 'hub/error-oauth', 'hub/error-passed-on']
    expect(here.filter((name) => !used.has(name) && !elsewhere.includes(name) && !errors.includes(name))).toEqual([])
  })
})
