import type { CaseView } from '../cases/case-view.ts'
import { caseLabel } from '../cases/label.ts'
import type { Card, Tone } from './card.ts'
import { stateOf } from './case-card.ts'
import { encodePress } from './press.ts'
import type { Texts } from './texts.ts'
import { showPhone } from './words.ts'

/** How many cases are listed, and how many of those with a button of their own. */
const mostLines = 25
const mostButtons = 12

/** "Where was I?": the open cases, those first that are late or ask something, the oldest before the newer ones. */
export function casesCard(views: readonly CaseView[], texts: Texts, now: number): Card {
  if (views.length === 0) return { title: texts.t('desk.cases.none'), text: [texts.t('desk.cases.hint')] }
  const listed = views
    .map((view) => ({ view, state: stateOf(view, texts, now) }))
    .sort((a, b) => rankOf(a.state.tone) - rankOf(b.state.tone) || a.view.id - b.view.id)
    .slice(0, mostLines)
  const more = views.length - listed.length
  const line = (view: CaseView) =>
    texts.t('desk.cases.line', { case: caseLabel(view.id), flow: texts.t(`${view.flow.id}.title`) })
  return {
    title: texts.t('desk.cases.title', { count: views.length }),
    items: listed.map(({ view, state: { text, tone } }) => {
      const number = view.state.phone
      return {
        mark: tone === 'attention' ? 'warning' : tone === 'open' ? 'open' : 'waiting',
        title: line(view),
        notes: [[number && showPhone(number), text].filter(Boolean).join(' · ')],
      }
    }),
    buttons: listed.slice(0, mostButtons).map(({ view }) => ({
      label: texts.t('desk.buttons.open-case', { case: caseLabel(view.id) }),
      press: encodePress({ verb: 'case', case: view.id }),
    })),
    ...(more > 0 && { footer: [texts.t('desk.cases.more', { count: more })] }),
  }
}

/** Late ones first, then those with an open question. */
const rankOf = (tone: Tone) => (tone === 'attention' ? 0 : tone === 'open' ? 1 : 2)
