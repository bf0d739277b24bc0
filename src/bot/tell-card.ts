import { sideOfOwner, type Telling } from '../cases/announce.ts'
import type { CaseView } from '../cases/case-view.ts'
import { caseLabel } from '../cases/label.ts'
import { sayLine } from '../notify/say.ts'
import type { Card } from './card.ts'
import { stepButtons } from './case-card.ts'
import { encodePress } from './press.ts'
import { sided } from './sided.ts'
import type { Texts } from './texts.ts'
import { doneText, partText, showFailure, showPerson, showPhone, stepHow, stepTitle, stepToDo } from './words.ts'

/** An event of a case as a message for one side. Pure. */
export function tellCard(view: CaseView, telling: Telling, given: Texts): Card {
  const { id, state } = view
  const texts = sided(view.side, view.flow, given)
  const about = state.phone === undefined ? caseLabel(id) : `${caseLabel(id)} · ${showPhone(state.phone)}`
  const { title, text, steps = [] } = words(view, telling, texts)
  const open = steps.flatMap((step) => view.plan.steps.filter((planned) => planned.step.id === step))
  const buttons = state.closed ? [] : open.flatMap((planned) => stepButtons(view, planned, texts))
  if (telling.type === 'nudged' && !state.closed) {
    const press = encodePress({ verb: 'questions', case: id, seq: state.seq })
    buttons.push({ label: texts.t('desk.buttons.answer', { count: openQuestions(view) }), press, style: 'primary' })
  }
  return { title, ...(text.length && { text }), ...(buttons.length && { buttons }), footer: [about] }
}

const openQuestions = ({ plan }: CaseView) => plan.questions.filter(({ status }) => status === 'open').length

interface Words {
  title: string
  text: string[]
  /** Steps whose buttons come with it. */
  steps?: string[]
}

function words(view: CaseView, telling: Telling, texts: Texts): Words {
  const { flow } = view
  const data = telling.data
  const word = (key: string) => (typeof data[key] === 'string' ? data[key] : '')
  const id = word('step')
  const step = id && stepTitle(texts, flow, id)
  const toDo = id && stepToDo(texts, flow, id)
  const says = flow.steps.find((each) => each.id === id)?.says?.(view.plan.view)
  const part = (name: string) => (id ? partText(texts, flow, 'steps', id, name, says) : undefined)
  const tell = (key: string, more: Record<string, string> = {}) =>
    texts.t(`desk.tell.${key}`, { by: showPerson(telling.by, view.side, texts), step, reason: word('reason'), ...more })
  const ended = part('ended')
  switch (telling.type) {
    case 'step-opened':
      return opened(view, Array.isArray(data.steps) ? data.steps.map(String) : [], texts)
    case 'decided':
      return { title: tell(word('decision')), text: word('decision') === 'approved' && ended ? [ended] : [] }
    case 'checked':
      if (word('result') === 'fail') return { title: tell('undone', { step: toDo }), text: howTo(view, id, texts) }
      return { title: tell('passed'), text: ended ? [ended] : [] }
    case 'ticked':
    case 'arrived':
    case 'attested':
      return { title: telling.by.role === 'system' ? tell('passed') : tell(telling.type), text: ended ? [ended] : [] }
    case 'reminded':
      return { title: tell('reminded', { step: toDo }), text: howTo(view, id, texts), steps: [id] }
    case 'escalated':
      return { title: tell(telling.side === 'desk' ? 'escalated' : 'escalated-partner', { step: toDo }), text: [] }
    case 'said':
      return { title: tell('said', { text: word('text') }), text: [] }
    case 'item-added':
    case 'item-ticked':
      return { title: tell(telling.type, { item: word('text') }), text: [] }
    case 'noted':
      return {
        title: tell('noted', { text: sayLine({ kind: word('kind'), params: paramsOf(data) }, texts) }),
        text: [],
      }
    case 'assigned': {
      const to = data.to as { name?: unknown } | undefined
      return { title: tell('assigned', { to: String(to?.name ?? '') }), text: [] }
    }
    case 'closed':
      return { title: tell(`closed.${word('outcome')}`, { done: doneText(texts, flow, view.plan.view) }), text: [] }
    case 'action-done':
      return { title: tell('action-done'), text: ended ? [ended] : [] }
    case 'action-unclear':
      return { title: tell('action-unclear'), text: [], steps: [id] }
    case 'action-failed':
      return {
        title: tell('action-failed', { problem: showFailure(texts, word('problem')).text }),
        text: [],
        steps: [id],
      }
    default:
      return { title: tell(telling.type), text: [] }
  }
}

const paramsOf = ({ params }: Record<string, unknown>) =>
  typeof params === 'object' && params !== null ? (params as Record<string, string | number>) : {}

/** Steps to do, and steps that are only told of because they are news. */
function opened(view: CaseView, steps: string[], texts: Texts): Words {
  const { flow, plan, side } = view
  const isNews = (id: string) => {
    const planned = plan.steps.find(({ step }) => step.id === id)
    return planned?.step.news === true && side !== 'desk' && sideOfOwner(planned.owner) !== side
  }
  const title = (id: string) =>
    isNews(id) ? stepTitle(texts, flow, id) : texts.t('desk.tell.next', { step: stepToDo(texts, flow, id) })
  const text = (id: string) => (isNews(id) ? newsOf(view, id, texts) : howTo(view, id, texts))
  return { title: steps.map(title).join('\n'), text: steps.flatMap(text), steps }
}

function newsOf({ flow, plan }: CaseView, id: string, texts: Texts): string[] {
  const says = flow.steps.find((each) => each.id === id)?.says?.(plan.view)
  return [partText(texts, flow, 'steps', id, 'opened', says) ?? []].flat()
}

function howTo({ flow, plan }: CaseView, id: string, texts: Texts): string[] {
  const step = flow.steps.find((each) => each.id === id)
  const how = step && stepHow(texts, flow, step, plan.view)
  return how ? [how] : []
}
