import { caseLabel } from '../cases/label.ts'
import type { StatusFound, StatusReport } from '../cases/status.ts'
import type { Button, Card, Item } from './card.ts'
import { nextStep } from './explain-card.ts'
import { platformEvidence } from './platform-words.ts'
import { encodePress } from './press.ts'
import { longFields, shortFields } from './status-fields.ts'
import type { Texts } from './texts.ts'
import { showPhone } from './words.ts'

/** The answer to a look-up (procedures.md 5). `details` shows every field. Pure. */
export function statusCard(found: StatusFound, asked: string, texts: Texts, now: number, details = false): Card {
  switch (found.kind) {
    case 'none':
      return { title: texts.t('desk.status.none', { text: asked }) }
    case 'problem':
      return {
        title: texts.t('desk.status.problem', { answered: found.problem.answered }),
        text: nextStep(found.problem, texts),
      }
    case 'many':
      return {
        title: texts.t('desk.status.many'),
        text: found.more ? [texts.t('desk.status.more')] : [],
        buttons: found.hits.map((hit) => ({
          label: [showPhone(hit.phone), hit.name ?? hit.clientName, hit.partnerName].filter(Boolean).join(' · '),
          press: encodePress({ verb: 'status', target: hit.channel.id }),
        })),
      }
    case 'one':
      return reportCard(found.report, texts, now, details)
  }
}

const marks: Record<string, Item['mark']> = {
  pass: 'done',
  warn: 'warning',
  fail: 'failed',
  error: 'warning',
  unknown: 'open',
}

function reportCard(report: StatusReport, texts: Texts, now: number, details: boolean): Card {
  const { facts, checks, todo, subject } = report
  const bad =
    checks.filter(({ finding }) => finding.result === 'fail' || finding.result === 'warn').length + todo.length
  const unsure = Object.values(report.readings).some((reading) => reading?.state === 'error')
  const name = facts.channel?.name ?? facts.phone?.verifiedName
  const subtitle = [name, facts.client?.name]
    .filter((part, index, all) => part && all.indexOf(part) === index)
    .join(' · ')
  return {
    title: showPhone(subject.phone),
    ...(subtitle && { subtitle }),
    state: bad
      ? { text: texts.t('desk.status.attention', { count: bad }), tone: 'attention' }
      : unsure
        ? { text: texts.t('desk.status.unsure'), tone: 'waiting' }
        : { text: texts.t('desk.status.good'), tone: 'done' },
    text: todo.map((key) => texts.t('desk.status.todo', { text: texts.t(`desk.status.todos.${key}`) })),
    items: checks
      .filter(({ id, finding }) => id !== 'two-step' && (details || finding.result !== 'unknown'))
      .map(({ id, finding }) => ({
        mark: marks[finding.result] ?? 'open',
        title: texts.t(`desk.status.checks.${id}`),
        notes:
          finding.result === 'pass' && !details
            ? []
            : [platformEvidence(texts, finding.evidence)].filter((note) => note !== ''),
      })),
    fields: details ? [...shortFields(report, texts), ...longFields(report, texts)] : shortFields(report, texts),
    buttons: buttonsOf(report, texts, details),
    footer: footerOf(report, texts, now),
  }
}

/** Procedures that take care of what has to be done now. */
const procedures: Readonly<Record<string, string>> = {
  'share-permission': 'api-key',
  'cancellation-running': 'cancellation',
  'continue-migration': 'number-migration',
}

function buttonsOf({ subject, openCase, facts, todo }: StatusReport, texts: Texts, details: boolean): Button[] {
  const buttons: Button[] = []
  const target = facts.channel?.id ?? subject.phone
  if (!details)
    buttons.push({ label: texts.t('desk.buttons.details'), press: encodePress({ verb: 'details', target }) })
  if (openCase !== undefined) {
    const label = texts.t('desk.buttons.open-case', { case: caseLabel(openCase) })
    buttons.push({ label, press: encodePress({ verb: 'case', case: openCase }) })
    return buttons
  }
  const urgent = todo.flatMap((key) => procedures[key] ?? []).filter((flow) => texts.has(`${flow}.title`))
  for (const flow of [...urgent, 'port-out', 'two-step-disable']) {
    buttons.push({
      label: texts.t(`${flow}.title`),
      press: encodePress({ verb: 'new', target: flow, value: subject.phone }),
    })
  }
  return buttons
}

function footerOf({ readings }: StatusReport, texts: Texts, now: number): string[] {
  const known = Object.values(readings).flatMap((reading) => (reading?.state === 'known' ? [reading] : []))
  const oldest = known.map(({ asOf }) => Date.parse(asOf)).sort((a, b) => a - b)[0] ?? now
  const sources = [...new Set(known.map(({ source }) => texts.t(`desk.case.sources.${source}`)))].join(', ')
  const failed = Object.values(readings).flatMap((reading) =>
    reading?.state === 'error'
      ? [texts.t('desk.case.note.error', { answered: reading.problem.answered }), ...nextStep(reading.problem, texts)]
      : [],
  )
  return [texts.t('desk.status.footer', { time: texts.time(oldest), sources }), ...new Set(failed)]
}
