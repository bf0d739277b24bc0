import { expect, test } from 'vitest'
import { openReleaseCase } from '../kit/cases.ts'
import { openStage } from '../kit/stage.ts'

const card = /PD-1 · Move a number away\n/

test('People add items of their own to a case, share them or keep them, tick them and take them away', async () => {
  await using stage = await openStage()
  const { paula, ana, ben } = stage
  await openReleaseCase(stage)

  // The partner adds one in Telegram; the desk sees it on its card, and hears of it.
  await paula.presses('Details', card)
  await paula.presses('Add item', card)
  await paula.sees(/What shall not be forgotten\?[\s\S]*You and support see it/)
  await paula.says('Call the client on Monday')
  await paula.sees(/PD-1: own items[\s\S]*⬜ Call the client on Monday[\s\S]*added by Paula/)
  await ana.sees(
    /PD-1 · Move a number away[\s\S]*Release by support[\s\S]*Call the client on Monday[\s\S]*added by Paula \(Brightline\)/,
  )
  await ana.sees(/Paula \(Brightline\) added an item: Call the client on Monday/)

  // The desk adds one for itself in Slack, and one that the partner shall see.
  await ana.presses('Details', card)
  await ana.presses('Add item', card)
  expect(await ana.submits({ item: 'x'.repeat(201) })).toEqual({ item: 'That is too long.' })
  await ana.submits({ item: 'Ask Ben about the price' })
  await ben.sees(/Ask Ben about the price[\s\S]*added by Ana[\s\S]*for the desk alone/)
  await ana.presses('Details', card)
  await ana.presses('Add item', card)
  await ana.submits({ item: '@partner Send us the invoice' })
  await paula.sees(/Ana[^\n]* added an item: Send us the invoice/)
  await paula.sees(/PD-1 · Move a number away\n[\s\S]*Send us the invoice/)

  // Both tick; what is ticked by mistake is opened again.
  await paula.presses('Own items (2)', card)
  await paula.presses('Done: Send us the invoice', /PD-1: own items/)
  await ana.sees(/Paula \(Brightline\) ticked off: Send us the invoice/)
  await ana.presses('Own items (3)', card)
  await ana.presses('Not done after all: Send us the invoice', /PD-1: own items/)
  await paula.sees(/⬜ Send us the invoice/)
  await ana.presses('Done: Ask Ben about the price', /PD-1: own items/)
  await ben.sees(/✅ Ask Ben about the price/)

  // The partner takes away what is its own, and nothing else.
  await paula.presses('Own items (2)', card)
  await paula.presses('Remove items', /PD-1: own items/)
  expect(paula.buttons(/PD-1: own items/)).toEqual(['Remove: Call the client on Monday', 'Back'])
  await paula.presses(/^Remove: Call/, /PD-1: own items/)
  await stage.quiet()
  expect(ana.buttons(card)).toContain('Own items (2)')
  expect(ben.texts().findLast((text) => card.test(text))).not.toMatch(/Call the client/)
  expect(paula.texts().join()).not.toMatch(/Ask Ben/)
})
