import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Flow } from '../src/flows/engine/types.ts'
import { cancelChannel } from './docs/cancel-channel.ts'
import nameChange from './docs/name-change.ts'
import { caseOf, person } from './flows/kit.ts'
import { world } from './flows/world.ts'

const root = new URL('../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const documents = ['README.md', 'CHANGELOG.md', ...readdirSync(new URL('docs/', root)).map((name) => `docs/${name}`)]
const pages = documents.filter((name) => name.endsWith('.md'))

describe.each(pages)('%s', (page) => {
  const links = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) =>
    link.includes(':') ? [] : [link],
  )

  it('links to what is there', () => {
    const dead = links.filter((link) => {
      const [path = '', anchor] = link.split('#')
      const target = new URL(path || page.split('/').at(-1) || '', new URL(page, root))
      if (!existsSync(target)) return true
      return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).has(anchor)
    })
    expect(dead).toEqual([])
  })
})

function anchorsOf(text: string): Set<string> {
  const titles = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title)
  return new Set(
    titles.map((title) =>
      title
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

describe('docs/deploy.md', () => {
  const rows = new Set([...read('docs/deploy.md').matchAll(/^\| `([A-Z][A-Z0-9_]+)` \|/gm)].map(([, name]) => name))
  const inConfig = [...read('src/config.ts').matchAll(/^ {4}([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => name)
  const inStart = [...read('src/commands/start.ts').matchAll(/process\.env\.([A-Z][A-Z0-9_]+)/g)].map(
    ([, name]) => name,
  )

  it('names every variable that is read, and no other', () => {
    expect(inConfig.length).toBeGreaterThan(20)
    expect([...rows].toSorted()).toEqual([...new Set([...inConfig, ...inStart])].toSorted())
  })

  it('tells the defaults as they are', () => {
    const text = read('docs/deploy.md')
    const defaults = [...read('src/config.ts').matchAll(/^ {4}([A-Z][A-Z0-9_]+):[^:]*?\.default\('?([^')]+)'?\)/gm)]
    for (const [, name, value] of defaults) expect(text).toContain(`| \`${name}\` | \`${value}\` |`)
  })

  it('names every key of portdesk.yaml', () => {
    const table = read('docs/deploy.md').split('## portdesk.yaml')[1]?.split('## The environment')[0] ?? ''
    const keys = ['cases', 'alerts', 'language', 'timeZone', 'slack', 'name', 'role', 'id', 'partner', 'key', 'payment']
    for (const key of [...keys, 'telegram', 'chat', 'members']) expect(table).toMatch(new RegExp(`[\`.]${key}[\`[]`))
  })
})

describe.each(['docs/guarantees.md', 'docs/security.md'])('the tests that %s names', (page) => {
  const named = [...read(page).matchAll(/`(test\/[^`]+\.test\.ts)` > (.+?)(?=<br>| \||\n)/g)]
  const rows = read(page).split('\n')

  it('are there', () => {
    expect(named.length).toBeGreaterThan(20)
    const missing = named.filter(([, file = '', name = '']) => !isTest(file, name))
    expect(missing.map(([, file, name]) => `${file} > ${name}`)).toEqual([])
  })

  it('are named in every row of a promise or a threat, or said to be missing', () => {
    const tables = rows.filter((row) => /^\| [A-Z]/.test(row) && /test\/|no test/.test(row))
    const promises = rows.filter((row, index) => inTestTable(rows, index) && row.startsWith('| '))
    expect(promises.length).toBeGreaterThan(15)
    expect(promises.filter((row) => !tables.includes(row))).toEqual([])
  })
})

/** Rows below a header whose last column is about tests. */
function inTestTable(rows: string[], index: number): boolean {
  for (let at = index - 1; at >= 0 && rows[at]?.startsWith('|'); at -= 1) {
    if (/\| tests? \|$/.test(rows[at] ?? '')) return index > at + 1
  }
  return false
}

/** The name stands in the file as a text of its own: a test's name, or the first word of a row of `it.each`. */
function isTest(file: string, name: string): boolean {
  if (!existsSync(new URL(file, root))) return false
  const source = read(file)
  return ["'", '"', '`'].some((quote) => source.includes(`${quote}${name}${quote}`))
}

describe('docs/write-a-flow.md', () => {
  const text = read('docs/write-a-flow.md')
  const blocks = [...text.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, kind = '', code = '']) => ({ kind, code }))
  const code = blocks.filter(({ kind }) => kind === 'ts').map((block) => block.code)

  /** The files that the compiler checks, and where their imports point in the place that the document names. */
  const files: Record<string, { file: string; moved: [string, string][] }> = {
    'src/flows/name-change.ts': {
      file: 'test/docs/name-change.ts',
      moved: [
        ['../../src/flows/engine/', './engine/'],
        ['../../src/flows/', './'],
      ],
    },
    'test/flows/name-change.test.ts': {
      file: 'test/docs/name-change.test.ts',
      moved: [
        ['./name-change.ts', '../../src/flows/name-change.ts'],
        ['../flows/', './'],
      ],
    },
    'test/stories/name-change.test.ts': { file: 'test/docs/name-change-story.ts', moved: [] },
    'an action': { file: 'test/docs/cancel-channel.ts', moved: [['../../src/flows/engine/', './engine/']] },
  }

  it('shows code that is compiled', () => {
    expect(code).toHaveLength(Object.keys(files).length)
    for (const block of code) {
      const [head = '', ...lines] = block.split('\n')
      const { file, moved } = files[head.replace('// ', '')] ?? { file: '', moved: [] }
      const source = moved.reduce((left, [from, to]) => left.replaceAll(`'${from}`, `'${to}`), read(file))
      expect(lines.join('\n'), file).toBe(source)
    }
    // The story needs the texts in locales/, so here it is compiled only.
    const story = () => import('./docs/name-change-story.ts')
    expect(story).toBeTypeOf('function')
  })

  it('has a text for every part of its flow', () => {
    const yaml = blocks.find(({ kind }) => kind === 'yaml')?.code ?? ''
    const shared = new Set(Object.keys(parse(read('locales/en/common.yaml')).questions))
    const texts: { questions: Record<string, Texts>; steps: Record<string, Texts> } = parse(yaml)
    const asked = nameChange.questions.filter(({ id }) => !shared.has(id))
    expect(Object.keys(texts.questions)).toEqual(asked.map(({ id }) => id))
    expect(Object.keys(texts.steps)).toEqual(nameChange.steps.map(({ id }) => id))
    for (const step of nameChange.steps) {
      expect(texts.steps[step.id]).toMatchObject({ title: expect.any(String), how: expect.any(String) })
      if (step.announce) expect(texts.steps[step.id]).toHaveProperty('ended')
    }
  })

  it('has a flow whose action is started once, and left to people when nobody knows', () => {
    const flow: Flow = { ...nameChange, steps: [cancelChannel] }
    const lea = person('lead', 'Lea')
    const desk = caseOf(flow, { by: lea })
    desk.answer('number', '+49 30 123456')
    desk.look(world({ phone: { status: 'CONNECTED' } }))
    desk.answer('name', 'Acme Travel')
    desk.answer('reason', 'spelling')
    expect(desk.act(person('support', 'Ana'), { do: 'start', step: 'cancel-channel' }).ok).toBe(false)
    expect(desk.act(lea, { do: 'start', step: 'cancel-channel' }).ok).toBe(true)
    expect(desk.act(lea, { do: 'start', step: 'cancel-channel' })).toMatchObject({ why: { code: 'already-decided' } })
    desk.write({ type: 'action-unclear', data: { step: 'cancel-channel' } })
    expect(desk.act(lea, { do: 'attest', step: 'cancel-channel' }).ok).toBe(true)
    expect(desk.state.closed).toMatchObject({ outcome: 'done' })
  })

  it('names every kind of question and step, and every field', () => {
    const types = read('src/flows/engine/types.ts')
    const fields = [...types.matchAll(/^ {2}(?:readonly )?(\w+)\??: /gm)].map(([, name]) => name)
    const flowFields = [
      'id',
      'version',
      'startedBy',
      'subject',
      'questions',
      'steps',
      'kind',
      'options',
      'result',
      'evidence',
    ]
    const missing = [...new Set(fields)].filter(
      (name) => !flowFields.includes(name ?? '') && !new RegExp(`\`${name}\\b`).test(text),
    )
    expect(missing).toEqual([])
  })
})

type Texts = Record<string, unknown>
