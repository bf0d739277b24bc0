import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { exportCard, numbersCard, partnersCard } from '../../src/bot/numbers-card.ts'
import { platformWord } from '../../src/bot/platform-words.ts'
import { openTexts } from '../../src/bot/texts.ts'
import type { ListedNumber, NumberPage } from '../../src/cases/partner-list.ts'
import { expectFits } from './limits.ts'

const folder = new URL('../../locales/', import.meta.url)
const textsOf = openTexts(folder)
const long = 'Padaria e Confeitaria Nossa Senhora da Conceição Aparecida Ltda. '.repeat(3)
const partner = { id: 'a-partner-with-an-id-of-forty-characters', name: long }
const problem = { kind: 'Unavailable', asked: 'GET hub', answered: 'HTTP 500' } as const

const number = (n: number): ListedNumber => ({
  channel: { id: `Ab${n}CHwithalongid`, clientId: 'c', phone: n === 3 ? '' : `55119765402${n}`, name: long },
  clientName: long,
  state: 'bad',
  todo: ['accept-terms', 'verify-business', 'accept-on-behalf', 'ask-support', 'cancellation-running', 'add-funds'],
  failing: [{ channel_status: 'error', hub_status: 'pending_deletion', account_mode: 'live' }, { quality: 'RED' }],
  openCase: 999_999_999,
})

const page: NumberPage = {
  kind: 'numbers',
  partner,
  numbers: Array.from({ length: 10 }, (_, n) => number(n)),
  page: 1,
  pages: 500,
  total: 5000,
  attention: 10,
  complete: false,
  problem,
  asOf: '2026-12-02T10:00:00Z',
}

describe.each(readdirSync(folder))('lists in %s', (language) => {
  const texts = textsOf(language, 'UTC')

  it('fit both chats, however much is wrong', () => {
    for (const desk of [true, false]) expectFits(numbersCard(page, texts, desk))
    expectFits(numbersCard({ ...page, numbers: [], total: 0, attention: 0, complete: true }, texts, false))
    const partners = Array.from({ length: 10 }, (_, n) => ({
      ...partner,
      id: `${partner.id.slice(1)}${n}`,
      total: 0,
      attention: 0,
      complete: false,
      problem,
    }))
    expectFits(partnersCard({ kind: 'partners', partners, page: 3, pages: 9 }, texts))
    expectFits(exportCard([partner], texts))
  })

  it('a number that 360dialog does not know yet is listed without a button', () => {
    const card = numbersCard(page, texts, false)
    expect(card.items).toHaveLength(10)
    expect(card.buttons).toHaveLength(9 + 2 + 1)
  })
})

it('a platform’s word keeps its spelling, with a friendly name where there is one', () => {
  const texts = textsOf('en', 'UTC')
  expect(platformWord(texts, 'quality', 'GREEN')).toBe('high (GREEN)')
  expect(platformWord(texts, 'quality', 'High')).toBe('High')
  expect(platformWord(texts, 'quality', 'PURPLE')).toBe('PURPLE')
  expect(platformWord(texts, 'quality', 'a.b c')).toBe('a.b c')
  expect(platformWord(texts, 'limit', 'TIER_2K')).toBe('2,000 people a day (TIER_2K)')
  expect(platformWord(texts, 'limit', undefined)).toBeUndefined()
})
