import { expect, test } from 'vitest'
import { openStage, type Stage } from '../kit/stage.ts'

const number = '+49 30 23125501'
const source = '191130482257714'
/** Made five hours before the story begins. */
const destination = '182240617739508'

/** Paula answers what no platform can tell. */
async function openMigration({ paula, sandbox, world }: Stage, phone = number): Promise<void> {
  // A long talk in a short time: Telegram would slow it down.
  await world({ limits: { rate: false } })
  await paula.says(`/new number-migration ${phone}`)
  await paula.presses('At another provider', /Where is the number now/)
  await paula.sees(/What is the old provider called/)
  await paula.says('Weltfunk')
  await paula.sees(/What is the id of the WhatsApp account that the number is in now/)
  await paula.says(source)
  await paula.sees(/Which website/)
  await paula.says(`${new URL(sandbox.url).host}/site/dLpSp0rtCL`)
  await paula.sees(/contact e-mail/)
  await paula.says('ops@delphin-sport.example')
}

async function answerTheRest({ paula }: Stage, account: 'A new one' | 'An existing one'): Promise<void> {
  await paula.presses(account, /new WhatsApp account or into an existing one/)
  if (account === 'A new one') await paula.presses('Skip', /Which WhatsApp accounts/)
  await paula.presses('SMS', /six-digit code reach/)
  await paula.presses('No', /send a lot of messages/)
  await paula.presses('Yes', /What comes along and what stays/)
}

/** The transcript without ports, random ids, and which of two readings was a moment newer. */
const withoutChance = ({ transcript, sandbox }: Stage): string =>
  transcript()
    .replaceAll(new URL(sandbox.url).host, '<site>')
    .replace(/channel: \w+CH/g, 'channel: <id>')
    .replace(/\(checked <ago> · [^)]*\)/g, '(checked <ago>)')

const onlyPeople = ['The client is admin', 'It is right', 'The line is free', 'It is enabled', 'We keep the texts']

test('A number comes to 360dialog, from the first question to the day after', async () => {
  await using stage = await openStage()
  const { paula, ana, clock, world } = stage
  await openMigration(stage)
  await answerTheRest(stage, 'A new one')

  const card = await paula.sees(/PD-1 · Bring a number to 360dialog\n[\s\S]*two-step PIN set: yes/)
  expect(card).toMatch(/3 come along: order_update, pickup_ready, delivery_promo/)
  expect(card).toMatch(/summer_sale \(RED\)/)
  expect(card).toMatch(/winter_offer \(REJECTED\)/)
  await ana.sees(/PD-1 · Bring a number to 360dialog[\s\S]*Brightline/)
  for (const button of onlyPeople) await paula.presses(button, /PD-1 · Bring a number/)
  await world({ pin: { phone: number, enabled: false } })
  await paula.sees(/✓ Two-step verification is off/)
  await paula.sees(/Everything is ready for the move/)
  await paula.presses('Skip', /support session/)

  await paula.presses('Done: Import started in the Client Hub', /PD-1/)
  await paula.presses(/^Done/, /Next: Enter number and Meta ID/)
  await paula.presses(/^Done/, /Next: Create the new WhatsApp account/)
  await paula.sees(/What is the id of the WhatsApp account that the number moves to/)
  await paula.says(destination)
  await paula.sees(/Next: Confirm the new account on the Migration Screen/)
  await clock.advance('PT31H')
  await paula.sees(/The new account is 36 hours old/)
  await clock.advance('PT8H')
  await paula.sees(/The new account is 44 hours old/)
  await paula.presses(/^Done/, /Confirm the new account on the Migration Screen/)

  await world({ imported: { phone: number, waba: destination } })
  await paula.sees(/The number has arrived at 360dialog/)
  await clock.advance('PT1M')
  await paula.sees(/The number is live at 360dialog/)
  await world({ permission: { phone: number, shared: true } })
  await paula.sees(/The partner can make the API key/)
  await paula.presses(/^Done/, /Next: Make the API key/)
  await clock.advance('P3D')
  await paula.sees(/Still open: Link the catalog again/)
  await stage.quiet()
  await paula.presses('Done: Missing templates made again', /PD-1 · Bring a number/)
  await paula.presses('Done: Catalog linked again', /PD-1 · Bring a number/)
  await paula.presses('Done: Contract with the old provider ended', /PD-1 · Bring a number/)
  await stage.quiet()
  await ana.presses('Done: Two-step switched on again', /PD-1 · Bring a number/)
  await paula.sees(/Done\. The number is at 360dialog/)
  await ana.sees(/PD-1 · Bring a number[\s\S]*32\/32 {2}· {2}Done/)
  await stage.quiet()
  expect(withoutChance(stage)).toMatchSnapshot()
})

test('The old provider refuses to switch two-step off: support takes it up, and in the end the client stays where it is', async () => {
  await using stage = await openStage()
  const { paula, ana, clock } = stage
  await openMigration(stage)
  await answerTheRest(stage, 'A new one')
  await paula.sees(/PD-1 · Bring a number to 360dialog\n[\s\S]*two-step PIN set: yes/)
  await clock.advance('PT72H')
  await ana.sees(/Overdue: Switch off two-step verification/)
  await paula.presses('Yes', /refuse or delay to switch two-step/)
  await paula.sees(/Since when/)
  await paula.says('2026-11-20')
  await ana.sees(/Weltfunk has refused or delayed it since/)
  expect(paula.buttons(/PD-1 · Bring a number/)).not.toContain('Done: Refusal reported')
  await ana.presses(/^Done: Refusal reported/, /PD-1/)
  await paula.sees(/The refusal is with 360dialog/)
  await paula.presses('Cancel case', /PD-1 · Bring a number/)
  await paula.presses('Cancel the case', /Cancel PD-1/)
  await ana.sees(/Paula \(Brightline\) cancelled this case|Paula cancelled this case/)
})

test('A number that is not to be migrated is told so, and a talk that nobody finishes expires', async () => {
  await using stage = await openStage()
  const { paula, clock } = stage
  await paula.says('/new number-migration +49 30 23125101')
  await paula.sees(/This number is at 360dialog already/)
  await paula.says('+999 123 4567')
  await paula.sees(/No country has that calling code/)
  await paula.says('+55 11 97654-9999')
  await paula.sees(/\+55 11 97654-9999 or \+55 11 7654-9999/)
  await paula.presses('Without the extra 9', /present WhatsApp profile/)
  await paula.sees(/but the profile shows the other form/)
  await paula.presses('With the extra 9', /present WhatsApp profile|other form/)
  await paula.presses('Not on the WhatsApp API', /Where is the number now/)
  await paula.sees(/Then this is no migration/)
  await clock.advance('P8D')
  await paula.sees(/expired|closed because nobody/i)
})

test('Support moves a number by calls to Meta: Meta refuses once, then the client types its code at Meta', async () => {
  await using stage = await openStage()
  const { paula, ana, world, clock } = stage
  const phone = '+49 30 23125502'
  await openMigration(stage, phone)
  await answerTheRest(stage, 'An existing one')
  await paula.sees(/What is the id of the WhatsApp account that the number moves to/)
  await paula.says(source)
  await paula.sees(/That is the account that the number is in now/)
  await paula.says(destination)
  await paula.presses('Through our Meta app', /How does the number come over/)
  for (const button of onlyPeople) await paula.presses(button, /PD-1 · Bring a number/)
  await paula.presses('Skip', /support session/)
  await paula.presses('The client agrees', /PD-1/)

  await world({ payment: { waba: destination, ok: false } })
  await ana.presses('Do it', /PD-1 · Bring a number/)
  await ana.sees(/has no payment account/)
  await world({ payment: { waba: destination, ok: true } })
  await ana.presses('Do it', /PD-1 · Bring a number/)
  await paula.sees(/The move has begun/)
  await paula.presses('Do it', /PD-1 · Bring a number/)
  await paula.presses('Do it', /Meta sends a six-digit code to \+49 30 23125502 by SMS/)
  await paula.sees(/Type it at Meta, never here/)

  const atMeta = metaOf(stage)
  const entry = await atMeta.entry(phone)
  await atMeta.post(`${entry}/verify_code`, { code: '123456' })
  await clock.advance('PT2M')
  await paula.sees(/Next: Register the number/)
  await atMeta.post(`${entry}/register`, { messaging_product: 'whatsapp', pin: '202611' })
  await clock.advance('PT2M')
  await paula.sees(/The number is served from its new account now/)
})

/** What the client and its partner do at Meta, without us. */
function metaOf({ sandbox }: Stage) {
  const call = async (path: string, body?: Record<string, string>) => {
    const answer = await fetch(`${sandbox.url}/graph/v26.0/${path}`, {
      headers: { authorization: `Bearer ${sandbox.env.GRAPH_TOKEN}`, 'content-type': 'application/json' },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    })
    const result: unknown = await answer.json()
    if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(result)}`)
    return result
  }
  return {
    post: call,
    async entry(phone: string): Promise<string> {
      const { data } = (await call(`${destination}/phone_numbers`)) as { data: Record<string, string>[] }
      const found = data.find((row) => row.display_phone_number?.replace(/\D/g, '') === phone.replace(/\D/g, ''))
      return found?.id ?? ''
    },
  }
}
