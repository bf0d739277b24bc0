import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseExactly } from '../../src/notify/exact-json.ts'
import { type Change, splitHub, splitMeta } from '../../src/notify/split.ts'

const told = (changes: Change[] | undefined) => changes?.map(({ body }) => JSON.parse(body))
const keys = (changes: Change[] | undefined) => changes?.map(({ key }) => key)
const security = { field: 'security', value: { display_phone_number: '4930', event: 'PIN_CHANGED' } }
const post = (...changes: unknown[]) => ({
  object: 'whatsapp_business_account',
  entry: [{ id: '7001', time: 1767225600, changes }],
})

describe('a post of Meta', () => {
  it('is split into its changes, each with what stands around it', () => {
    const alert = { field: 'account_alerts', value: { entity_id: '1' } }
    const { entry } = post(security, alert)
    expect(told(splitMeta({ entry: [...entry, { id: 7002, changes: [security] }] }))).toEqual([
      { entry: '7001', time: 1767225600, ...security },
      { entry: '7001', time: 1767225600, ...alert },
      { entry: '7002', ...security },
    ])
  })

  it.each<[string, unknown, unknown[]]>([
    ['without `object`', { entry: [{ id: '1', changes: [security] }] }, [{ entry: '1', ...security }]],
    ['with the change in the entry', { entry: [{ id: '1', ...security }] }, [{ entry: '1', ...security }]],
    [
      'with the field in the entry',
      { entry: [{ id: '1', field: 'security', changes: [{ value: security.value }] }] },
      [{ entry: '1', ...security }],
    ],
    ['with nothing around the change', security, [security]],
    [
      'with a field and an event that nobody knows',
      { entry: [{ id: '1', changes: [{ field: 'brand_new', value: { any: [1, { deep: true }] } }] }] },
      [{ entry: '1', field: 'brand_new', value: { any: [1, { deep: true }] } }],
    ],
    ['with no field', { entry: [{ changes: [{ value: 7 }] }] }, [{ field: 'unknown', value: 7 }]],
    ['with no value', { entry: [{ changes: [{ field: 'flows' }] }] }, [{ field: 'flows', value: null }]],
    ['with the time as text', { entry: [{ time: '17', ...security }] }, [{ time: 17, ...security }]],
    ['with a time that is none', { entry: [{ time: 'soon', ...security }] }, [security]],
    [
      'with something else instead of changes',
      { entry: [{ id: '1', time: 17, messaging: [{ text: 'Hello' }] }] },
      [{ entry: '1', time: 17, field: 'messaging', value: null }],
    ],
    ['with a field alone', { entry: [{ id: '1', field: 'flows' }] }, [{ entry: '1', field: 'flows', value: null }]],
    ['with nothing in it', { entry: [] }, []],
    ['with junk beside', { entry: [null, 7, [], { changes: 'no' }, { changes: [null, security] }] }, [security]],
  ])('is understood %s', (_, payload, expected) => {
    expect(told(splitMeta(payload))).toEqual(expected)
  })

  it.each([undefined, null, 42, 'entry', [], [security], {}, { entry: 7 }, { entry: null }, { object: 'x' }])(
    'is none: %j',
    (payload) => {
      expect(splitMeta(payload)).toBeUndefined()
    },
  )

  it('of a thousand changes is a thousand rows', () => {
    const many = Array.from({ length: 1000 }, (_, n) => ({ ...security, value: { n } }))
    expect(new Set(keys(splitMeta(post(...many)))).size).toBe(1000)
  })

  it('is known again in other company, and in another spacing of the same text', () => {
    const [key] = keys(splitMeta(post(security))) ?? []
    expect(keys(splitMeta(post({ field: 'x', value: 1 }, security)))?.[1]).toBe(key)
    expect(keys(splitMeta(JSON.parse(JSON.stringify(post(security), null, 2))))).toEqual([key])
  })

  it.each<[string, unknown]>([
    ['entry', { entry: [{ id: '7002', time: 1767225600, changes: [security] }] }],
    ['time', { entry: [{ id: '7001', time: 1767225601, changes: [security] }] }],
    ['field', post({ ...security, field: 'other' })],
    ['value', post({ ...security, value: { ...security.value, event: 'PIN_RESET_REQUEST' } })],
  ])('is another one with another %s', (_, other) => {
    expect(keys(splitMeta(other))).not.toEqual(keys(splitMeta(post(security))))
  })
})

describe('what customers write and who they are', () => {
  const metadata = { display_phone_number: '4930', phone_number_id: '61' }
  const failed = {
    id: 'wamid.SECRET',
    status: 'failed',
    timestamp: '1767225600',
    recipient_id: '4915550009999',
    errors: [{ code: 131042, title: 'payment' }],
  }
  const stored = (field: string, value: unknown) => told(splitMeta(post({ field, value })))?.map((each) => each.value)

  it('is not stored: of messages only failures are', () => {
    const secret = { contacts: [{ profile: { name: 'Kim' } }], messages: [{ text: { body: 'hi' } }] }
    expect(stored('messages', { messaging_product: 'whatsapp', metadata, ...secret })).toEqual([])
    expect(stored('messages', { metadata, statuses: [{ status: 'read', recipient_id: '4915' }] })).toEqual([])
    const { id, recipient_id, ...failure } = failed
    const delivered = { ...failed, status: 'delivered', errors: undefined }
    expect(stored('messages', { metadata, ...secret, statuses: [delivered, failed] })).toEqual([
      { metadata, statuses: [failure] },
    ])
    expect(stored('messages', { metadata, ...secret, errors: [{ code: 131031 }] })).toEqual([
      { metadata, errors: [{ code: 131031 }] },
    ])
    const all = JSON.stringify(
      splitMeta(post({ field: 'messages', value: { metadata, ...secret, statuses: [failed] } })),
    )
    expect(all).not.toMatch(/Kim|hi"|SECRET|4915550009999/)
  })

  it.each(['smb_message_echoes', 'history', 'smb_app_state_sync'])(
    'is not stored: of %s only the number is',
    (field) => {
      const value = { metadata: { ...metadata, more: 1 }, [field]: [{ text: 'hi' }], message_echoes: [{ text: 'hi' }] }
      expect(stored(field, value)).toEqual([{ metadata }])
      expect(stored(field, 'hi')).toEqual([{}])
    },
  )

  it.each([
    'user_preferences',
    'calls',
    'standby',
    'message_echoes',
    'messaging_handovers',
    'group_status_update',
    'group_brand_new',
  ])('is not stored: %s is passed over', (field) => {
    expect(stored(field, { metadata, text: 'hi' })).toEqual([])
  })

  it('is not stored in a field that nobody knows either', () => {
    expect(stored('brand_new', { metadata, level: 3, messages: [{ text: 'hi' }], statuses: [failed] })).toEqual([
      { metadata, level: 3, statuses: [{ status: 'failed', timestamp: '1767225600', errors: failed.errors }] },
    ])
    expect(told(splitMeta({ entry: [{ changes: [{ value: { contacts: ['Kim'], level: 3 } }] }] }))).toEqual([
      { field: 'unknown', value: { level: 3 } },
    ])
  })

  it('still tells two failures apart', () => {
    const of = (id: string) =>
      splitMeta(post({ field: 'messages', value: { metadata, statuses: [{ ...failed, id }] } }))
    expect(keys(of('wamid.1'))).not.toEqual(keys(of('wamid.2')))
    expect(told(of('wamid.1'))).toEqual(told(of('wamid.2')))
  })
})

describe('a post of the Hub', () => {
  const ready = { id: 'evt-1', event: 'channel_ready', data: { id: 'Kd73LmCH' } }

  it('is one event or several', () => {
    expect(told(splitHub(ready))).toEqual([ready])
    expect(told(splitHub([ready, 'junk', { event: 'brand_new', data: null }]))).toEqual([
      ready,
      { event: 'brand_new', data: null },
    ])
    expect(splitHub([])).toEqual([])
  })

  it('is understood with `type` instead of `event`, and with neither', () => {
    expect(told(splitHub({ type: 'channel_live', data: {} }))).toEqual([{ event: 'channel_live', data: {} }])
    expect(told(splitHub({ data: { id: 1 } }))).toEqual([{ event: 'unknown', data: { id: 1 } }])
  })

  it.each([undefined, null, 42, 'x', {}, { data: null }, ['x'], [{ data: 7 }]])('is none: %j', (payload) => {
    expect(splitHub(payload)).toBeUndefined()
  })

  it('is the same event with the same id, whatever its data say by then', () => {
    const later = { ...ready, data: { id: 'Kd73LmCH', status: 'ready' } }
    expect(keys(splitHub(later))).toEqual(keys(splitHub(ready)))
    expect(keys(splitHub({ ...ready, event: 'channel_live' }))).not.toEqual(keys(splitHub(ready)))
    expect(keys(splitHub({ ...ready, id: 'evt-2' }))).not.toEqual(keys(splitHub(ready)))
  })

  it.each([undefined, null, ''])('without an id (%j) is the same event with the same data', (id) => {
    const nameless = { ...ready, id }
    expect(keys(splitHub(nameless))).toEqual(keys(splitHub({ ...nameless })))
    expect(keys(splitHub({ ...nameless, data: { id: 'Kd73LmCH', status: 'x' } }))).not.toEqual(keys(splitHub(nameless)))
  })
})

describe('any post at all', () => {
  const json = fc.jsonValue({ maxDepth: 4 })
  const field = fc.constantFrom('messages', 'history', 'calls', 'security', 'brand_new')
  const part = fc.constantFrom(
    'entry',
    'changes',
    'value',
    'field',
    'id',
    'data',
    'event',
    'statuses',
    'errors',
    'metadata',
  )
  const shaped = fc.letrec((tie) => ({
    node: fc.oneof({ maxDepth: 6 }, json, field, fc.array(tie('node'), { maxLength: 4 }), tie('object')),
    object: fc.dictionary(part, tie('node'), { maxKeys: 5 }),
  })).object

  it('never throws, and every change is one line with a short key', () => {
    fc.assert(
      fc.property(fc.oneof(json, shaped), (payload) => {
        for (const change of [...(splitMeta(payload) ?? []), ...(splitHub(payload) ?? [])]) {
          expect(change.body).not.toContain('\n')
          expect(JSON.parse(change.body)).toBeTypeOf('object')
          expect(change.key).toMatch(/^(meta|hub):\S{1,60}$/)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('two changes have one key exactly if they are the same', () => {
    const change = fc.record({
      id: fc.constantFrom('1', '2'),
      time: fc.constantFrom(1, 2),
      field: fc.constantFrom('security', 'flows'),
      value: fc.oneof(fc.constantFrom(1, '1', null, {}, [], { a: 1, b: 2 }, { b: 2, a: 1 }), json),
    })
    const split = ({ id, time, ...rest }: { id: string; time: number }) =>
      keys(splitMeta({ entry: [{ id, time, changes: [rest] }] }))
    fc.assert(
      fc.property(change, change, (one, other) => {
        expect(split(one)).toEqual(split(structuredClone(one)))
        expect(split(one)?.[0] === split(other)?.[0]).toBe(JSON.stringify(one) === JSON.stringify(other))
      }),
      { numRuns: 100 },
    )
  })
})

describe('an id that is a number', () => {
  it.each([
    ['{"id":9007199254740993}', { id: '9007199254740993' }],
    ['{"id": 12345678901234567890}', { id: '12345678901234567890' }],
    ['[-9007199254740993, 9007199254740991]', ['-9007199254740993', 9007199254740991]],
    ['{"id":"9007199254740993","x":":9007199254740993"}', { id: '9007199254740993', x: ':9007199254740993' }],
    ['{"share":0.5,"big":1234567890123456.5}', { share: 0.5, big: 1234567890123456.5 }],
  ])('keeps all its digits: %s', (text, expected) => {
    expect(parseExactly(text)).toEqual(expected)
  })

  it('makes two changes two', () => {
    const of = (id: string) =>
      keys(splitMeta(parseExactly(`{"entry":[{"changes":[{"field":"x","value":{"id":${id}}}]}]}`)))
    expect(of('9007199254740993')).not.toEqual(of('9007199254740992'))
  })
})
