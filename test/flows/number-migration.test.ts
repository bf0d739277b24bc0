import { existsSync, readFileSync } from 'node:fs'
import { getCountries, getCountryCallingCode } from 'libphonenumber-js'
import { describe, expect, test } from 'vitest'
import { hasBrazilianForm, spellingsOf } from '../../src/flows/brazil.ts'
import { callingCodeOf } from '../../src/flows/calling-codes.ts'
import numberMigration, { leftOut } from '../../src/flows/number-migration.ts'
import legacyMigration, { leftOut as leftOutOfLegacy } from '../../src/flows/number-migration-onprem.ts'
import type { Facts, Readings } from '../../src/meta/facts.ts'
import { absent, broken, type CaseOptions, caseOf, known, notAsked, person, start, type TestCase } from './kit.ts'

const pat = person('partner', 'Pat')
const ana = person('support', 'Ana')
const business = '733018264490517'
const hour = 3_600_000

type Told = { [N in keyof Facts]?: Partial<Facts[N]> | null }

/** A number at another provider whose account Meta shows to us; each part can be told otherwise, `null` is not shown. */
function elsewhere(told: Told = {}): Readings {
  const usual = {
    account: { id: '1', ownershipType: 'CLIENT_OWNED', ownerBusinessId: business, reviewStatus: 'APPROVED' },
    phone: {
      id: '2',
      isPinEnabled: false,
      nameStatus: 'APPROVED',
      verifiedName: 'Delphin Sport',
      quality: 'GREEN',
      status: 'CONNECTED',
      accountMode: 'LIVE',
      platformType: 'CLOUD_API',
      isOba: false,
    },
    business: { id: business, verificationStatus: 'verified' },
    templates: { total: 2, byStatus: {}, eligible: 2, coming: ['order_update', 'pickup_ready'], staying: [] },
    partner: { id: 'BrghtlPA', redirectUrl: 'https://brightline.example/connected' },
    website: { host: 'delphin-sport.example', reachable: true },
    client: null,
    destination: null,
    subscriptions: null,
    arriving: null,
    health: null,
    permission: null,
  }
  const names = Object.keys(usual) as (keyof typeof usual)[]
  const readings = names.map((name) => {
    const value = told[name] === null ? null : (usual[name] ?? told[name] ?? null) && { ...usual[name], ...told[name] }
    return [name, value === null ? notAsked : known(value)]
  })
  const channel = told.channel ? known(told.channel) : absent
  return { ...Object.fromEntries(readings), channel } as Readings
}

const nothing: Told = { account: null, phone: null, business: null, templates: null, partner: null, website: null }

const people = {
  source: 'other_bsp',
  'old-provider': 'Weltfunk',
  'source-waba': '191130482257714',
  website: 'https://delphin-sport.example',
  email: 'ops@delphin-sport.example',
  'meta-business': business,
  platform: 'CLOUD_API',
  badge: false,
  'hub-account': true,
  'waba-mode': 'new',
  'waba-names': 'Delphin Sport (191130482257714)',
  'code-way': 'SMS',
  'high-volume': false,
  'what-moves': 'yes',
}

/** Answers whatever is asked, as far as it is known here; the platforms say what they are told. */
function answered(desk: TestCase, answers: Record<string, unknown>, told: Told = {}): void {
  for (let turns = 0; turns < 60; turns += 1) {
    if (desk.plan.lookUp && desk.plan.lookUp.at <= desk.now) {
      desk.look(elsewhere(told))
      continue
    }
    const { question } = desk
    if (question === undefined || !(question in answers)) return
    const value = answers[question]
    const done =
      value === 'skip' ? desk.act(pat, { do: 'skip-question', question }) : desk.answer(question, value, by(question))
    expect(done, question).toMatchObject({ ok: true })
    if (desk.plan.question?.problem) return
  }
}

const by = (question: string) => (question === 'partner' || question === 'support-agrees' ? ana : pat)

function asked(answers: Record<string, unknown> = {}, told: Told = {}, options: CaseOptions = {}): TestCase {
  const desk = caseOf(numberMigration, { by: pat, payment: 'direct', ...options })
  answered(desk, { number: '+49 30 23125502', ...people, ...answers }, told)
  return desk
}

/** People confirm what no platform can tell. */
function attested(desk: TestCase, ...steps: string[]): void {
  for (const step of steps) expect(desk.act(pat, { do: 'attest', step }), step).toMatchObject({ ok: true })
}

function ticked(desk: TestCase, ...steps: string[]): void {
  for (const step of steps) expect(desk.act(pat, { do: 'tick', step }), step).toMatchObject({ ok: true })
}

const onlyPeople = ['meta-admin', 'website-right', 'line-reachable', 'cloud-enabled']

/** Everything is ready and nobody wants a session. */
function ready(answers: Record<string, unknown> = {}, told: Told = {}): TestCase {
  const desk = asked(answers, told)
  attested(desk, ...onlyPeople)
  expect(desk.outcome('ready')).toBe('passed')
  answered(desk, { session: 'skip' }, told)
  return desk
}

const destination = (ageHours: number, more: Partial<Facts['destination']> = {}): Told => ({
  destination: {
    id: '9',
    name: 'Delphin Sport 360',
    ownerBusinessId: business,
    primaryFundingId: '77',
    createdAt: new Date(start - ageHours * hour).toISOString(),
    ...more,
  },
  subscriptions: { count: 1, apps: [] },
})

const here: Told = { channel: { id: 'Ab1CH', clientId: 'Ab1CL', phone: '493023125502' } }
const live: Told = {
  channel: { ...here.channel, status: 'ready', accountMode: 'live', hubStatus: 'live' },
  phone: { id: '3', isPinEnabled: true, status: 'CONNECTED' },
}

test('a number comes over: checked by the platforms, imported by the client, live, compared', () => {
  const desk = asked()
  expect(desk.plan.ready).toBe(true)
  for (const step of [
    'meta-owner',
    'business-verified',
    'two-step-off',
    'name-approved',
    'source-live',
    'website-live',
  ]) {
    expect(desk.outcome(step), step).toBe('passed')
  }
  for (const step of ['not-in-the-app', 'redirect-url', 'templates-come-along', 'not-at-360dialog']) {
    expect(desk.outcome(step), step).toBe('passed')
  }
  expect(['on-premises', 'badge-stays', 'extra-nine', 'volume-planned'].map((step) => desk.status(step))).toEqual(
    Array(4).fill('hidden'),
  )
  expect(desk.status('ready')).toBe('blocked')
  attested(desk, ...onlyPeople)
  expect(desk.outcome('ready')).toBe('passed')

  answered(desk, { session: 'ticket', 'session-on': '2026-03-12' })
  expect([desk.status('support-session'), desk.status('share-signup-link')]).toEqual(['open', 'hidden'])
  desk.act(ana, { do: 'tick', step: 'support-session' })
  ticked(desk, 'import-number', 'enter-number', 'create-waba')
  answered(desk, { 'destination-waba': '182240617739508' }, destination(5))
  for (const step of ['same-business', 'waba-is-new', 'destination-can-pay']) expect(desk.outcome(step)).toBe('passed')
  expect(desk.question).toBeUndefined()
  ticked(desk, 'confirm-waba')
  desk.look(elsewhere({ ...destination(5), ...here }))
  expect(desk.outcome('number-submitted')).toBe('passed')
  expect([desk.status('twelve-hours-left'), desk.status('live')]).toEqual(['hidden', 'open'])

  desk.look(elsewhere({ ...destination(5), ...live, permission: { apiKey: 'missing' } }))
  expect(desk.outcome('live')).toBe('passed')
  expect([desk.outcome('two-step-off'), desk.outcome('source-live')]).toEqual(['passed', 'passed'])
  expect([desk.outcome('compare'), desk.status('recreate-templates')]).toEqual(['passed', 'hidden'])
  desk.look(elsewhere({ ...destination(5), ...live, permission: { apiKey: 'shared' } }))
  expect(desk.outcome('grant-permission')).toBe('done')
  ticked(desk, 'make-api-key', 'relink-catalog', 'two-step-again')
  expect(desk.act(pat, { do: 'skip', step: 'end-old-contract', reason: 'It runs out anyway' }).ok).toBe(true)
  expect(desk.state.closed).toMatchObject({ outcome: 'done' })
})

test('Meta shows us nothing: people attest, by name, and a fact that comes later outweighs them', () => {
  const desk = asked({ 'source-waba': 'skip', website: 'skip' }, nothing)
  expect(desk.plan.ready).toBe(true)
  attested(desk, ...onlyPeople, 'meta-owner', 'business-verified', 'name-approved', 'website-live', 'source-live')
  attested(desk, 'not-in-the-app', 'redirect-url', 'templates-come-along', 'two-step-off')
  expect(desk.outcome('two-step-off')).toBe('declared')
  expect(desk.outcome('ready')).toBe('passed')
  answered(desk, { session: 'skip' }, nothing)
  desk.look(elsewhere({ ...nothing, phone: { isPinEnabled: true } }))
  expect([desk.status('two-step-off'), desk.act(pat, { do: 'attest', step: 'two-step-off' })]).toMatchObject([
    'open',
    { why: { code: 'cannot-attest' } },
  ])
})

describe('where the number is decides whether this is a migration (0.7)', () => {
  test.each([
    ['it is at 360dialog', {}, here, 'already-here'],
    ['it was there once', {}, { channel: { ...here.channel, terminatedAt: '2025-01-01T00:00:00Z' } }, undefined],
    ['another 360dialog account', { source: '360dialog' }, {}, 'at-360dialog'],
    ['nowhere on the API', { source: 'not_registered' }, {}, 'not-registered'],
    ['no country has that code', { number: '+999 123 4567' }, {}, 'unknown-country'],
    ['no Brazilian number', { number: '+55 11 1234' }, {}, 'not-brazilian'],
    [
      'the profile shows the other form',
      { number: '5511987654321', 'spelled-with-nine': 'without' },
      {},
      'other-spelling',
    ],
  ])('%s', (_, answers, told: Told, problem) => {
    expect(asked(answers, told).plan.question?.problem).toBe(problem)
  })

  test('360dialog does not answer, or another case is busy with it', () => {
    const desk = caseOf(numberMigration, { by: pat })
    desk.answer('number', '4930123456')
    desk.look({ ...elsewhere(), channel: broken })
    expect(desk.plan.question).toMatchObject({ problem: 'unreachable' })
    desk.look(elsewhere(), { busy: 'PD-7' })
    expect(desk.plan.question).toMatchObject({ problem: 'busy' })
  })
})

test('support opens the case: it says for whom, and that partner is asked in its own Hub', () => {
  const desk = caseOf(numberMigration, { by: ana, partners: ['brightline', 'nordwind'] })
  desk.answer('number', '493023125502')
  desk.look(elsewhere())
  expect(desk.question).toBe('partner')
  expect(desk.answer('partner', 'brightline', pat)).toMatchObject({ why: { code: 'not-your-role' } })
  desk.answer('partner', 'nordwind')
  expect(desk.plan.lookUp?.at).toBe(desk.now)
  expect(desk.plan.lookUp?.names).toContain('channel')
  desk.look(elsewhere(), { partner: 'nordwind', payment: 'partner' })
  expect(desk.question).toBe('source')
})

describe('the extra 9 of Brazil', () => {
  test.each([
    ['5511987654321', { with: '+55 11 98765-4321', without: '+55 11 8765-4321', entered: 'with' }],
    ['551187654321', { with: '+55 11 98765-4321', without: '+55 11 8765-4321', entered: 'without' }],
    ['551130000102', undefined],
    ['493023125502', undefined],
  ])('%s', (digits, spellings) => expect(spellingsOf(digits)).toEqual(spellings))

  test.each([
    ['5511987654321', true],
    ['551130000102', true],
    ['5511887654321', false],
    ['55119876543', false],
  ])('%s has the form of a Brazilian number: %s', (digits, good) => expect(hasBrazilianForm(digits)).toBe(good))

  test('both spellings are shown, and the one of the profile is kept', () => {
    const desk = caseOf(numberMigration, { by: pat, payment: 'direct' })
    answered(desk, { number: '551187654321' })
    expect(desk.plan.question).toMatchObject({
      question: { id: 'spelled-with-nine' },
      shows: { long: '+55 11 98765-4321', short: '+55 11 8765-4321', entered: '+55 11 8765-4321' },
    })
    answered(desk, { 'spelled-with-nine': 'with' })
    expect(desk.plan.question).toMatchObject({ problem: 'other-spelling' })
    desk.answer('number', '5511987654321')
    answered(desk, { ...people, 'spelled-with-nine': 'with' })
    expect(desk.plan.steps.find(({ step }) => step.id === 'extra-nine')).toMatchObject({
      outcome: 'passed',
      finding: { evidence: { spelling: '+55 11 98765-4321' } },
    })
  })
})

test('every country has a calling code that is known here, and nothing else has', () => {
  for (const country of getCountries()) {
    const code = getCountryCallingCode(country)
    expect(code.startsWith(callingCodeOf(`${code}5551234`) ?? '-'), country).toBe(true)
  }
  for (const digits of ['9991234567', '2101234567', '0301234567']) expect(callingCodeOf(digits)).toBeUndefined()
})

describe('what speaks against a move, as a platform tells it', () => {
  test.each<[string, string, Told, string, Record<string, unknown>]>([
    [
      'on behalf of the client',
      'meta-owner',
      { account: { ownershipType: 'ON_BEHALF_OF' } },
      'fail',
      { ownership: 'obo' },
    ],
    ['business in review', 'business-verified', { business: { verificationStatus: 'pending' } }, 'fail', {}],
    ['business failed', 'business-verified', { business: { verificationStatus: 'failed' } }, 'fail', {}],
    ['PIN set', 'two-step-off', { phone: { isPinEnabled: true } }, 'fail', { is_pin_enabled: true }],
    ['name declined', 'name-approved', { phone: { nameStatus: 'DECLINED' } }, 'fail', { name_status: 'DECLINED' }],
    ['name changes', 'name-approved', { phone: { newNameStatus: 'PENDING_REVIEW' } }, 'fail', {}],
    ['name not reviewed', 'name-approved', { phone: { nameStatus: 'AVAILABLE_WITHOUT_REVIEW' } }, 'warn', {}],
    ['website is down', 'website-live', { website: { reachable: false, words: 'it answers with 404' } }, 'fail', {}],
    [
      'account in review',
      'source-live',
      { account: { reviewStatus: 'PENDING' } },
      'fail',
      { review_status: 'PENDING' },
    ],
    ['number restricted', 'source-live', { phone: { status: 'RESTRICTED' } }, 'fail', { status: 'RESTRICTED' }],
    ['test number', 'not-in-the-app', { phone: { accountMode: 'SANDBOX' } }, 'fail', { account_mode: 'SANDBOX' }],
    ['in the app', 'not-in-the-app', { phone: { isOnBizApp: true } }, 'fail', { on_biz_app: true }],
    ['no Redirect URL', 'redirect-url', { partner: { redirectUrl: '' } }, 'warn', {}],
    ['some templates stay', 'templates-come-along', { templates: { total: 5 } }, 'warn', { templates_staying: 3 }],
  ])('%s', (_, step, told, result, evidence) => {
    const planned = asked({}, told).plan.steps.find((each) => each.step.id === step)
    expect(planned).toMatchObject({ status: 'open', finding: { result, evidence } })
  })

  test('an unknown word of a platform is no pass', () => {
    const desk = asked({}, { business: { verificationStatus: 'brand_new' } })
    expect(desk.status('business-verified')).toBe('open')
  })
})

test('templates that come along are named, and what keeps the others', () => {
  const desk = asked(
    {},
    {
      templates: {
        total: 30,
        eligible: 1,
        coming: ['order_update'],
        staying: [
          { name: 'feedback', why: 'YELLOW' },
          { name: 'winter_offer', why: 'REJECTED' },
        ],
      },
    },
  )
  const planned = desk.plan.steps.find(({ step }) => step.id === 'templates-come-along')
  expect(planned?.step.says?.(desk.plan.view)).toEqual({
    coming: 1,
    staying: 29,
    come: 'order_update',
    stay: 'feedback (YELLOW), winter_offer (REJECTED) +27',
  })
  attested(desk, 'templates-come-along')
  expect(desk.outcome('templates-come-along')).toBe('declared')
})

test('a corrected account id has everything behind it looked up and attested again', () => {
  const desk = asked({ 'source-waba': 'skip' }, nothing)
  attested(desk, 'meta-admin', 'meta-owner', 'two-step-off')
  expect(desk.answer('source-waba', '191130482257714').ok).toBe(true)
  expect(desk.plan.lookUp?.at).toBe(desk.now)
  desk.look(elsewhere({ phone: { isPinEnabled: true } }))
  expect([desk.outcome('meta-owner'), desk.status('two-step-off'), desk.outcome('meta-admin')]).toEqual([
    'passed',
    'open',
    'declared',
  ])
})

describe('the old provider does not switch two-step off', () => {
  const refused = () => {
    const desk = asked({}, { phone: { isPinEnabled: true } })
    expect(desk.wait('PT24H')).toContainEqual({ type: 'reminded', data: { step: 'two-step-off' } })
    expect(desk.status('report-obstruction')).toBe('hidden')
    expect(desk.wait('PT48H')).toContainEqual({ type: 'escalated', data: { step: 'two-step-off' } })
    expect(desk.question).toBe('refusal')
    return desk
  }

  test('after three days somebody is asked, and support takes it up, reminded daily', () => {
    const desk = refused()
    answered(desk, { refusal: 'yes', 'refused-since': '2026-03-11' }, { phone: { isPinEnabled: true } })
    expect(desk.status('report-obstruction')).toBe('open')
    expect(desk.wait('PT24H')).toContainEqual({ type: 'reminded', data: { step: 'report-obstruction' } })
    expect(desk.act(pat, { do: 'tick', step: 'report-obstruction' })).toMatchObject({ why: { code: 'not-your-role' } })
    expect(desk.act(ana, { do: 'tick', step: 'report-obstruction' }).ok).toBe(true)
    expect(desk.status('two-step-off')).toBe('open')
    desk.look(elsewhere())
    expect(desk.outcome('two-step-off')).toBe('passed')
  })

  test('it is off in the meantime: nobody has to report anything', () => {
    const desk = refused()
    answered(desk, { refusal: 'yes', 'refused-since': '2026-03-11' }, { phone: { isPinEnabled: true } })
    desk.look(elsewhere())
    expect(desk.status('report-obstruction')).toBe('hidden')
  })

  test('nobody refuses: it only takes longer', () => {
    const desk = refused()
    answered(desk, { refusal: 'no' }, { phone: { isPinEnabled: true } })
    expect([desk.question, desk.status('report-obstruction')]).toEqual([undefined, 'hidden'])
  })
})

describe('48 hours from the creation of the new account', () => {
  const created = (told: Told, answers: Record<string, unknown> = {}) => {
    const desk = ready()
    ticked(desk, 'import-number', 'enter-number', 'create-waba')
    answered(desk, { 'destination-waba': '182240617739508', ...answers }, told)
    return desk
  }
  const moment = (hours: number) => new Date(start + hours * hour).toISOString()

  test('are counted from what Meta says, with a warning after 36 and after 44', () => {
    const desk = created(destination(6))
    expect(desk.plan.steps.find(({ step }) => step.id === 'confirm-waba')?.dueAt).toBe(start + 42 * hour)
    expect(desk.wait(29 * hour)).not.toContainEqual({ type: 'arrived', data: { step: 'twelve-hours-left' } })
    expect(desk.plan.wakeAt).toBeLessThanOrEqual(start + 30 * hour)
    expect(desk.wait(hour)).toContainEqual({ type: 'arrived', data: { step: 'twelve-hours-left' } })
    const warning = desk.plan.steps.find(({ step }) => step.id === 'twelve-hours-left')
    expect(warning?.step.says?.(desk.plan.view)).toEqual({ until: moment(42) })
    expect(desk.wait(8 * hour)).toContainEqual({ type: 'arrived', data: { step: 'four-hours-left' } })
    expect(desk.outcome('waba-is-new')).toBe('passed')
  })

  test('are over: another new account is needed, and its own hours count', () => {
    const desk = created(destination(6))
    ticked(desk, 'confirm-waba')
    desk.wait(43 * hour)
    expect(desk.plan.steps.find(({ step }) => step.id === 'waba-is-new')).toMatchObject({
      status: 'open',
      finding: { result: 'fail', evidence: { waba_created: moment(-6) } },
    })
    expect(desk.act(pat, { do: 'attest', step: 'waba-is-new' })).toMatchObject({ why: { code: 'cannot-attest' } })
    desk.answer('destination-waba', '182240617739509')
    answered(desk, {}, destination(-42))
    expect(desk.outcome('waba-is-new')).toBe('passed')
    expect([desk.status('confirm-waba'), desk.status('twelve-hours-left')]).toEqual(['open', 'open'])
    expect(desk.plan.steps.find(({ step }) => step.id === 'confirm-waba')?.dueAt).toBe(start + 90 * hour)
  })

  test('are counted from what people say when Meta does not', () => {
    const desk = created({}, { 'destination-waba': 'skip', 'waba-age': 40 })
    expect(desk.outcome('waba-is-new')).toBe('passed')
    expect(desk.outcome('twelve-hours-left')).toBe('passed')
    expect(desk.status('four-hours-left')).toBe('open')
    attested(desk, 'same-business', 'destination-can-pay')
    expect(desk.plan.steps.find(({ step }) => step.id === 'confirm-waba')?.dueAt).toBe(start + 8 * hour)
    desk.wait(hour)
    desk.answer('waba-age', 0)
    expect(desk.plan.steps.find(({ step }) => step.id === 'confirm-waba')?.dueAt).toBe(desk.now + 48 * hour)
  })

  test('only warn about an account that existed before', () => {
    const desk = ready(
      { 'waba-mode': 'existing', 'destination-waba': '183351728840619', route: 'client_hub' },
      destination(60),
    )
    expect(desk.plan.steps.find(({ step }) => step.id === 'waba-is-new')).toMatchObject({
      status: 'open',
      finding: { result: 'warn' },
    })
    expect([desk.status('create-waba'), desk.status('twelve-hours-left')]).toEqual(['hidden', 'hidden'])
  })

  test('do not matter for an account of another business: that one cannot take the number', () => {
    const desk = created(destination(1, { ownerBusinessId: '999999999999999' }))
    expect(desk.plan.steps.find(({ step }) => step.id === 'same-business')?.finding?.result).toBe('fail')
    expect(desk.status('confirm-waba')).toBe('blocked')
  })

  test('the new account is not the old one', () => {
    const desk = ready()
    ticked(desk, 'import-number', 'enter-number', 'create-waba')
    desk.wait(1000)
    desk.answer('destination-waba', '191130482257714')
    answered(desk, {})
    expect(desk.plan.question?.problem).toBe('same-as-source')
  })
})

test('the code takes longer than an hour: support hears of it and opens a ticket with all ids', () => {
  const desk = ready()
  ticked(desk, 'import-number', 'enter-number', 'create-waba')
  answered(desk, { 'destination-waba': '182240617739508' }, destination(1))
  ticked(desk, 'confirm-waba')
  expect(desk.wait('PT1H')).toContainEqual({ type: 'escalated', data: { step: 'number-submitted' } })
  const ticket = desk.plan.steps.find(({ step }) => step.id === 'trouble-ticket')
  expect(ticket).toMatchObject({ status: 'open', owner: 'support' })
  expect(ticket?.step.says?.(desk.plan.view)).toMatchObject({ business, source: '191130482257714' })
})

test('a client without an account gets the link, and its account is found by the e-mail address', () => {
  const desk = ready({ 'hub-account': 'no' })
  expect(desk.status('import-number')).toBe('blocked')
  ticked(desk, 'share-signup-link')
  expect(desk.status('hub-account-made')).toBe('open')
  expect(desk.wait('P3D')).toContainEqual({ type: 'reminded', data: { step: 'hub-account-made' } })
  desk.look(elsewhere({ client: { id: 'dLpSp0rtCL', name: 'Delphin Sport', email: 'ops@delphin-sport.example' } }))
  expect(desk.outcome('hub-account-made')).toBe('passed')
  expect(desk.status('import-number')).toBe('open')
})

test('a client that 360dialog knows is not asked for its account', () => {
  const desk = caseOf(numberMigration, { by: pat, payment: 'direct' })
  const { 'hub-account': _, ...rest } = people
  answered(desk, { number: '493023125502', ...rest }, { client: { id: 'dLpSp0rtCL', email: people.email } })
  expect(desk.plan.questions.find(({ question }) => question.id === 'hub-account')?.status).toBe('known')
  expect(desk.plan.ready).toBe(true)
})

test('high volume is planned with support, an On-Premise source is watched, a badge is talked about', () => {
  const desk = asked(
    { 'high-volume': true, 'how-many': 40 },
    { phone: { platformType: 'ON_PREMISE', isOba: true }, templates: { total: 2 } },
  )
  expect([desk.status('volume-planned'), desk.status('on-premises'), desk.status('badge-stays')]).toEqual(
    Array(3).fill('open'),
  )
  expect(desk.act(pat, { do: 'attest', step: 'on-premises' })).toMatchObject({ why: { code: 'not-your-role' } })
  attested(desk, ...onlyPeople, 'badge-stays')
  expect(desk.status('ready')).toBe('blocked')
  desk.act(ana, { do: 'attest', step: 'on-premises' })
  desk.act(ana, { do: 'tick', step: 'volume-planned' })
  expect(desk.outcome('ready')).toBe('passed')
})

test('with Partner Payment the permission comes by itself, and no Redirect URL is needed', () => {
  const desk = caseOf(numberMigration, { by: pat, payment: 'partner' })
  answered(desk, { number: '493023125502', ...people })
  expect([desk.status('redirect-url'), desk.status('grant-permission')]).toEqual(['hidden', 'hidden'])
  expect(desk.status('permission-by-default')).toBe('blocked')
})

test('what differs after the arrival is seen by somebody within a day', () => {
  const desk = ready()
  ticked(desk, 'import-number', 'enter-number', 'create-waba')
  answered(desk, { 'destination-waba': '182240617739508' }, destination(1))
  ticked(desk, 'confirm-waba')
  const arrived = { ...live, phone: { ...live.phone, quality: 'YELLOW' }, templates: { total: 1, eligible: 0 } }
  desk.look(elsewhere({ ...destination(1), ...arrived }))
  expect(desk.plan.steps.find(({ step }) => step.id === 'compare')).toMatchObject({
    finding: { result: 'warn', evidence: { quality: 'YELLOW', templates_arrived: 1 } },
  })
  expect(desk.wait('PT24H')).toContainEqual({ type: 'escalated', data: { step: 'compare' } })
  attested(desk, 'compare')
  expect(desk.status('relink-catalog')).toBe('open')
})

test('a number that arrives before everything was ticked ends what it proves', () => {
  const desk = ready()
  desk.look(elsewhere({ ...here, phone: { isPinEnabled: true, status: 'PENDING' } }))
  for (const step of ['import-number', 'enter-number', 'create-waba']) expect(desk.outcome(step), step).toBe('done')
  expect(desk.outcome('two-step-off')).toBe('passed')
})

describe('a partner whose Meta app holds a token moves the number by calls', () => {
  const begun = () => {
    const desk = ready(
      { 'waba-mode': 'existing', 'destination-waba': '182240617739508', route: 'meta_api' },
      destination(5),
    )
    expect([desk.status('import-number'), desk.status('number-submitted'), desk.status('live')]).toEqual(
      Array(3).fill('hidden'),
    )
    expect([desk.status('client-agrees'), desk.status('begin-move')]).toEqual(['open', 'blocked'])
    attested(desk, 'client-agrees')
    return desk
  }

  test('support begins, the client types its code at Meta, the partner registers', () => {
    const desk = begun()
    expect(desk.act(pat, { do: 'start', step: 'begin-move' })).toMatchObject({ why: { code: 'not-your-role' } })
    desk.act(ana, { do: 'start', step: 'begin-move' })
    desk.write({ type: 'action-done', data: { step: 'begin-move', evidence: { phone_number_id: '55' } } })
    desk.act(pat, { do: 'start', step: 'request-code' })
    desk.write({ type: 'action-done', data: { step: 'request-code', evidence: { code_sent_by: 'SMS' } } })
    expect(desk.wait('PT1H')).toContainEqual({ type: 'escalated', data: { step: 'code-entered' } })
    const entry = { id: '55', status: 'PENDING', codeVerificationStatus: 'VERIFIED' }
    desk.look(elsewhere({ ...destination(5), arriving: entry }))
    expect(desk.outcome('code-entered')).toBe('passed')
    expect([desk.status('register-number'), desk.status('registered')]).toEqual(['open', 'blocked'])
    desk.act(pat, { do: 'start', step: 'register-number' })
    const moved = { phone: { status: 'MIGRATED' }, arriving: { ...entry, status: 'CONNECTED' } }
    desk.look(elsewhere({ ...destination(5), ...moved }))
    desk.write({ type: 'action-done', data: { step: 'register-number', evidence: { phone_number_id: '55' } } })
    expect(desk.outcome('register-number')).toBe('done')
    expect(desk.outcome('registered')).toBe('passed')
    expect([desk.outcome('source-live'), desk.status('grant-permission')]).toEqual(['passed', 'open'])
  })

  test('whoever registers in a system of its own has nothing to register here', () => {
    const desk = begun()
    desk.act(ana, { do: 'start', step: 'begin-move' })
    desk.write({ type: 'action-done', data: { step: 'begin-move', evidence: { phone_number_id: '55' } } })
    desk.act(pat, { do: 'start', step: 'request-code' })
    desk.write({ type: 'action-done', data: { step: 'request-code', evidence: { code_sent_by: 'SMS' } } })
    const entry = { id: '55', status: 'CONNECTED', codeVerificationStatus: 'VERIFIED' }
    desk.look(elsewhere({ ...destination(5), arriving: entry }))
    expect(desk.status('register-number')).toBe('hidden')
    expect(desk.outcome('registered')).toBe('passed')
  })

  test('Meta refuses: the reason stays visible, and it can be tried again', () => {
    const desk = begun()
    desk.act(ana, { do: 'start', step: 'begin-move' })
    desk.write({ type: 'action-failed', data: { step: 'begin-move', problem: 'Two-step verification is on' } })
    expect(desk.plan.steps.find(({ step }) => step.id === 'begin-move')?.state.action).toMatchObject({
      status: 'failed',
      problem: 'Two-step verification is on',
    })
    expect(desk.act(ana, { do: 'start', step: 'begin-move' }).ok).toBe(true)
  })

  test('is not offered when Meta does not show us the account', () => {
    const desk = ready({ 'waba-mode': 'existing', 'destination-waba': '182240617739508' })
    expect(desk.state.answers.route).toBeUndefined()
    expect(desk.status('import-number')).toBe('open')
  })
})

describe('the legacy way', () => {
  const opened = (told: Told = {}) => {
    const desk = caseOf(legacyMigration, { by: pat, payment: 'direct' })
    return { desk, answer: (answers: Record<string, unknown>) => answered(desk, answers, told) }
  }

  test('leads to Cloud API', () => {
    const { desk, answer } = opened()
    answer({ deployment: 'cloud' })
    expect(desk.plan.question).toMatchObject({ problem: 'cloud-way' })
  })

  test('goes on only when support agrees, and ends with the advice to move to Cloud API', () => {
    const { desk, answer } = opened({ phone: { platformType: 'ON_PREMISE' } })
    answer({ deployment: 'legacy', number: '493023125502' })
    expect(desk.question).toBe('support-agrees')
    expect(desk.answer('support-agrees', 'yes', pat)).toMatchObject({ why: { code: 'not-your-role' } })
    answer({ 'support-agrees': 'yes', 'solution-partner': 'yes', 'source-waba': '191130482257714', website: 'skip' })
    expect(desk.plan.ready).toBe(true)
    attested(desk, 'meta-admin', 'line-reachable', 'website-live', 'website-right')
    ticked(desk, 'submit-number')
    expect(desk.wait('P3D')).toContainEqual({ type: 'reminded', data: { step: 'accept-request' } })
    ticked(desk, 'accept-request')
    expect(desk.wait('PT1H')).toContainEqual({ type: 'escalated', data: { step: 'enter-code' } })
    ticked(desk, 'enter-code')
    expect(desk.wait('PT1H')).toContainEqual({ type: 'escalated', data: { step: 'set-up' } })
    desk.look(elsewhere(here))
    ticked(desk, 'make-api-key')
    desk.act(ana, { do: 'attest', step: 'cloud-advised' })
    expect(desk.state.closed).toMatchObject({ outcome: 'done' })
  })

  test.each([
    ['a number on Cloud API', {}, {}, 'on-cloud'],
    ['the notice in WhatsApp Web', { 'whatsapp-web': 'secure_service_text' }, { phone: null }, 'on-cloud'],
    ['an account in sandbox mode', { 'account-mode': 'sandbox', 'whatsapp-web': 'other' }, { phone: null }, 'sandbox'],
  ])('is closed to %s', (_, more, told: Told, problem) => {
    const { desk, answer } = opened(told)
    const answers = { deployment: 'legacy', number: '493023125502', 'support-agrees': 'yes', 'solution-partner': 'no' }
    answer({ ...answers, 'source-waba': 'skip', 'meta-business': business, 'whatsapp-web': 'other', ...more })
    expect(desk.plan.question?.problem).toBe(problem)
  })
})

const procedures = new URL('../../../shared/procedures.md', import.meta.url)
const present = existsSync(procedures)
if (!present) console.warn('procedures.md is not here: its rows are not compared')

test.skipIf(!present).each([
  ['nm', numberMigration, leftOut],
  ['nmo', legacyMigration, leftOutOfLegacy],
] as const)('every row %s-… is in its flow or left out with a reason', (prefix, flow, without) => {
  const rows = [...readFileSync(procedures, 'utf8').matchAll(/^\| ([a-z]+)-([a-z0-9-]+) \|/gm)]
    .filter(([, kind]) => kind === prefix)
    .map(([, kind, rest]) => `${kind}-${rest}`)
  const told = new Set([...flow.questions, ...flow.steps].map(({ ref }) => ref))
  expect(rows.filter((row) => !told.has(row) && !(row in without))).toEqual([])
  expect(Object.keys(without).filter((row) => told.has(row))).toEqual([])
})
