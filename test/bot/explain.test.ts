import { expect, it } from 'vitest'
import { explainCard, nextStep, topicWords } from '../../src/bot/explain-card.ts'
import { helpTopic, helpTopics } from '../../src/bot/help-topics.ts'
import { decodePress } from '../../src/bot/press.ts'
import { openTexts } from '../../src/bot/texts.ts'
import type { Flow } from '../../src/flows/engine/types.ts'
import portOut from '../../src/flows/port-out.ts'
import twoStepDisable from '../../src/flows/two-step-disable.ts'

const texts = openTexts(new URL('../../locales/', import.meta.url))('en', 'UTC')
const explain = (text: string, flows: readonly Flow[] = [portOut, twoStepDisable]) => explainCard(text, texts, flows)

it('A known error: what it means, what comes next, who has to act, and the procedure that helps', () => {
  const card = explain('Two-factor authentication not yet disabled (+49 30 23125301)')
  expect(card.text?.join('\n')).toMatch(/PIN of the number\) is still on[\s\S]*Next: The client/)
  expect(card.fields).toEqual([{ label: 'Who has to act', value: 'client or the old provider' }])
  const [button] = card.buttons ?? []
  expect(button?.label).toBe('Switch off two-step verification')
  expect(decodePress(button?.press ?? '')).toEqual({ verb: 'new', target: 'two-step-disable', value: '493023125301' })
  expect(card.footer).toEqual(['Recognised by its words'])
})

it('A number is named as what gave it away', () => {
  expect(explain('(#133016)').footer).toEqual(['Recognised by 133016'])
})

it('A procedure that this person cannot start is not offered; a look-up always is', () => {
  expect(explain('133005', []).buttons).toEqual([])
  expect(explain('133005').buttons).toHaveLength(1)
  const [button] = explain('(#368)', []).buttons ?? []
  expect(decodePress(button?.press ?? '')).toEqual({ verb: 'status' })
})

it('When waiting is all there is to do, nobody is sent to act', () => {
  expect(explain('HTTP 503').fields?.[0]?.value).toBe('nobody, waiting helps')
})

it('Without a text it tells how to ask; an unknown text gets a way on', () => {
  expect(explain(' ').title).toMatch(/Paste the error/)
  const unknown = explain('hello')
  expect([unknown.title, unknown.text?.join()]).toEqual([
    expect.stringMatching(/No error/),
    expect.stringMatching(/ask support/),
  ])
})

it('The paste itself is never repeated: it may hold secrets', () => {
  const card = explain('{"access_token":"EAAsecret","error":{"code":190}}')
  expect(card.text).toHaveLength(2)
  expect(JSON.stringify(card)).not.toContain('EAAsecret')
})

it('A failed call of a case gets the next step, unless it only has to be waited for', () => {
  const problem = { kind: 'NotAllowed', asked: 'GET hub /partners/…/channels', answered: 'HTTP 401' } as const
  expect(nextStep(problem, texts)).toEqual([expect.stringMatching(/new key/)])
  expect(nextStep({ ...problem, kind: 'Unavailable', answered: 'HTTP 500' }, texts)).toEqual([])
  expect(nextStep('(#133016) Account register deregister rate limit exceeded', texts)).toEqual([
    expect.stringMatching(/72 hours/),
  ])
  expect(nextStep('', texts)).toEqual([])
})

it('A topic is explained in short, with the addresses of the two Hubs and of support', () => {
  expect(explain('hosting').text?.join()).toMatch(/Cloud API is the only host today/)
  expect(explain('Hosting type Change (On-premise API to Cloud API)').title).toBe('Hosting of a number')
  expect(explain('Adding a number?').text?.join()).toMatch(/Integrated Onboarding[\s\S]*hub\.360dialog\.com/)
  expect(explain('how do I reach support').text?.join()).toMatch(/support@360dialog\.com/)
  expect(explain('where is my invoice').text?.join()).toMatch(/Month Closing Invoice/)
  expect(explain('Can my client pay by Pix?').text?.join()).toMatch(/not accepted/)
})

it('Where a procedure answers a topic, that one is offered; and the look-up', () => {
  const card = explain('Migrate to alternate BSP')
  expect([card.title, card.buttons?.length]).toEqual(['Move a number away', 1])
  expect(explain('Migrate to alternate BSP', []).buttons).toBeUndefined()
  const [button] = explain('Account Statuses', []).buttons ?? []
  expect(decodePress(button?.press ?? '')).toEqual({ verb: 'status' })
})

it('An error with a word of a topic in it stays an error, and a long paste is no topic', () => {
  expect(explain('support says: (#133016)').title).toBe('What this error means')
  expect(explain(`quality ${'word '.repeat(12)}`).title).toMatch(/No error/)
})

it.each(helpTopics.map((topic) => [topic.id, topic] as const))('Topic %s has its words', (_, topic) => {
  const { title, about } = topicWords(topic, texts)
  for (const said of [title, about]) expect(said).toMatch(/ /)
  expect(about.length).toBeLessThan(600)
})

it('Every title that leads to a topic leads to one only', () => {
  for (const { id, says } of helpTopics) {
    for (const phrase of says) expect([phrase, helpTopic(phrase, { whole: true })?.id]).toEqual([phrase, id])
  }
})
