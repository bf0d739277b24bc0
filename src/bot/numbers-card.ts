import { caseLabel } from '../cases/label.ts'
import type { ListedNumber, NumberPage, PartnerName, PartnerPage } from '../cases/partner-list.ts'
import type { Button, Card, Item } from './card.ts'
import { platformEvidence, platformWord } from './platform-words.ts'
import { encodePress } from './press.ts'
import type { Texts } from './texts.ts'
import { showPhone } from './words.ts'

/** A page of a partner's numbers with what needs doing now (procedures.md 5 cs-s2). `desk`: names the partner. Pure. */
export function numbersCard(page: NumberPage, texts: Texts, desk: boolean): Card {
  const { partner, numbers, total, attention, complete, problem, asOf } = page
  const say = (key: string, params?: Record<string, string | number>) => texts.t(`desk.numbers.${key}`, params)
  if (total === 0 && complete) return { title: say('none'), text: [say('none-hint')] }
  return {
    title: say('title', { count: total }),
    ...(desk && { subtitle: partner.name }),
    state: attention
      ? { text: say('attention', { count: attention }), tone: 'attention' }
      : { text: texts.t('desk.status.good'), tone: 'done' },
    text: complete ? [] : [say('incomplete', { answered: problem?.answered ?? '…' })],
    items: numbers.map((number) => itemOf(number, texts)),
    buttons: [
      ...numbers.flatMap((number) => numberButton(number)),
      ...pageButtons(page, partner.id, texts),
      { label: texts.t('desk.buttons.export'), press: encodePress({ verb: 'export', target: partner.id }) },
    ],
    footer: [say('footer', { time: texts.time(Date.parse(asOf)), page: page.page + 1, pages: page.pages })],
  }
}

/** The partners of the desk with how their numbers are. Pure. */
export function partnersCard(page: PartnerPage, texts: Texts): Card {
  return {
    title: texts.t('desk.numbers.whose'),
    items: page.partners.map(({ name, total, attention, complete, problem }) => ({
      mark: complete ? (attention ? 'warning' : 'done') : 'open',
      title: name,
      notes: [
        problem && total === 0
          ? texts.t('desk.numbers.incomplete', { answered: problem.answered })
          : [
              texts.t('desk.numbers.title', { count: total }),
              ...(attention ? [texts.t('desk.numbers.attention', { count: attention })] : []),
            ].join(' · '),
      ],
    })),
    buttons: [
      ...page.partners.map(({ id, name }) => ({
        label: name,
        press: encodePress({ verb: 'numbers', target: id, value: '0' }),
      })),
      ...pageButtons(page, undefined, texts),
    ],
    footer: [texts.t('desk.status.usage')],
  }
}

/** Whose clients shall be exported. */
export function exportCard(partners: readonly PartnerName[], texts: Texts): Card {
  return {
    title: texts.t('desk.export.which'),
    text: [texts.t('desk.export.usage')],
    buttons: partners
      .slice(0, 20)
      .map(({ id, name }) => ({ label: name, press: encodePress({ verb: 'export', target: id }) })),
  }
}

const marks: Record<ListedNumber['state'], Item['mark']> = {
  bad: 'failed',
  warn: 'warning',
  good: 'done',
  ended: 'skipped',
}

function itemOf({ channel, clientName, state, todo, failing, openCase }: ListedNumber, texts: Texts): Item {
  const status =
    state === 'good' || state === 'ended'
      ? platformWord(texts, 'hub_status', channel.hubStatus)
      : failing.map((evidence) => platformEvidence(texts, evidence)).join(', ')
  return {
    mark: marks[state],
    title: [numberText(channel.phone, texts), channel.name].filter(Boolean).join(' · '),
    notes: [
      [clientName, status].filter(Boolean).join(' · '),
      ...todo.map((key) => texts.t('desk.status.todo', { text: texts.t(`desk.status.todos.${key}`) })),
      openCase === undefined ? '' : texts.t('desk.numbers.open-case', { case: caseLabel(openCase) }),
    ].filter((note) => note !== ''),
  }
}

/** A fresh channel has no number yet: it is listed, and there is nothing to look up. */
const numberText = (phone: string, texts: Texts) => (phone === '' ? texts.t('desk.status.not-yet') : showPhone(phone))

function numberButton({ channel }: ListedNumber): Button[] {
  if (channel.phone === '') return []
  const label = [showPhone(channel.phone), channel.name].filter(Boolean).join(' · ')
  return [{ label, press: encodePress({ verb: 'status', target: channel.id }) }]
}

function pageButtons(
  { page, pages }: { page: number; pages: number },
  partner: string | undefined,
  texts: Texts,
): Button[] {
  const to = (label: string, wanted: number): Button => ({
    label: texts.t(`desk.buttons.${label}`),
    press: encodePress({ verb: 'numbers', ...(partner !== undefined && { target: partner }), value: String(wanted) }),
  })
  return [...(page > 0 ? [to('previous', page - 1)] : []), ...(page < pages - 1 ? [to('next', page + 1)] : [])]
}
