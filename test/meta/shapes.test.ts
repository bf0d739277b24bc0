import { describe, expect, it } from 'vitest'
import { business } from '../../src/meta/graph/businesses.ts'
import { phoneNumber } from '../../src/meta/graph/numbers.ts'
import { account } from '../../src/meta/graph/wabas.ts'
import { channel, waba } from '../../src/meta/hub/channel-shape.ts'
import { client, sharedNumber } from '../../src/meta/hub/clients.ts'
import { onlyArray } from '../../src/meta/hub/lists.ts'
import { balance } from '../../src/meta/hub/money.ts'
import { partner } from '../../src/meta/hub/partner.ts'

const sampleWaba = {
  client_id: 'Hn42TtqrCL',
  consents: {},
  external_id: '2040000000000001',
  fb_account_status: 'verified',
  fb_business_id: '3090000000000001',
  id: 'Pw90RsWA',
  name: 'Acme GmbH',
  namespace: '1212e9fb_0000_4bea_a6b2_000000000000',
  on_behalf_of_business_info: { id: '3090000000000001', name: 'Acme GmbH', status: 'approved', type: 'SELF' },
  status: 'approved',
  timezone_id: '1',
}
const wabaFact = {
  id: 'Pw90RsWA',
  externalId: '2040000000000001',
  name: 'Acme GmbH',
  status: 'approved',
  fbAccountStatus: 'verified',
  fbBusinessId: '3090000000000001',
  namespace: '1212e9fb_0000_4bea_a6b2_000000000000',
  timezoneId: '1',
  onBehalfOf: { id: '3090000000000001', name: 'Acme GmbH', status: 'approved', type: 'SELF' },
}
const sampleChannel = {
  account_mode: 'live',
  availability_status: 'ready',
  cancelled_at: null,
  client: { contact_info: { country: 'DE', email: 'ops@acme.example' }, id: 'Hn42TtqrCL', name: 'Acme GmbH' },
  client_id: 'Hn42TtqrCL',
  created_at: '2026-03-01T10:11:12Z',
  current_limit: 'TIER_1K',
  current_quality_rating: 'GREEN',
  external_id: '104000000000001',
  hub_status: 'live',
  id: 'Kd73LmCH',
  integration: { app_id: '104148', enabled: true, state: 'running' },
  is_oba: false,
  setup_info: {
    phone_name: 'Acme Support',
    phone_number: '493000000001',
    verification_method: 'sms',
    was_in_use: false,
  },
  status: 'ready',
  waba_account: sampleWaba,
  waba_account_id: 'Pw90RsWA',
}

describe('the Hub', () => {
  it('tells a channel with its WABA and the name of its client', () => {
    expect(channel.parse(sampleChannel)).toEqual({
      channel: {
        id: 'Kd73LmCH',
        clientId: 'Hn42TtqrCL',
        wabaId: 'Pw90RsWA',
        phone: '493000000001',
        name: 'Acme Support',
        status: 'ready',
        hubStatus: 'live',
        accountMode: 'live',
        quality: 'GREEN',
        limit: 'TIER_1K',
        phoneNumberId: '104000000000001',
        verificationMethod: 'sms',
        isOba: false,
        createdAt: '2026-03-01T10:11:12Z',
      },
      clientName: 'Acme GmbH',
      integrationState: 'running',
      waba: wabaFact,
    })
  })

  it('tells number and name flat, too, and fresh channels without either', () => {
    const flat = { id: 'a1CH', client_id: 'c1CL', phone_number: '+49 30 1', phone_name: 'A', setup_info: null }
    expect(channel.parse(flat)).toEqual({ channel: { id: 'a1CH', clientId: 'c1CL', phone: '49301', name: 'A' } })
    expect(channel.parse({ id: 'a1CH', client: { id: 'c1CL' } }).channel).toEqual({
      id: 'a1CH',
      clientId: 'c1CL',
      phone: '',
    })
  })

  it('keeps words that nobody knows, and leaves out what is empty', () => {
    const odd = { ...sampleChannel, status: 'brand_new_status', current_limit: null, current_quality_rating: '' }
    const { channel: fact } = channel.parse(odd)
    expect(fact).toMatchObject({ status: 'brand_new_status' })
    for (const field of ['limit', 'quality', 'cancelledAt']) expect(fact).not.toHaveProperty(field)
  })

  it.each([
    ['current_quality_rating', {}],
    ['is_oba', 'yes'],
    ['cancelled_at', 'soon'],
    ['id', null],
  ])('says so when %s is %j, and guesses nothing', (field, value) => {
    const { error } = channel.safeParse({ ...sampleChannel, [field]: value })
    expect(error?.issues[0]?.path).toEqual([field])
  })

  it('tells a WABA alone, with less in it', () => {
    const { fb_account_status: _, on_behalf_of_business_info: __, ...alone } = sampleWaba
    const { fbAccountStatus: ___, onBehalfOf: ____, ...fact } = wabaFact
    expect(waba.parse({ ...alone, settings: null })).toEqual(fact)
  })

  it('tells a client', () => {
    const row = {
      id: 'Hn42TtqrCL',
      name: 'Acme',
      organisation: 'Acme GmbH',
      status: 'active',
      max_channels: 3,
      contact_info: { email: null, country: 'DE' },
      contact_user: { name: 'Ada', email: 'ada@acme.example' },
    }
    expect(client.parse(row)).toEqual({
      id: 'Hn42TtqrCL',
      name: 'Acme',
      organisation: 'Acme GmbH',
      status: 'active',
      email: 'ada@acme.example',
      country: 'DE',
      maxChannels: 3,
    })
    expect(client.parse({ id: 'x', contact_info: null })).toEqual({ id: 'x' })
  })

  it('tells money in minor units', () => {
    const renewal = { amount: 52, date: '2026-04-01T00:00:00Z' }
    expect(balance.parse({ balance: 48.15, currency: 'usd', last_renewal: renewal })).toEqual({
      amountMinor: 4815,
      currency: 'USD',
      lastRenewalAt: '2026-04-01T00:00:00Z',
      lastRenewalMinor: 5200,
    })
    expect(balance.parse({ balance: 4815, currency: 'jpy', last_renewal: null })).toEqual({
      amountMinor: 4815,
      currency: 'JPY',
    })
    expect(balance.parse({ balance: null, currency: 'eur' })).toBeNull()
    expect(balance.safeParse({ balance: 'lots', currency: 'eur' }).error?.issues[0]?.path).toEqual(['balance'])
  })

  it('tells about ourselves, without the secret in the webhook address', () => {
    const row = {
      id: 'WdBs71PA',
      brand_name: 'W',
      webhook_url: 'https://w.example/hook?secret=abc',
      payment_required: true,
      settings: { partner_change_request: { auto_approve: false } },
    }
    expect(partner.parse(row)).toEqual({
      id: 'WdBs71PA',
      name: 'W',
      webhookHost: 'w.example',
      autoApprove: false,
      paymentRequired: true,
    })
  })

  it.each([
    [['+49 30 1', 'Kd73LmCH']],
    [{ count: 2, filters: {}, sort: ['id'], shared_client_numbers: [{ number: '49301' }, { channel_id: 'Kd73LmCH' }] }],
  ])('tells shared numbers in a shape we do not know: %j', (body) => {
    expect(onlyArray(sharedNumber).parse(body)).toEqual([{ phone: '49301' }, { channelId: 'Kd73LmCH' }])
  })

  it('refuses to guess between two lists', () => {
    expect(onlyArray(sharedNumber).safeParse({ a: [], b: [] }).success).toBe(false)
  })
})

describe('Meta', () => {
  it('tells a number', () => {
    const row = {
      id: '610000000000021',
      display_phone_number: '+1 631-555-5555',
      verified_name: 'Acme',
      name_status: 'APPROVED',
      new_name_status: null,
      status: 'HIBERNATED',
      is_pin_enabled: true,
      platform_type: 'CLOUD_API',
      account_mode: 'LIVE',
      is_on_biz_app: false,
      code_verification_status: 'EXPIRED',
      quality_rating: 'GREEN',
      is_official_business_account: false,
      health_status: { can_send_message: 'LIMITED', entities: [] },
    }
    expect(phoneNumber.schema.parse(row)).toEqual({
      id: '610000000000021',
      displayPhoneNumber: '+1 631-555-5555',
      verifiedName: 'Acme',
      nameStatus: 'APPROVED',
      status: 'HIBERNATED',
      isPinEnabled: true,
      platformType: 'CLOUD_API',
      accountMode: 'LIVE',
      isOnBizApp: false,
      isOba: false,
      quality: 'GREEN',
      codeVerificationStatus: 'EXPIRED',
      canSendMessage: 'LIMITED',
    })
    expect(phoneNumber.schema.parse({ id: 7 })).toEqual({ id: '7' })
  })

  it.each([1767225600, '1767225600', '2026-01-01T00:00:00+0000'])('tells a WABA, created %s', (creation_time) => {
    const row = {
      id: '2040000000000001',
      name: 'Acme',
      ownership_type: 'CLIENT_OWNED',
      owner_business_info: { id: '3090000000000001', name: 'Acme GmbH' },
      account_review_status: 'APPROVED',
      business_verification_status: 'verified',
      currency: 'EUR',
      timezone_id: 1,
      primary_funding_id: '99',
      whatsapp_business_manager_messaging_limit: 'TIER_2K',
      creation_time,
    }
    expect(account.schema.parse(row)).toEqual({
      id: '2040000000000001',
      name: 'Acme',
      ownershipType: 'CLIENT_OWNED',
      ownerBusinessId: '3090000000000001',
      ownerBusinessName: 'Acme GmbH',
      reviewStatus: 'APPROVED',
      verificationStatus: 'verified',
      currency: 'EUR',
      timezoneId: '1',
      primaryFundingId: '99',
      messagingLimit: 'TIER_2K',
      createdAt: '2026-01-01T00:00:00.000Z',
    })
  })

  it('tells a business', () => {
    expect(business.schema.parse({ id: '1', name: 'Acme', verification_status: 'pending_submission' })).toEqual({
      id: '1',
      name: 'Acme',
      verificationStatus: 'pending_submission',
    })
  })
})
