import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { About } from '../../src/meta/webhooks.ts'
import type { Told } from '../../src/notify/notice.ts'
import { read } from '../../src/notify/read.ts'
import { type Change, splitHub, splitMeta } from '../../src/notify/split.ts'
import { type Office, openOffice, phones } from '../cases/office.ts'
import { nora, paula } from '../cases/people.ts'
import { databases } from '../kit/database.ts'

const security = (phone: unknown, event = 'PIN_REQUEST_SUCCESS', waba = '700100200300400') => ({
  object: 'whatsapp_business_account',
  entry: [
    { id: waba, time: 1767225600, changes: [{ field: 'security', value: { display_phone_number: phone, event } }] },
  ],
})

/** Everything that a post says about whom it is, as the clerk reads it out of the inbox. */
function abouts(changes: Change[] | undefined): About[] {
  return (changes ?? []).flatMap(({ source, body }) => {
    const told: Told = { ...JSON.parse(body), source }
    return read(told).map(({ about }) => about)
  })
}

const together = (all: readonly About[]): About => ({
  phones: [...new Set(all.flatMap(({ phones }) => phones))],
  channels: [...new Set(all.flatMap(({ channels }) => channels))],
  wabas: [...new Set(all.flatMap(({ wabas }) => wabas))],
})
const about: About = { phones: [], channels: [], wabas: [] }

describe('what a webhook is about', () => {
  const waba = '700100200300400'
  const changed = (field: string, value: unknown, id: unknown = waba) => ({
    entry: [{ id, changes: [{ field, value }] }],
  })

  it.each<[string, unknown, Partial<About>]>([
    ['two-step verification', security('4915550001234', 'PIN_CHANGED'), { phones: ['4915550001234'], wabas: [waba] }],
    ['a number in a pretty spelling', security('+49 1555 000-1234'), { phones: ['4915550001234'], wabas: [waba] }],
    ['a number that is a number', security(4915550001234), { phones: ['4915550001234'], wabas: [waba] }],
    [
      'a number that is about to send more',
      changed('phone_number_quality_update', { display_phone_number: '4915550001234', event: 'ONBOARDING' }),
      { phones: ['4915550001234'], wabas: [waba] },
    ],
    ['an account', changed('account_review_update', { decision: 'APPROVED' }), { wabas: [waba] }],
    [
      'an account of a business',
      changed('account_update', { event: 'PARTNER_ADDED', waba_info: { waba_id: '9001' } }, '8001'),
      { wabas: ['8001', '9001'] },
    ],
    [
      'an account event with a number',
      changed('account_update', { phone_number: '4930' }),
      { phones: ['4930'], wabas: [waba] },
    ],
    [
      'a message that failed',
      changed('messages', {
        metadata: { display_phone_number: '4930', phone_number_id: '1' },
        statuses: [{ status: 'failed', errors: [{ code: 131042 }] }],
      }),
      { phones: ['4930'], wabas: [waba] },
    ],
    ['a message, which is not for the desk', changed('messages', { metadata: { display_phone_number: '4930' } }), {}],
    ['a field that nobody knows', changed('brand_new', { anything: true }), { wabas: [waba] }],
    [
      'the same number twice',
      { entry: [...security('4930').entry, ...security('4930').entry] },
      { phones: ['4930'], wabas: [waba] },
    ],
    [
      'a value one level too high',
      { entry: [{ id: waba, field: 'security', value: { display_phone_number: '4930' } }] },
      { phones: ['4930'], wabas: [waba] },
    ],
    [
      'a change without an envelope',
      { field: 'security', value: { display_phone_number: '4930' } },
      { phones: ['4930'] },
    ],
    [
      'a batch in which one part cannot be read',
      {
        entry: [
          null,
          'x',
          { id: '1', changes: 'none' },
          { id: { no: 1 }, changes: [7, { value: 'x' }] },
          ...security('4930').entry,
        ],
      },
      { phones: ['4930'], wabas: [waba] },
    ],
    [
      'ids that no platform has',
      { entry: [{ id: 'a\u0000b', changes: [] }, { id: "'; drop table cases" }, { id: 'x'.repeat(65) }] },
      {},
    ],
    ['nothing at all', { entry: [] }, {}],
  ])('Meta tells of %s', (_, payload, expected) => {
    expect(together(abouts(splitMeta(payload)))).toEqual({ ...about, ...expected })
  })

  const both = (id: string) => ({ channels: [id], wabas: [id] })
  it.each<[string, unknown, Partial<About>]>([
    [
      'a channel',
      { id: 'e', event: 'channel_ready', data: { id: 'Kd73LmCH', setup_info: { phone_number: '493000000001' } } },
      { ...both('Kd73LmCH'), phones: ['493000000001'] },
    ],
    [
      'a channel whose number is flat',
      { id: 'e', event: 'channel_live', data: { id: 'Kd73LmCH', phone_number: '493000000001', setup_info: null } },
      { ...both('Kd73LmCH'), phones: ['493000000001'] },
    ],
    [
      'a cancellation',
      { event: 'cancellation_request', data: { id: 'Kd73LmCH', cancelled_at: null } },
      both('Kd73LmCH'),
    ],
    [
      'a violation',
      { event: 'account_violation', data: { id: 'Pw90RsWA', external_id: '204', phone_number: '4930' } },
      { channels: ['Pw90RsWA'], wabas: ['Pw90RsWA', '204'], phones: ['4930'] },
    ],
    ['a template', { event: 'waba_template_status_changed', data: { id: '204', template: { id: 'a1' } } }, both('204')],
    ['a client', { event: 'template_messaging_disabled', data: { client_id: 'Hn42TtqrCL' } }, {}],
    [
      'a new client',
      { event: 'client_created', data: { client: { id: 'Hn42TtqrCL', contact_user: { phone: null } } } },
      {},
    ],
    [
      'several at once',
      [{ data: { id: 'ACH' } }, 'junk', { data: { id: 'BCH' } }],
      { channels: ['ACH', 'BCH'], wabas: ['ACH', 'BCH'] },
    ],
    ['nothing at all', [], {}],
  ])('the Hub tells of %s', (_, payload, expected) => {
    expect(together(abouts(splitHub(payload)))).toEqual({ ...about, ...expected })
  })
})

describe.each(databases())('the cases that look again, on $name', ({ open }) => {
  let office: Office
  beforeEach(async () => {
    office = await openOffice({ open })
  })
  afterEach(() => office.close())

  const hear = (changes: Change[] | undefined) => office.desk.heard(abouts(changes).map((about) => ({ about })))
  /** The numbers that were looked up because of what was sent. */
  const asked = async (sent: Change[] | undefined) => {
    const before = office.numbers.asked.length
    await hear(sent)
    await office.settle()
    return office.numbers.asked.slice(before).sort()
  }
  const inAccount = (id: number, externalId: string) =>
    office.db.run(`update cases set state = jsonb_set(state, '{readings,waba}', $2::jsonb) where id = $1`, [
      id,
      JSON.stringify({ state: 'known', value: { id: 'w', externalId }, asOf: '2026-03-10T09:00:00Z', source: 'hub' }),
    ])

  it('are those about the number, and no others', async () => {
    await office.errand(paula)
    await office.errand(nora, phones.nord)
    expect(await asked(splitMeta(security(phones.bright)))).toEqual([phones.bright])
    expect(await asked(splitMeta(security(phones.nord)))).toEqual([phones.nord])
    expect(await asked(splitMeta(security('4999999999')))).toEqual([])
    const { entry } = security(phones.bright)
    expect(await asked(splitMeta({ entry: [...entry, ...security(phones.nord).entry] }))).toEqual(
      [phones.bright, phones.nord].sort(),
    )
  })

  it('are those about the channel', async () => {
    await office.errand(paula)
    await office.errand(nora, phones.nord)
    const ready = { id: 'evt-4', event: 'channel_ready', data: { id: `CH${phones.nord}`, status: 'ready' } }
    expect(await asked(splitHub(ready))).toEqual([phones.nord])
    const live = { id: 'evt-6', event: 'channel_live', data: { id: 'other', phone_number: `+${phones.bright}` } }
    expect(await asked(splitHub(live))).toEqual([phones.bright])
  })

  it('are all those of an account', async () => {
    const ids = [
      await office.errand(paula),
      await office.errand(paula, phones.brightToo),
      await office.errand(nora, phones.nord),
    ]
    const [one = 0, two = 0] = ids
    await Promise.all([inAccount(one, '204'), inAccount(two, '204')])
    const template = { id: 'evt-14', event: 'waba_template_status_changed', data: { id: '204' } }
    expect(await asked(splitHub(template))).toEqual([phones.bright, phones.brightToo])
  })

  it('are no closed ones', async () => {
    const id = await office.errand(paula)
    await office.desk.act(paula, id, { do: 'cancel' })
    expect(await asked(splitMeta(security(phones.bright)))).toEqual([])
  })

  it('look once for many webhooks, and never believe what one says', async () => {
    const id = await office.errand(paula)
    const before = await office.snapshot(id)
    const release = office.numbers.hold()
    await Promise.all(Array.from({ length: 20 }, () => hear(splitMeta(security(phones.bright, 'PIN_CHANGED')))))
    release()
    await office.settle()
    // While one is worked on, one more waits for what came meanwhile.
    expect(office.numbers.asked.length).toBeLessThanOrEqual(5)
    expect((await office.snapshot(id)).readings.phone).toEqual(before.readings.phone)
  })
})
