import { expect, test } from 'vitest'
import { openStage, type Stage } from '../../kit/stage.ts'
import { fromMeta } from './posts.ts'
import { allHeard, allTold, readIn, unhandled } from './rooms.ts'

const acme = { phone: '493023125101', waba: '104726318850943' }
const retail = { phone: '494066969101', waba: '149022863350718' }

/** Meta tells something, and the desk has heard it. Each webhook is a second younger than the one before. */
async function meta(stage: Stage, entry: string, field: string, value: Record<string, unknown>): Promise<void> {
  await stage.clock.advance('PT1S')
  const at = Math.floor(stage.sandbox.clock.now() / 1000)
  await stage.world({ event: fromMeta(entry, field, value, at) })
  await allHeard(stage)
}

const quality = (stage: Stage, event: string, { phone, waba } = acme) =>
  meta(stage, waba, 'phone_number_quality_update', { display_phone_number: phone, event })
const failed = (stage: Stage, code: number, { phone, waba } = acme) =>
  meta(stage, waba, 'messages', {
    metadata: { display_phone_number: phone },
    statuses: [
      { status: 'failed', timestamp: String(Math.floor(stage.sandbox.clock.now() / 1000)), errors: [{ code }] },
    ],
  })
const template = (stage: Stage, event: string, { waba } = acme) =>
  meta(stage, waba, 'message_template_status_update', {
    event,
    message_template_name: 'order_update',
    message_template_language: 'de',
  })
const account = (stage: Stage, state: string, { waba } = acme) =>
  meta(stage, waba, 'account_update', { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: state } })

/** After so long, everything that was due has been told. */
async function later(stage: Stage, time: string): Promise<void> {
  await stage.clock.advance(time)
  await allTold(stage)
}

/** The messages of the channel itself; `broadcast` ones stand in their thread, too. */
function alerts({ sandbox }: Stage) {
  const all = sandbox.state().slack.channels.find(({ id }) => id === 'C0ALERTS')?.messages ?? []
  return {
    roots: all.filter(({ thread_ts }) => thread_ts === undefined).length,
    inThread: all.filter(({ thread_ts, broadcast }) => thread_ts !== undefined && !broadcast).length,
    inChannel: all.filter(({ broadcast }) => broadcast).length,
  }
}

const desk = (stage: Stage) => readIn(stage, 'desk')

test('What is wrong with one number is one message; more of it goes below, what is worse into the channel, and its end closes it', async () => {
  await using stage = await openStage({ notices: true })
  await quality(stage, 'FLAGGED')
  await later(stage, 'PT6S')
  await quality(stage, 'DOWNGRADE')
  await quality(stage, 'FLAGGED')
  await later(stage, 'PT16M')
  expect(alerts(stage)).toEqual({ roots: 1, inThread: 1, inChannel: 0 })
  expect(desk(stage)[0]).toMatch(/\+49 30 23125101: 2 things[\s\S]*Warning[\s\S]*Seen 2 times/)

  await failed(stage, 131031)
  await later(stage, 'PT6S')
  expect(alerts(stage)).toEqual({ roots: 1, inThread: 1, inChannel: 1 })
  expect(desk(stage).at(-1)).toMatch(/This got worse: Number \+49 30 23125101 cannot send/)
  expect(desk(stage)[0]).toMatch(/Critical/)
})

test('A problem that has ended closes its message, and the next one is a new message', async () => {
  await using stage = await openStage({ notices: true })
  const { ana } = stage
  await quality(stage, 'FLAGGED')
  await later(stage, 'PT6S')
  await quality(stage, 'UNFLAGGED')
  await later(stage, 'PT16M')
  expect(desk(stage)[0]).toMatch(/not flagged any more[\s\S]*Resolved/)
  expect(desk(stage)[1]).toMatch(/Resolved: /)
  expect(ana.buttons(/not flagged any more[\s\S]*Resolved/)).toEqual(['Details'])
  await later(stage, 'PT16M')
  await quality(stage, 'FLAGGED')
  await later(stage, 'PT6S')
  expect(alerts(stage)).toEqual({ roots: 2, inThread: 1, inChannel: 0 })
})

test('Something critical is told again each half hour until somebody acknowledges it, and comes back the next day', async () => {
  await using stage = await openStage({ notices: true })
  const { ana } = stage
  await failed(stage, 131031)
  await later(stage, 'PT6S')
  await later(stage, 'PT30M')
  expect(alerts(stage)).toEqual({ roots: 1, inThread: 0, inChannel: 1 })
  expect(desk(stage).at(-1)).toMatch(/Still open, and nobody has acknowledged it/)
  await ana.presses('Acknowledge', /Still open/)
  await allTold(stage)
  expect(desk(stage)[0]).toMatch(/acknowledged by Ana/)
  await later(stage, 'PT3H')
  expect(alerts(stage).inChannel).toBe(1)
  await later(stage, 'PT22H')
  expect(alerts(stage).inChannel).toBe(2)
  expect(desk(stage).at(-1)).toMatch(/Still not solved[\s\S]*acknowledged by Ana/)
})

test('What somebody has muted is told nowhere; the mute says why, is listed, and can be ended', async () => {
  await using stage = await openStage({ notices: true })
  const { ben, paula } = stage
  await ben.says('/portdesk mute +49 30 23125101 for 3d it is being moved')
  await ben.sees(/Quiet until[\s\S]*it is being moved/)
  await quality(stage, 'FLAGGED')
  await later(stage, 'PT16M')
  expect(alerts(stage).roots).toBe(0)
  expect(paula.canSee(/Quality problem/)).toBe(false)
  expect(await stage.ask(`select outcome from inbox where source = 'meta'`)).toEqual([{ outcome: 'muted' }])
  await ben.says('/portdesk mutes')
  await ben.presses(/^End #1/, /1 mute[\s\S]*by Ben[\s\S]*it is being moved/)
  await ben.sees(/Nothing is muted/)
  await quality(stage, 'DOWNGRADE')
  await later(stage, 'PT6S')
  await paula.sees(/Its limit was lowered/)
})

test('What was told already is quiet while it is muted, shows its end, and is told again when the mute is ended', async () => {
  await using stage = await openStage({ notices: true })
  const { ben } = stage
  await failed(stage, 131031)
  await quality(stage, 'FLAGGED', retail)
  await later(stage, 'PT6S')
  await ben.says('/portdesk mute Meta for 3d they are looking into it')
  await ben.sees(/Quiet until/)
  await later(stage, 'PT2H')
  await quality(stage, 'UNFLAGGED', retail)
  await later(stage, 'PT6S')
  expect(alerts(stage)).toEqual({ roots: 2, inThread: 0, inChannel: 0 })
  expect(desk(stage).join()).toMatch(/not flagged any more[\s\S]*Resolved/)
  await ben.says('/portdesk mutes')
  await ben.presses(/^End #1/, /1 mute/)
  await later(stage, 'PT1M')
  expect(alerts(stage).inChannel).toBe(1)
  expect(desk(stage).at(-1)).toMatch(/Still open/)
})

test('An account that is disabled silences its templates and its quality until it is back', async () => {
  await using stage = await openStage({ notices: true })
  const { paula } = stage
  await account(stage, 'DISABLE')
  await template(stage, 'PAUSED')
  await quality(stage, 'FLAGGED')
  await quality(stage, 'FLAGGED', retail)
  await later(stage, 'PT16M')
  await paula.sees(/WhatsApp account 104726318850943 was disabled/)
  expect(paula.canSee(/Template order_update|Quality problem/)).toBe(false)
  expect(readIn(stage, 'NordwnPA').join()).toMatch(/Quality problem/)
  await account(stage, 'REINSTATE')
  await template(stage, 'REJECTED')
  await later(stage, 'PT16M')
  await paula.sees(/Template order_update \(de\) was rejected/)
})

test('A channel of the desk subscribes to what only partners hear, and a partner to nothing of another', async () => {
  await using stage = await openStage({ notices: true })
  const { cleo, nils, paula } = stage
  await template(stage, 'REJECTED')
  await later(stage, 'PT6S')
  await paula.sees(/Template order_update \(de\) was rejected/)
  await cleo.says('/portdesk subscribe templates @DE')
  await cleo.sees(/This room hears of: Templates/)
  await nils.says('/subscribe')
  await nils.presses('Everything', /What shall this room hear of/)
  await nils.sees(/This room hears of: Everything/)
  await template(stage, 'PAUSED')
  await later(stage, 'PT16M')
  await cleo.sees(/Template order_update \(de\) is paused/)
  expect(nils.canSee(/order_update|Acme GmbH|23125101|104726318850943/)).toBe(false)
})

test('While 360dialog does not answer, what is about strangers waits, and what is about known numbers does not', async () => {
  await using stage = await openStage({ notices: true })
  await quality(stage, 'FLAGGED')
  await later(stage, 'PT1M')
  await stage.world({ fault: { system: 'hub', path: '', kind: '500' } })
  const time = Math.floor(stage.sandbox.clock.now() / 1000)
  const entry = Array.from({ length: 250 }, (_, n) => ({
    id: `7009${n}`,
    time,
    changes: [
      { field: 'phone_number_quality_update', value: { display_phone_number: `4930999${n}`, event: 'FLAGGED' } },
    ],
  }))
  await stage.world({ event: { system: 'meta', payload: { object: 'whatsapp_business_account', entry } } })
  const waiting = async () => Number((await stage.ask(`select ${unhandled} as n`))[0]?.n)
  await expect.poll(waiting).toBe(250)

  const value = { display_phone_number: retail.phone, event: 'FLAGGED' }
  await stage.world({ event: fromMeta(retail.waba, 'phone_number_quality_update', value, time) })
  const handled = `select handled_at is not null as handled from inbox where body like '%${retail.phone}%'`
  await expect.poll(() => stage.ask(handled)).toEqual([{ handled: true }])
  await stage.clock.advance('PT6S')
  await expect.poll(() => desk(stage).length).toBe(2)
  expect(desk(stage)[1]).toContain('+49 40 66969101')
  expect(await waiting()).toBe(250)
})

test('What helps next is one press away: a case with the number filled in', async () => {
  await using stage = await openStage({ notices: true })
  const { paula } = stage
  await meta(stage, acme.waba, 'security', { display_phone_number: acme.phone, event: 'PIN_CHANGED' })
  await later(stage, 'PT6S')
  await paula.presses(/^Start: /, /two-step verification is on/)
  await paula.presses('Yes', /admin access/)
  await paula.sees(/PD-1 · Switch off two-step verification\n\+49 30 23125101/)
})
