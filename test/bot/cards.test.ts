import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Card } from '../../src/bot/card.ts'
import { caseCard } from '../../src/bot/case-card.ts'
import { casesCard } from '../../src/bot/cases-card.ts'
import type { Form } from '../../src/bot/form.ts'
import { answersForm, editForm, openForm, reasonForm } from '../../src/bot/forms.ts'
import { decodePress } from '../../src/bot/press.ts'
import { answeredCard, questionCard, questionMessage } from '../../src/bot/question-card.ts'
import { refusalText } from '../../src/bot/refusal.ts'
import { statusCard } from '../../src/bot/status-card.ts'
import { telegramLimits } from '../../src/bot/telegram/limits.ts'
import { tellCard } from '../../src/bot/tell-card.ts'
import { openTexts, type Texts } from '../../src/bot/texts.ts'
import { announce, type Telling } from '../../src/cases/announce.ts'
import { type CaseView, viewCase } from '../../src/cases/case-view.ts'
import type { Seat } from '../../src/cases/seats.ts'
import type { StatusFound } from '../../src/cases/status.ts'
import { immediateActions, statusChecks } from '../../src/flows/channel-status.ts'
import type { Refusal } from '../../src/flows/engine/act.ts'
import type { Plan } from '../../src/flows/engine/plan.ts'
import type { Flow, Role } from '../../src/flows/engine/types.ts'
import { catalogue } from '../../src/flows/index.ts'
import { ownershipOfFacts } from '../../src/flows/ownership.ts'
import type { Facts, Readings } from '../../src/meta/facts.ts'
import { errand } from '../cases/errand.ts'
import { type Move, moves, play } from '../flows/engine/random-play.ts'
import { anyReadings } from '../flows/facts.ts'
import { caseOf, person, start, type TestCase } from '../flows/kit.ts'
import { world } from '../flows/world.ts'
import { expectFits, expectFormFits, telegramMost } from './limits.ts'

const folder = new URL('../../locales/', import.meta.url)
const languages = readdirSync(folder)
const textsOf = openTexts(folder)

/** As long as ids get in the life of a desk. */
const id = 999_999_999

/** The texts of a language, noting every key that has no text. */
function watched(language: string): { texts: Texts; missing: Set<string> } {
  const own = textsOf(language, 'America/Sao_Paulo')
  const missing = new Set<string>()
  return {
    missing,
    texts: {
      ...own,
      t(key, params) {
        const text = own.t(key, params)
        if (text === [key].flat().at(-1) || text === '') missing.add(text || String(key))
        return text
      },
    },
  }
}

/** Every string that a card or form shows. */
function shown(value: unknown, key = ''): string[] {
  if (typeof value === 'string')
    return ['press', 'url', 'id', 'flow', 'step', 'value', 'kind'].includes(key) ? [] : [value]
  if (Array.isArray(value)) return value.flatMap((item) => shown(item, key))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => shown(inner, name))
}

function expectReadable(value: Card | Form | string): void {
  for (const text of typeof value === 'string' ? [value] : shown(value)) {
    expect(text).not.toMatch(/undefined|\{\{|\}\}|\[object|NaN|Invalid Date|\$t\(/)
    expect(text, 'an empty text').not.toBe('')
  }
}

const seats: Seat[] = [
  { surface: 'slack', room: 'C0CASES', side: 'desk', kind: 'card' },
  { surface: 'telegram', room: '7001', side: 'partner', kind: 'card' },
  { surface: 'telegram', room: '-100', side: 'destination-partner', kind: 'card' },
]
const roles: readonly Role[] = ['support', 'partner', 'destination-partner']

/** Everything that can be shown about a case as it is. */
function pictures(view: CaseView, texts: Texts, now: number): (Card | Form)[] {
  const { plan } = view
  return [
    caseCard(view, { texts, now, partnerName: 'Brightline' }),
    caseCard(view, { texts, now, partnerName: 'Brightline', details: true }),
    questionMessage(view, texts),
    casesCard(
      Array.from({ length: 26 }, (_, n) => ({ ...view, id: id - n })),
      texts,
      now,
    ),
    answersForm(view, texts),
    editForm(view, texts),
    ...plan.questions.flatMap((planned) => [
      questionCard(view, planned, texts, true),
      answeredCard(view, planned.question.id, texts) ?? [],
    ]),
    ...plan.steps.flatMap(({ step }) => [
      reasonForm(view, 'decline', step.id, texts),
      reasonForm(view, 'skip', step.id, texts),
    ]),
  ].flat()
}

function expectGood(picture: Card | Form): void {
  expectReadable(picture)
  if ('ref' in picture) expectFormFits(picture)
  else expectFits(picture)
}

/** Lets a case live through a history; shows it at some of its states, and every telling on the way. */
function live(flow: Flow, history: Parameters<typeof play>[1][], show: (running: TestCase, told: Telling[]) => void) {
  const running = caseOf(flow, { partner: 'brightline', origin: { surface: 'telegram', room: '7001' } })
  let before: Plan = running.plan
  let known = 0
  let told: Telling[] = []
  history.forEach((move, index) => {
    play(running, move)
    const fresh = running.events.slice(known)
    told.push(...announce(fresh, before, running.plan, seats).map(({ telling }) => telling))
    before = running.plan
    known = running.events.length
    if (index % 6 !== 5 && index !== history.length - 1) return
    show(running, told)
    told = []
  })
}

describe.each(languages)('cards in %s', (language) => {
  it.each(catalogue.map((flow) => [flow.id, flow] as const))(
    'of %s are whole and fit, whatever happened',
    (_, flow) => {
      const { texts, missing } = watched(language)
      fc.assert(
        fc.property(moves, (history) => {
          live(flow, history, ({ state, now }, told) => {
            for (const role of roles) {
              const view = viewCase(flow, { id, state }, role, now)
              for (const picture of pictures(view, texts, now)) expectGood(picture)
              for (const telling of told) if (telling.side === view.side) expectGood(tellCard(view, telling, texts))
            }
          })
          expect([...missing]).toEqual([])
        }),
        { numRuns: 8 },
      )
      for (const number of ['', '4930123456']) expectGood(openForm(flow, number, texts, start))
      expect([...missing]).toEqual([])
    },
  )

  it.each(catalogue.map((flow) => [flow.id, flow] as const))('of %s are good on its straight way, too', (_, flow) => {
    const { texts, missing } = watched(language)
    const help = Array.from({ length: 65 }, (): Move[] => [
      { move: 'help', at: 1 },
      { move: 'call', ends: 'done' },
    ]).flat()
    let closed = false
    live(flow, help, ({ state, now }, told) => {
      closed = state.closed?.outcome === 'done'
      for (const role of roles) {
        const view = viewCase(flow, { id, state }, role, now)
        for (const picture of pictures(view, texts, now)) expectGood(picture)
        for (const telling of told) if (telling.side === view.side) expectGood(tellCard(view, telling, texts))
      }
    })
    expect(closed, 'the straight way leads to the end').toBe(true)
    expect([...missing]).toEqual([])
  })

  it('show the answer to a look-up, whatever the platforms say', () => {
    const { texts, missing } = watched(language)
    fc.assert(
      fc.property(anyReadings, fc.boolean(), fc.boolean(), (readings, desk, open) => {
        const found = reportOf(readings, desk, open)
        for (const details of [false, true]) expectGood(statusCard(found, '+49 30 123456', texts, start, details))
      }),
      { numRuns: 60 },
    )
    const problem = { kind: 'Unavailable', asked: 'GET hub', answered: 'HTTP 500' } as const
    const subject = { phone: '4930123456', partner: 'brightline' }
    const channel = { id: 'Ab1CH', clientId: 'Ab1CL', phone: '4930123456' }
    const hits = Array.from({ length: 10 }, (_, n) => ({
      subject,
      channel: { ...channel, id: `Ab${n}CH` },
      phone: subject.phone,
      name: 'Bright Lights of the Southern Hemisphere',
      partnerName: 'Brightline',
    }))
    const others: StatusFound[] = [{ kind: 'none' }, { kind: 'problem', problem }, { kind: 'many', hits, more: true }]
    for (const found of others) expectGood(statusCard(found, 'bright', texts, start))
    expectGood(casesCard([], texts, start))
    expect([...missing]).toEqual([])
  })

  it('say why something was refused', () => {
    const { texts, missing } = watched(language)
    const params = [
      {},
      { roles: 'support lead admin partner destination-partner', step: 'release' },
      { outcome: 'approved', by: 'Ana', at: start },
      { outcome: 'started', by: 'Me', at: start },
      { problem: 'not-a-phone', case: 7 },
    ]
    const codes =
      'not-your-role case-closed already-decided not-open known-by-platform bad-answer reason-needed cannot-attest cannot-skip not-found'
    for (const code of codes.split(' ') as Refusal['code'][]) {
      for (const each of params) {
        if (code === 'bad-answer' && !('problem' in each)) continue
        const text = refusalText({ code, params: each }, texts, { now: start + 2000, case: id, name: 'Me' })
        expectReadable(text)
        expect(text.length).toBeLessThanOrEqual(telegramLimits.toast)
      }
    }
    expect([...missing]).toEqual([])
  })

  it('repeat what people wrote word for word, as no more than words', () => {
    const { texts } = watched(language)
    const [flow] = catalogue
    if (!flow) throw new Error('The catalogue is empty')
    const text = '{{by}} $t(desk.help.title) <b>&amp; *bold* <!channel>'
    const { state, now } = caseOf(flow)
    const by = { role: 'support', id: 'slack:U0ANA', name: '{{text}}' } as const
    const telling: Telling = { side: 'partner', loud: false, type: 'said', at: now, by, data: { text } }
    const card = tellCard(viewCase(flow, { id, state }, 'partner', now), telling, texts)
    expect(card.title).toContain(text)
    expect(card.title).toContain('{{text}}')
    expectFits(card)
  })
})

describe('an action of which nobody knows whether it happened', () => {
  it('can be confirmed or done again, by those who may', () => {
    const running = caseOf(errand())
    running.answer('number', '+49 30 123456')
    running.answer('fragile', 'yes')
    running.look(world())
    running.act(person('support'), { do: 'approve', step: 'release' })
    running.act(person('partner'), { do: 'tick', step: 'pack' })
    running.act(person('support'), { do: 'start', step: 'ship' })
    running.write({ type: 'action-unclear', data: { step: 'ship' } })
    const texts = textsOf('en', 'UTC')
    const verbs = (role: Role) => {
      const view = viewCase(running.flow, { id: 7, state: running.state }, role, running.now)
      const telling = {
        side: view.side,
        loud: false,
        type: 'action-unclear',
        at: 0,
        by: person('system'),
        data: { step: 'ship' },
      }
      const shown = [caseCard(view, { texts, now: running.now }), tellCard(view, telling, texts)]
      return shown.map(({ buttons = [] }) =>
        buttons.flatMap(({ press = '' }) => (press.endsWith('|ship') ? [decodePress(press)?.verb] : [])),
      )
    }
    expect(verbs('support')).toEqual([
      ['attest', 'start'],
      ['attest', 'start'],
    ])
    expect(verbs('partner')).toEqual([[], []])
  })
})

describe('our limits', () => {
  it('are those that Telegram publishes, or less', () => {
    const bounds: [number, number | undefined][] = [
      [telegramLimits.text, telegramMost('methods', 'sendMessage', 'text')],
      [telegramLimits.toast, telegramMost('methods', 'answerCallbackQuery', 'text')],
      [telegramLimits.callbackData, telegramMost('types', 'InlineKeyboardButton', 'callback_data')],
      [telegramLimits.placeholder, telegramMost('types', 'ForceReply', 'input_field_placeholder')],
    ]
    for (const [ours, theirs] of bounds) if (theirs !== undefined) expect(ours).toBeLessThanOrEqual(theirs)
  })
})

function reportOf(readings: Readings, desk: boolean, open: boolean): StatusFound {
  const known = Object.entries(readings).flatMap(([name, reading]) =>
    reading?.state === 'known' ? [[name, reading.value] as const] : [],
  )
  const facts = Object.fromEntries(known) as Partial<Facts>
  return {
    kind: 'one',
    report: {
      subject: { phone: '4930123456', partner: 'brightline' },
      ...(desk && { partnerName: 'Brightline' }),
      payment: 'direct',
      readings,
      facts,
      ownership: ownershipOfFacts(facts),
      checks: statusChecks.map(({ id: check, judge }) => ({ id: check, finding: judge(facts) })),
      todo: immediateActions(facts),
      ...(open && { openCase: id }),
    },
  }
}
