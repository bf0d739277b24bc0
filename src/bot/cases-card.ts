import type { CaseView } from '../cases/case-view.ts'
import { caseLabel } from '../cases/label.ts'
import type { Card } from './card.ts'
import { stateOf } from './case-card.ts'
import { encodePress } from './press.ts'
import type { Texts } from './texts.ts'
import { showPhone } from './words.ts'

/** How many cases are listed with a button of their own. */
const most = 12

/** "Where was I?": the open cases, those that wait longest for a person first. */
export function casesCard(views: readonly CaseView[], texts: Texts, now: number): Card {
  if (views.length === 0) return { title: texts.t('desk.cases.none'), text: [texts.t('desk.cases.hint')] }
  const line = (view: CaseView) =>
    texts.t('desk.cases.line', { case: caseLabel(view.id), flow: texts.t(`${view.flow.id}.title`) })
  return {
    title: texts.t('desk.cases.title', { count: views.length }),
    items: views.map((view) => {
      const { text, tone } = stateOf(view, texts, now)
      const number = view.state.phone
      return {
        mark: tone === 'attention' ? 'warning' : tone === 'open' ? 'open' : 'waiting',
        title: line(view),
        notes: [[number && showPhone(number), text].filter(Boolean).join(' · ')],
      }
    }),
    buttons: views.slice(0, most).map((view) => ({
      label: texts.t('desk.buttons.open-case', { case: caseLabel(view.id) }),
      press: encodePress({ verb: 'case', case: view.id }),
    })),
  }
}
