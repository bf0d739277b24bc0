import { caseLabel } from '../cases/label.ts'
import type { StatusFound, StatusReport } from '../cases/status.ts'
import type { Button, Card, Field, Item } from './card.ts'
import { encodePress } from './press.ts'
import type { Texts } from './texts.ts'
import { showEvidence, showPhone } from './words.ts'

/** The answer to a look-up (procedures.md 5). `details` shows every field. Pure. */
export function statusCard(found: StatusFound, asked: string, texts: Texts, now: number, details = false): Card {
  switch (found.kind) {
    case 'none':
      return { title: texts.t('desk.status.none', { text: asked }) }
    case 'problem':
      return { title: texts.t('desk.status.problem', { answered: found.problem.answered }) }
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
            : [evidence(texts, finding.evidence)].filter((note) => note !== ''),
      })),
    fields: details ? [...shortFields(report, texts), ...longFields(report, texts)] : shortFields(report, texts),
    buttons: buttonsOf(report, texts, details),
    footer: footerOf(report, texts, now),
  }
}

function evidence(texts: Texts, values: Readonly<Record<string, string | number | boolean>> = {}): string {
  return Object.entries(values)
    .map(([fact, value]) => showEvidence(texts, fact, value))
    .join(', ')
}

function fieldsFrom(texts: Texts, values: Record<string, string | undefined>): Field[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [{ label: texts.t(`desk.status.fields.${key}`), value }],
  )
}

function shortFields({ facts, ownership, partnerName }: StatusReport, texts: Texts): Field[] {
  const pin = facts.phone?.isPinEnabled
  const flag = (value: boolean | undefined) => (value ? texts.t('desk.status.yes') : undefined)
  return fieldsFrom(texts, {
    partner: partnerName,
    'two-step': facts.phone && texts.t(`desk.status.pin.${pin === undefined ? 'unknown' : pin ? 'on' : 'off'}`),
    ownership: ownership && texts.t(`common.values.${ownership}`),
    quality: facts.phone?.quality ?? facts.channel?.quality,
    limit: facts.account?.messagingLimit ?? facts.channel?.limit,
    balance: facts.balance && texts.money(facts.balance.amountMinor, facts.balance.currency),
    badge: flag(facts.phone?.isOba ?? facts.channel?.isOba),
    'biz-app': flag(facts.phone?.isOnBizApp),
    test: flag(facts.phone?.accountMode === 'SANDBOX'),
  })
}

function longFields({ facts }: StatusReport, texts: Texts): Field[] {
  const { channel, client, waba, templates, phone, permission } = facts
  const counts = templates && Object.entries(templates.byStatus).map(([status, n]) => `${status} ${n}`)
  return fieldsFrom(texts, {
    name: channel?.name ?? texts.t('desk.status.not-yet'),
    client: client && [client.name, client.id].filter(Boolean).join(' · '),
    email: client?.email,
    channel: channel?.id,
    status: [channel?.status, channel?.hubStatus, channel?.accountMode, phone?.status].filter(Boolean).join(' · '),
    platform: phone?.platformType,
    permission: permission && texts.t(`desk.status.permission.${permission.apiKey}`),
    waba: waba && [waba.name, waba.status].filter(Boolean).join(' · '),
    'waba-id': waba?.externalId,
    business: waba?.fbBusinessId,
    namespace: waba?.namespace,
    timezone: waba?.timezoneId,
    templates: counts && `${templates.total}${counts.length ? ` (${counts.join(', ')})` : ''}`,
  })
}

function buttonsOf({ subject, openCase, facts }: StatusReport, texts: Texts, details: boolean): Button[] {
  const buttons: Button[] = []
  const target = facts.channel?.id ?? subject.phone
  if (!details)
    buttons.push({ label: texts.t('desk.buttons.details'), press: encodePress({ verb: 'details', target }) })
  if (openCase !== undefined) {
    const label = texts.t('desk.buttons.open-case', { case: caseLabel(openCase) })
    buttons.push({ label, press: encodePress({ verb: 'case', case: openCase }) })
    return buttons
  }
  for (const flow of ['port-out', 'two-step-disable']) {
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
    reading?.state === 'error' ? [reading.problem.answered] : [],
  )
  return [
    texts.t('desk.status.footer', { time: texts.time(oldest), sources }),
    ...[...new Set(failed)].map((answered) => texts.t('desk.case.note.error', { answered })),
  ]
}
