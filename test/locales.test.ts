import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { commands } from '../src/bot/talk.ts'
import { statusChecks } from '../src/flows/channel-status.ts'
import type { Refusal } from '../src/flows/engine/act.ts'
import type { EventData, EventType } from '../src/flows/engine/events.ts'
import type { Flow, Outcome, Owner, Role, Step } from '../src/flows/engine/types.ts'
import { catalogue } from '../src/flows/index.ts'
import { findingsOf, optionsAsked, probes, problemsOf, variantsOf } from './cases/probe.ts'

const folder = new URL('../locales/', import.meta.url)
const languages = readdirSync(folder)

/** Every text of a language by its key. */
function textsOf(language: string): Map<string, string> {
  const files = readdirSync(new URL(`${language}/`, folder))
  return new Map(
    files.flatMap((file) => {
      const raw: unknown = parse(readFileSync(new URL(`${language}/${file}`, folder), 'utf8'))
      return leaves(raw, file.replace(/\.yaml$/, ''))
    }),
  )
}

function leaves(value: unknown, path: string): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]]
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`))
}

const texts = new Map(languages.map((language) => [language, textsOf(language)]))
const english = texts.get('en') ?? new Map<string, string>()
const plural = /_(zero|one|two|few|many|other)$/
const base = (key: string) => key.replace(plural, '')
const bases = (keys: Iterable<string>) => new Set([...keys].map(base))

/** One of these keys has to exist: a procedure's own text, or the one it shares. */
type Need = string[]

const part = (flow: Flow, kind: 'steps' | 'questions', id: string, name: string): Need => [
  `${flow.id}.${kind}.${id}.${name}`,
  `common.${kind}.${id}.${name}`,
]

/** What people have to be told about a step. */
function stepNeeds(flow: Flow, step: Step): Need[] {
  const own = (name: string) => part(flow, 'steps', step.id, name)
  const findings = findingsOf(step)
  const attested =
    step.kind === 'wait' ||
    (step.kind === 'check' && findings.some(({ result }) => result === 'warn' || result === 'unknown'))
  return [
    own('title'),
    ...(step.owner === 'bot' ? [] : [own('how')]),
    ...variantsOf(step).map((variant) => own(`how-${variant}`)),
    ...(step.announce ? [own('ended')] : []),
    ...(step.news ? [own('opened')] : []),
    ...(attested ? [own('attest')] : []),
    ...findings.flatMap(({ evidence }) => Object.keys(evidence ?? {}).map((fact) => [`common.facts.${fact}`])),
  ]
}

function flowNeeds(flow: Flow): Need[] {
  return [
    ...['title', 'about', 'done'].map((name) => [`${flow.id}.${name}`]),
    ...probes.flatMap((view) => flow.ending?.(view) ?? []).map((name) => [`${flow.id}.done-${name}`]),
    ...flow.questions.flatMap((question) => [
      part(flow, 'questions', question.id, 'ask'),
      part(flow, 'questions', question.id, 'label'),
      ...optionsAsked(question).map((option) => part(flow, 'questions', question.id, `options.${option}`)),
      ...problemsOf(question).map((problem) => part(flow, 'questions', question.id, `problems.${problem}`)),
    ]),
    ...flow.steps.flatMap((step) => stepNeeds(flow, step)),
  ]
}

// The compiler holds these lists to the types: whoever adds a code or an event is told to add its texts.
const refusals: Record<Refusal['code'], true> = {
  'not-your-role': true,
  'case-closed': true,
  'already-decided': true,
  'not-open': true,
  'known-by-platform': true,
  'bad-answer': true,
  'reason-needed': true,
  'cannot-attest': true,
  'cannot-skip': true,
  'no-destination': true,
  'no-partner': true,
  'too-many-items': true,
  'not-found': true,
}
const ended: Record<Outcome | EventData<'closed'>['outcome'] | 'started' | 'opened', true> = {
  passed: true,
  declared: true,
  done: true,
  skipped: true,
  approved: true,
  declined: true,
  cancelled: true,
  expired: true,
  started: true,
  opened: true,
}
const closings: Record<EventData<'closed'>['outcome'], true> = {
  done: true,
  declined: true,
  cancelled: true,
  expired: true,
}
const owners: Record<Owner, true> = {
  client: true,
  partner: true,
  'destination-partner': true,
  support: true,
  bot: true,
}
const roles: Record<Exclude<Role, 'system'>, true> = {
  support: true,
  lead: true,
  admin: true,
  partner: true,
  'destination-partner': true,
}
/** What a room is told about each kind of event. */
const tellings: Record<EventType, string[]> = {
  opened: [],
  answered: [],
  'looked-up': [],
  'step-opened': ['next'],
  checked: ['passed', 'undone'],
  attested: ['attested'],
  ticked: ['ticked'],
  unticked: [],
  skipped: ['skipped'],
  decided: ['approved', 'declined'],
  arrived: ['arrived'],
  'action-started': [],
  'action-done': ['action-done'],
  'action-failed': ['action-failed'],
  'action-unclear': ['action-unclear'],
  reminded: ['reminded'],
  escalated: ['escalated', 'escalated-partner'],
  nudged: ['nudged'],
  said: ['said'],
  noted: ['noted'],
  assigned: ['assigned'],
  'item-added': ['item-added'],
  'item-ticked': ['item-ticked'],
  'item-unticked': [],
  'item-removed': [],
  closed: Object.keys(closings).map((outcome) => `closed.${outcome}`),
}
const problems = [
  ...['empty', 'too-short', 'too-long', 'not-a-number', 'not-a-phone', 'not-a-date', 'not-an-id', 'not-an-email'],
  ...['not-a-url', 'not-an-option', 'not-yes-or-no'],
]

const deskNeeds: string[] = [
  ...Object.keys(refusals).map((code) => `refusals.${code}`),
  'refusals.already-decided-self',
  ...Object.keys(ended).map((outcome) => `outcomes.${outcome}`),
  ...Object.keys(closings).map((outcome) => `case.state.${outcome}`),
  ...['declined', 'cancelled', 'cancelled-reason', 'expired'].map((key) => `case.closed.${key}`),
  ...Object.keys(owners).map((owner) => `owners.${owner}`),
  ...Object.keys(roles).map((role) => `roles.${role}`),
  ...Object.values(tellings).flatMap((keys) => keys.map((key) => `tell.${key}`)),
  ...problems.map((problem) => `question.problems.${problem}`),
  ...statusChecks.map(({ id }) => `status.checks.${id}`),
  ...['hub', 'graph', 'web'].map((source) => `case.sources.${source}`),
  ...['title', 'text', 'yes', 'no'].flatMap((word) =>
    ['cancel', 'approve', 'start'].map((key) => `confirm.${key}.${word}`),
  ),
]

const needs: Need[] = [...catalogue.flatMap(flowNeeds), ...deskNeeds.map((key) => [`desk.${key}`])]

/** The names of what a look-up shows as evidence; without one the platform's own spelling is shown. */
const statusFacts = new Set(
  statusChecks.flatMap(({ judge }) => probes.flatMap(({ facts }) => Object.keys(judge(facts).evidence ?? {}))),
)

/** Keys that stand in the sources, with `*` for what is put in. */
const inSources = (() => {
  const names = new Set([...english.keys()].map((key) => key.split('.')[0] ?? ''))
  const root = new URL('../src/', import.meta.url)
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.startsWith('sandbox'),
  )
  const found = new Set<string>()
  for (const file of files) {
    const source = readFileSync(new URL(file, root), 'utf8')
    const quoted = [...source.matchAll(/'([\w.-]+)'/g), ...source.matchAll(/`((?:[\w.-]|\$\{[^}`]*\})+)`/g)]
    for (const [, text = ''] of quoted) {
      const key = text.replaceAll(/\$\{[^}]*\}/g, '*')
      if (key.includes('.') && names.has(key.split('.')[0] ?? '') && /^[\w.*-]+$/.test(key)) found.add(key)
    }
  }
  return [...found]
})()

describe.each(languages)('the texts in %s', (language) => {
  const own = texts.get(language) ?? new Map<string, string>()

  it('say everything that procedures and the desk need', () => {
    const known = bases(own.keys())
    const missing = needs.filter((keys) => !keys.some((key) => known.has(key))).map((keys) => keys.join(' or '))
    expect([...new Set(missing)]).toEqual([])
  })

  it('say everything that the sources ask for by name', () => {
    const known = bases(own.keys())
    expect(inSources.filter((key) => !key.includes('*') && !known.has(key))).toEqual([])
  })

  it('say the same as in English, no less and no more', () => {
    const known = bases(own.keys())
    const wanted = bases(english.keys())
    expect(
      [...wanted].filter((key) => !known.has(key)),
      'missing',
    ).toEqual([])
    expect(
      [...known].filter((key) => !wanted.has(key)),
      'too much',
    ).toEqual([])
  })

  it('have every plural form of the language', () => {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    const counted = bases([...english.keys()].filter((key) => plural.test(key)))
    const forms = [...counted].flatMap((key) => categories.map((category) => `${key}_${category}`))
    expect(forms.filter((key) => !own.has(key))).toEqual([])
  })

  it('mention the same things as in English', () => {
    const mentioned = (table: Map<string, string>, key: string) => {
      const forms = [...table].filter(([each]) => base(each) === key)
      const names = forms.flatMap(([, text]) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]))
      return [...new Set(names)].toSorted()
    }
    for (const key of bases(english.keys())) expect(mentioned(own, key), key).toEqual(mentioned(english, key))
  })

  it('are written whole: no empty text, no broken placeholder, no blank at the edge', () => {
    const bad = [...own].filter(
      ([, text]) => text !== text.trim() || text === '' || /\{\{|\}\}/.test(text.replaceAll(/\{\{\w+\}\}/g, '')),
    )
    expect(bad).toEqual([])
  })

  it('fit where they are shown', () => {
    const long = (pattern: RegExp, max: number) =>
      [...own].filter(([key, text]) => pattern.test(key) && [...text].length > max).map(([key]) => key)
    // Slack: 24 for titles and buttons of a form, 100/300/30 in a confirmation; Telegram: 256 in the menu, 200 in a toast.
    expect(long(/^desk\.form\.(\w+\.)?(submit|cancel|start|title)$/, 24)).toEqual([])
    expect(long(/^desk\.confirm\.\w+\.(yes|no)$/, 30)).toEqual([])
    expect(long(/^desk\.confirm\.\w+\.title$/, 90)).toEqual([])
    expect(long(/^desk\.confirm\.\w+\.text$/, 200)).toEqual([])
    expect(long(/^desk\.surface\.menu\./, 256)).toEqual([])
    expect(long(/^desk\.refusals\./, 150)).toEqual([])
    expect(long(/^desk\.buttons\./, 40)).toEqual([])
  })
})

describe('nothing is written that nobody can read:', () => {
  const patterns = inSources.map(
    (key) => new RegExp(`^${key.replaceAll('.', '\\.').replaceAll('*', '[^.]+(\\..+)?')}$`),
  )
  const ids = new Set(catalogue.map(({ id }) => id))
  const parts = (kind: 'questions' | 'steps') => new Set(catalogue.flatMap((flow) => flow[kind].map(({ id }) => id)))
  const inQuestions = /^\w[\w-]*\.questions\.([\w-]+)\.(ask|label|hint|placeholder|options\..+|problems\..+)$/
  const inSteps = /^\w[\w-]*\.steps\.([\w-]+)\.(title|todo|why|how|how-[\w-]+|opened|ended|attest|confirm|hidden)$/

  const isRead = (text: string): boolean => {
    const key = text.replace(/^([\w-]+)\.sides\.(partner|destination-partner)\./, '$1.')
    const name = key.split('.')[0] ?? ''
    if (!ids.has(name) && name !== 'common') return patterns.some((pattern) => pattern.test(base(key)))
    const question = inQuestions.exec(key)?.[1]
    if (question !== undefined) return parts('questions').has(question)
    const step = inSteps.exec(key)?.[1]
    if (step !== undefined) return parts('steps').has(step)
    return ids.has(name)
      ? /^[\w-]+\.(title|about|done(-[\w-]+)?)$/.test(key)
      : /^common\.(facts|values)\.[\w-]+$/.test(key)
  }

  it('every part of a file is used', () => {
    const top = (key: string) => key.split('.').slice(0, 2).join('.')
    const used = new Set([...english.keys()].filter(isRead).map(top))
    expect([...new Set([...english.keys()].map(top))].filter((key) => !used.has(key))).toEqual([])
  })

  it('every procedure’s file belongs to one in the catalogue, or is named in the sources', () => {
    const names = new Set([...english.keys()].map((key) => key.split('.')[0] ?? ''))
    const asked = new Set(inSources.map((key) => key.split('.')[0]))
    expect([...names].filter((name) => !ids.has(name) && !asked.has(name))).toEqual([])
  })

  it('every text can be reached', () => {
    const dead = [...english.keys()].filter((key) => !isRead(key))
    if (dead.length) console.warn(`nobody can read these texts:\n${dead.map((key) => `  ${key}`).join('\n')}`)
    expect(dead.filter((key) => !key.startsWith('desk.'))).toEqual([])
  })

  it('what a look-up shows has a name, or the platform’s own', () => {
    const nameless = [...statusFacts].filter((fact) => !english.has(`common.facts.${fact}`))
    if (nameless.length) console.warn(`shown as the platforms spell them: ${nameless.join(', ')}`)
    expect(nameless.filter((fact) => !/^[a-z_]+$/.test(fact))).toEqual([])
  })

  it('the menu of commands is one of commands', () => {
    const menu = [...english.keys()].flatMap((key) => /^desk\.surface\.menu\.(\w+)$/.exec(key)?.[1] ?? [])
    expect(menu.filter((command) => !commands.some((each) => each === command))).toEqual([])
  })
})
