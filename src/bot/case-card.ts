import { sideOfOwner } from '../cases/announce.ts'
import type { CaseView } from '../cases/case-view.ts'
import { caseLabel } from '../cases/label.ts'
import type { PlannedQuestion, PlannedStep } from '../flows/engine/plan.ts'
import { allows, rolesFor } from '../flows/engine/rights.ts'
import type { Button, Card, Item, Tone } from './card.ts'
import { hiddenSteps } from './hidden-steps.ts'
import { addItemButton, itemsButton, ownItems } from './own-items.ts'
import { encodePress, type Press } from './press.ts'
import { sided } from './sided.ts'
import { stepNotes } from './step-notes.ts'
import type { Texts } from './texts.ts'
import { showValues } from './values.ts'
import { doneText, partText, questionLabel, showAnswer, showPerson, showPhone, stepTitle } from './words.ts'

/** What a card needs to know beyond the case. */
export interface CardContext {
  texts: Texts
  now: number
  partnerName?: string | undefined
  /** Shows everything: answers, and what is not part of this case and why. */
  details?: boolean
}

/** The card of a case, drawn for one side. Pure. */
export function caseCard(view: CaseView, context: CardContext): Card {
  const { id, flow, state, plan, side } = view
  const { now } = context
  const texts = sided(side, flow, context.texts)
  const client = side === 'destination-partner' ? undefined : clientShown(view)
  const number = subjectShown(view)
  const closed = state.closed
  const running = plan.ready || Object.keys(state.steps).length > 0
  const steps = running ? plan.steps.map((step) => itemOf(view, step, { texts, now })) : []
  const card: Card = {
    title: `${caseLabel(id)} · ${texts.t(`${flow.id}.title`)}`,
    state: stateOf(view, texts, now),
    text: textsOf(view, texts),
    fields: fieldsOf(view, { ...context, texts }),
    items: [...steps, ...ownItems(view, texts, now), ...(context.details && running ? hiddenSteps(view, texts) : [])],
    buttons: closed ? [] : buttonsOf(view, { ...context, texts }),
    footer: [texts.t('desk.case.footer', { time: texts.time(now) })],
  }
  const about = [number, client].filter((part) => part !== undefined)
  if (about.length) card.subtitle = about.join(' · ')
  if (steps.length) card.progress = plan.progress
  return card
}

const clientShown = ({ plan }: CaseView) => plan.view.facts.client?.name ?? plan.view.facts.channel?.name

/** What the case is about: its number, or what was typed as long as no number is known. */
export function subjectShown({ flow, state }: CaseView): string | undefined {
  if (state.phone !== undefined) return showPhone(state.phone)
  const given = state.answers[flow.subject]?.value
  const isPhone = flow.questions.some(({ id, kind }) => id === flow.subject && kind === 'phone')
  if (typeof given !== 'string') return undefined
  return isPhone ? showPhone(given) : given
}

/** Whether a question is for the people of this view; some are another side's. */
export const isAsked = ({ role }: CaseView, { question }: PlannedQuestion): boolean =>
  allows(question.by ?? ['partner', 'support'], role)

/** Where the case stands, and who has to move. */
export function stateOf({ state, plan, side }: CaseView, texts: Texts, now: number): { text: string; tone: Tone } {
  if (state.closed) {
    const { outcome } = state.closed
    return { text: texts.t(`desk.case.state.${outcome}`), tone: outcome === 'done' ? 'done' : 'stopped' }
  }
  if (!plan.ready) {
    if (plan.question) return { text: texts.t('desk.case.state.questions'), tone: 'open' }
    return { text: texts.t('desk.case.state.looking'), tone: 'waiting' }
  }
  const open = plan.steps.filter(({ status }) => status === 'open' || status === 'running')
  const first = open.find(({ state: own }) => own.escalatedAt !== undefined) ?? open[0]
  if (!first) {
    const elsewhere = side !== 'desk' && plan.steps.every(({ status }) => status !== 'checking')
    return { text: texts.t(`desk.case.state.${elsewhere ? 'elsewhere' : 'looking'}`), tone: 'waiting' }
  }
  const owner = texts.t(`desk.owners.${first.owner}`)
  const late = first.state.escalatedAt !== undefined || (first.dueAt !== undefined && first.dueAt < now)
  if (late) return { text: texts.t('desk.case.state.late', { owner }), tone: 'attention' }
  return { text: texts.t('desk.case.state.waiting', { owner }), tone: 'waiting' }
}

function textsOf(view: CaseView, texts: Texts): string[] {
  const { state, plan } = view
  if (state.closed) return [closedText(view, texts)]
  const problem = plan.question?.problem
  return problem && plan.question ? [problemText(texts, view, plan.question, problem)] : []
}

/** How a case ended, as a sentence. */
export function closedText({ flow, state, side, plan }: CaseView, texts: Texts): string {
  if (!state.closed) return ''
  const { outcome, by, reason } = state.closed
  if (outcome === 'done') return doneText(texts, flow, plan.view)
  const key = outcome === 'cancelled' && reason ? 'cancelled-reason' : outcome
  return texts.t(`desk.case.closed.${key}`, { by: showPerson(by, side, texts), reason: reason ?? '' })
}

/** What is wrong with an answer; the desk may read more than partners do. */
export function problemText(
  texts: Texts,
  { flow, state, side }: CaseView,
  { question, shows }: PlannedQuestion,
  problem: string,
): string {
  const keys = [
    `${flow.id}.questions.${question.id}.problems.${problem}`,
    `common.questions.${question.id}.problems.${problem}`,
    ...(side === 'desk' ? [`desk.question.problems.${problem}-desk`] : []),
    `desk.question.problems.${problem}`,
  ]
  return texts.t(keys, { ...showValues(texts, shows), busy: state.busy ?? '' })
}

function fieldsOf({ flow, state, plan, side }: CaseView, { texts, partnerName, details }: CardContext) {
  const fields: { label: string; value: string }[] = []
  if (side === 'desk' && partnerName) fields.push({ label: texts.t('desk.case.fields.partner'), value: partnerName })
  if (side === 'desk' && state.assignee) {
    fields.push({ label: texts.t('desk.case.fields.assignee'), value: state.assignee.name })
  }
  for (const { question, status, answer } of plan.questions) {
    if (
      question.id === flow.subject ||
      (!details && question.kind !== 'choice' && question.kind !== 'text' && question.kind !== 'date')
    )
      continue
    const label = questionLabel(texts, flow, question.id)
    if (status === 'skipped' && details) fields.push({ label, value: texts.t('desk.case.answer-skipped') })
    if (answer !== undefined && (status === 'answered' || status === 'known')) {
      fields.push({ label, value: showAnswer(texts, flow, question, answer) })
    }
  }
  return fields
}

function itemOf(view: CaseView, planned: PlannedStep, { texts, now, details }: CardContext): Item {
  const why = details ? partText(texts, view.flow, 'steps', planned.step.id, 'why') : undefined
  return {
    mark: markOf(planned, now),
    title: stepTitle(texts, view.flow, planned.step.id),
    notes: [...stepNotes(view, planned, texts, now), ...(why ? [texts.t('desk.case.note.why', { why })] : [])],
  }
}

function markOf({ status, outcome, finding, state, dueAt }: PlannedStep, now: number): Item['mark'] {
  if (status === 'ended') return outcome === 'skipped' ? 'skipped' : outcome === 'declined' ? 'failed' : 'done'
  if (status === 'checking' || status === 'running') return 'checking'
  if (status === 'blocked') return 'waiting'
  if (state.escalatedAt !== undefined || (dueAt !== undefined && dueAt < now)) return 'warning'
  if (finding?.result === 'warn' || finding?.result === 'error' || state.action?.status === 'failed') return 'warning'
  return 'open'
}

function buttonsOf(view: CaseView, { texts, details }: CardContext): Button[] {
  const { id, plan, state, side, role } = view
  const press = (rest: Omit<Press, 'case' | 'seq'>) => encodePress({ ...rest, case: id, seq: state.seq })
  const buttons: Button[] = []
  const open = plan.questions.filter((planned) => planned.status === 'open' && isAsked(view, planned)).length
  if (open) {
    const label = texts.t('desk.buttons.answer', { count: open })
    buttons.push({ label, press: press({ verb: 'questions' }), style: 'primary' })
  }
  for (const planned of plan.steps) buttons.push(...stepButtons(view, planned, texts))
  if (details) for (const planned of plan.steps) buttons.push(...undoButtons(view, planned, texts))
  if (plan.ready) buttons.push({ label: texts.t('desk.buttons.recheck'), press: press({ verb: 're-check' }) })
  if (side === 'desk' && !state.assignee)
    buttons.push({ label: texts.t('desk.buttons.take'), press: press({ verb: 'take' }) })
  if (side === 'destination-partner') return buttons
  if (plan.questions.some(({ status }) => status === 'answered' || status === 'skipped')) {
    buttons.push({ label: texts.t('desk.buttons.edit'), press: press({ verb: 'edit' }) })
  }
  if (details) buttons.push(addItemButton(view, texts))
  buttons.push(...itemsButton(view, texts))
  buttons.push({ label: texts.t('desk.buttons.details'), press: press({ verb: 'details' }) })
  if (allows(['partner', 'support'], role)) buttons.push(cancelButton(view, texts))
  return buttons
}

/** A task that was ticked off by mistake can be opened again, from the details. */
function undoButtons({ id, flow, state, role }: CaseView, planned: PlannedStep, texts: Texts): Button[] {
  const { step, status, owner, finding } = planned
  const byHand = step.kind === 'task' && status === 'ended' && finding?.result !== 'pass'
  if (!byHand || !allows(rolesFor(step, owner), role)) return []
  const label = texts.t('desk.buttons.untick', { step: stepTitle(texts, flow, step.id) })
  return [{ label, press: encodePress({ verb: 'untick', case: id, seq: state.seq, target: step.id }) }]
}

export function cancelButton({ id, state }: CaseView, texts: Texts): Button {
  const word = (name: string) => texts.t(`desk.confirm.cancel.${name}`, { case: caseLabel(id) })
  return {
    label: texts.t('desk.buttons.cancel'),
    press: encodePress({ verb: 'cancel', case: id, seq: state.seq }),
    style: 'danger',
    confirm: { title: word('title'), text: word('text'), yes: word('yes'), no: word('no') },
  }
}

/** The buttons of one open step, for those who may press them: on a card in a room, those of that room's side. */
export function stepButtons(view: CaseView, planned: PlannedStep, texts: Texts): Button[] {
  const { id, flow, state, role } = view
  const { step, status, owner, finding } = planned
  if (!allows(rolesFor(step, owner), role)) return []
  const press = (verb: Press['verb']) => encodePress({ verb, case: id, seq: state.seq, target: step.id })
  const title = stepTitle(texts, flow, step.id)
  const number = state.phone === undefined ? '' : showPhone(state.phone)
  const confirm = (key: 'approve' | 'start') => {
    const word = (name: string) => texts.t(`desk.confirm.${key}.${name}`, { step: title, number })
    const says = step.says && { ...step.says(view.plan.view), number }
    const text = says && partText(texts, flow, 'steps', step.id, 'confirm', says)
    return { title: word('title'), text: text ?? word('text'), yes: word('yes'), no: word('no') }
  }
  if (status !== 'open') return []
  const own = texts.has([`${flow.id}.steps.${step.id}.attest`, `common.steps.${step.id}.attest`])
    ? texts.t([`${flow.id}.steps.${step.id}.attest`, `common.steps.${step.id}.attest`])
    : texts.t('desk.buttons.attest')
  switch (step.kind) {
    case 'approval':
      return [
        {
          label: texts.t('desk.buttons.approve'),
          press: press('approve'),
          style: 'primary',
          confirm: confirm('approve'),
        },
        { label: texts.t('desk.buttons.decline'), press: press('decline'), style: 'danger' },
      ]
    case 'task': {
      const tick: Button = {
        label: texts.t('desk.buttons.tick', { step: title }),
        press: press('tick'),
        style: 'primary',
      }
      const mine = sideOfOwner(owner) === view.side
      const skip: Button = { label: texts.t('desk.buttons.skip', { step: title }), press: press('skip') }
      return [...(mine || view.side === 'desk' ? [tick] : []), ...(step.skippable ? [skip] : [])]
    }
    case 'action': {
      const start: Button = {
        label: texts.t('desk.buttons.start'),
        press: press('start'),
        style: 'primary',
        confirm: confirm('start'),
      }
      // Nobody knows whether it happened: whoever found out says so, or does it again.
      return planned.state.action?.status === 'unclear' ? [{ label: own, press: press('attest') }, start] : [start]
    }
    case 'wait':
      return [{ label: own, press: press('attest') }]
    case 'check':
      return finding && finding.result !== 'fail' && finding.result !== 'pass'
        ? [{ label: own, press: press('attest') }]
        : []
  }
}
