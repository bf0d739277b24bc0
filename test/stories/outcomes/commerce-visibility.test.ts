import { expect, test } from 'vitest'
import { openStage, type Stage } from '../../kit/stage.ts'

const number = '+49 30 23125101'
const channel = 'Kd73LmCH'
const onBehalf = '+49 30 23125301'

/** Paula of Brightline wants the catalog shown and the cart hidden; today it is the other way round. */
async function asked({ paula }: Stage, about = number) {
  await paula.says(`/new commerce-visibility ${about}`)
  await paula.presses('Show it', /see the catalog/)
  await paula.presses('Hide it', /see the cart/)
  await paula.sees(/PD-1 · Show or hide the catalog[\s\S]*Catalog and cart set/)
}

/** The client sets both toggles in its Client Hub. */
async function setByClient({ sandbox }: Stage) {
  const { HUB_API_URL, HUB_KEY_BRIGHTLINE = '' } = sandbox.env
  const keys = await fetch(`${HUB_API_URL}/partners/BrghtlPA/channels/${channel}/api_keys`, {
    method: 'POST',
    headers: { 'x-api-key': HUB_KEY_BRIGHTLINE },
  })
  const { api_key, address } = (await keys.json()) as { api_key: string; address: string }
  const set = await fetch(`${address}/whatsapp_commerce_settings?is_catalog_visible=true&is_cart_enabled=false`, {
    method: 'POST',
    headers: { 'd360-api-key': api_key },
  })
  expect(set.status).toBe(200)
}

test('Done: the client is reminded and sets its toggles, and the platform proves it in both chats', async () => {
  await using stage = await openStage()
  const { ana, paula, clock } = stage
  await asked(stage)
  await clock.advance('PT24H')
  await paula.sees(/Still open: Set catalog and cart\n\nThe client sets both toggles in the Client Hub/)
  await ana.sees(/client · reminded once[\s\S]*catalog: hide, cart: show/)
  await setByClient(stage)
  await clock.advance('PT1H')
  await paula.sees(/Catalog and cart are shown as asked for\./)
  await paula.sees(/Done\. Catalog and cart are shown as asked for\./)
  await ana.sees(/PD-1[\s\S]*2\/2 {2}· {2}Done/)
})

test('Cancelled: an account on behalf of its client needs a ticket, and support ends the case instead', async () => {
  await using stage = await openStage()
  const { ana, paula } = stage
  await asked(stage, onBehalf)
  await paula.sees(/support\n\s+The account is on behalf of the client, so the Hub shows no toggle/)
  await ana.sees(/support\nThe account is on behalf of the client/)
  expect(paula.buttons(/PD-1 · Show or hide/)).not.toContain('Done: Catalog and cart set')
  expect(ana.buttons(/PD-1 · Show or hide/)).toContain('Done: Catalog and cart set')
  await ana.presses('Cancel case', /PD-1/)
  await paula.sees(/Ana cancelled this case/)
  await ana.sees(/PD-1[\s\S]*Cancelled/)
})

test('Expired: nobody says what people shall see', async () => {
  await using stage = await openStage()
  const { ana, paula, clock } = stage
  await paula.says(`/new commerce-visibility ${number}`)
  await paula.presses('Show it', /see the catalog/)
  await paula.sees(/see the cart/)
  await clock.advance('PT24H')
  await ana.sees(/You were answering questions/)
  await clock.advance('P6D')
  await paula.sees(/Nobody answered for 7 days/)
  await ana.sees(/PD-1[\s\S]*Expired/)
})

test('The platform refuses: the toggles cannot be read, so a person says that they are set', async () => {
  await using stage = await openStage()
  const { ana, paula, world } = stage
  await world({ fault: { system: 'hub', path: 'whatsapp_commerce_settings', kind: '403' } })
  await asked(stage)
  await paula.sees(/Catalog and cart set[\s\S]*Could not be checked: HTTP 403/)
  await ana.sees(/Catalog and cart set[\s\S]*Could not be checked: HTTP 403/)
  await paula.presses(/^Done/, /PD-1/)
  await ana.sees(/Paula \(Brightline\) ticked off: Catalog and cart set/)
  await paula.sees(/Done\. Catalog and cart are shown as asked for/)
})
