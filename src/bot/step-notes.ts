import type { CaseView } from '../cases/case-view.ts'
import type { Problem } from '../cases/explain.ts'
import type { PlannedStep } from '../flows/engine/plan.ts'
import type { Finding, Step } from '../flows/engine/types.ts'
import { nextStep } from './explain-card.ts'
import type { Texts } from './texts.ts'
import { showEvidence, showFailure, showPerson, stepHow } from './words.ts'

/** The small print under a step: who, until when, what was found out, what to do. Pure. */
export function stepNotes(view: CaseView, planned: PlannedStep, texts: Texts, now: number): string[] {
  const { status } = planned
  if (status === 'ended') return endedNotes(planned, view, texts, now)
  if (status === 'blocked') return []
  return [
    ...openNotes(view, planned, texts, now),
    ...findingNotes(view, planned, texts, now),
    ...actionNotes(planned, texts),
  ]
}

function endedNotes(
  { state, outcome, finding, step }: PlannedStep,
  view: CaseView,
  texts: Texts,
  now: number,
): string[] {
  const note = (key: string, params: Record<string, string>) => texts.t(`desk.case.note.${key}`, params)
  const { ended } = state
  if (step.kind === 'check' && outcome === 'passed') return evidenceOf(view, { step, finding }, texts, now)
  if (!ended) return []
  const relative = texts.relative(ended.at, now)
  if (ended.by.role === 'system') return evidenceOf(view, { step, finding }, texts, now)
  const who = note(outcome === 'declared' ? 'declared' : 'by', { by: showPerson(ended.by, view.side, texts), relative })
  return ended.reason ? [who, note('reason', { reason: ended.reason })] : [who]
}

function openNotes(
  { flow, plan, state: whole }: CaseView,
  { step, owner, state, dueAt }: PlannedStep,
  texts: Texts,
  now: number,
): string[] {
  const note = (key: string, params: Record<string, string | number>) => texts.t(`desk.case.note.${key}`, params)
  const parts = [texts.t(`desk.owners.${owner}`)]
  if (dueAt !== undefined) {
    const time = texts.time(dueAt)
    parts.push(dueAt < now ? note('overdue', { time }) : note('due', { time, relative: texts.relative(dueAt, now) }))
  }
  if (state.escalatedAt !== undefined)
    parts.push(note('escalated', { relative: texts.relative(state.escalatedAt, now) }))
  if (state.reminders) parts.push(note('reminders', { count: state.reminders }))
  const how = stepHow(texts, flow, step, plan.view)
  return [parts.join(' · '), ...(how && !whole.closed ? [how] : [])]
}

function findingNotes(view: CaseView, planned: PlannedStep, texts: Texts, now: number): string[] {
  const { finding, step } = planned
  if (!finding || step.kind === 'approval') return []
  if (finding.result === 'unknown') return step.kind === 'check' ? [texts.t('desk.case.note.unknown')] : []
  if (finding.result === 'error') {
    const problem = whatFailed(view, planned)
    const note = texts.t('desk.case.note.error', { answered: problem?.answered ?? '' })
    return [note, ...(problem ? nextStep(problem, texts) : [])]
  }
  return evidenceOf(view, planned, texts, now)
}

function whatFailed({ plan }: CaseView, { step }: PlannedStep): Problem | undefined {
  const needs = ('needs' in step && step.needs) || []
  for (const name of needs) {
    const reading = plan.view.readings[name]
    if (reading?.state === 'error') return reading.problem
  }
  return undefined
}

/** The values that prove a finding, with source and time of the oldest reading behind them. */
function evidenceOf(
  { plan }: CaseView,
  { step, finding }: { step: Step; finding?: Finding | undefined },
  texts: Texts,
  now: number,
): string[] {
  const evidence = Object.entries(finding?.evidence ?? {}).map(([fact, value]) => showEvidence(texts, fact, value))
  if (evidence.length === 0) return []
  const needs = ('needs' in step && step.needs) || []
  const readings = needs.flatMap((name) => {
    const reading = plan.view.readings[name]
    return reading?.state === 'known' ? [reading] : []
  })
  // To the minute, as people read it: of facts that were read together, the one that is named first.
  const oldest = readings.sort((a, b) => minuteOf(a).localeCompare(minuteOf(b)))[0]
  if (!oldest) return [evidence.join(', ')]
  const key = oldest.cached ? 'cached' : 'checked'
  const relative = texts.relative(Date.parse(oldest.asOf), now)
  return [
    `${evidence.join(', ')} (${texts.t(`desk.case.note.${key}`, { relative, source: texts.t(`desk.case.sources.${oldest.source}`) })})`,
  ]
}

function actionNotes({ state }: PlannedStep, texts: Texts): string[] {
  const { action } = state
  if (action?.status === 'failed') {
    const { text, ours } = showFailure(texts, action.problem ?? '')
    return [texts.t('desk.case.note.problem', { problem: text }), ...(ours ? [] : nextStep(text, texts))]
  }
  return action?.status === 'unclear' ? [texts.t('desk.case.note.unclear')] : []
}

const minuteOf = ({ asOf }: { asOf: string }) => asOf.slice(0, 'YYYY-MM-DDThh:mm'.length)
