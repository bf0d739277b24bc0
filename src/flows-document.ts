import { readdirSync } from 'node:fs'
import type { TextsOf } from './bot/texts.ts'
import type { Flow, Question, Step } from './flows/engine/types.ts'
import { catalogue } from './flows/index.ts'

/** A flow and the rows of procedures.md that it leaves out, each with the reason. */
interface Documented {
  flow: Flow
  leftOut: Record<string, string>
}

/** Writes `docs/flows.md` from the flows themselves: what is asked, what happens, who owns it, and where it comes from. */
export async function flowsDocument(textsOf: TextsOf): Promise<string> {
  const documented = await withLeftOut()
  const texts = textsOf('en', 'UTC')
  const chapters = documented.map(({ flow, leftOut }) => {
    const part = (kind: 'questions' | 'steps', id: string, name: string) => {
      const keys = [`${flow.id}.${kind}.${id}.${name}`, `common.${kind}.${id}.${name}`]
      return texts.has(keys) ? texts.t(keys) : id
    }
    return [
      `## ${texts.t(`${flow.id}.title`)} (\`${flow.id}\`)`,
      texts.t(`${flow.id}.about`),
      `Started by ${flow.startedBy.join(' or ')}. Source: procedures.md ${flow.ref}. Version ${flow.version}.`,
      table(
        ['Question', 'Kind', 'Asked', 'Source'],
        flow.questions.map((question) => questionRow(question, part)),
      ),
      table(
        ['Step', 'Kind', 'Owner', 'After', 'Limit', 'Reminder', 'Source'],
        flow.steps.map((step) => stepRow(step, part)),
      ),
      diagram(flow, part),
      ...leftOutList(leftOut),
    ].join('\n\n')
  })
  return `# Flows\n\nWritten from the flows by \`npm run -s portdesk -- flows\`; a test holds it to them.\n\n${chapters.join('\n\n')}\n`
}

type Part = (kind: 'questions' | 'steps', id: string, name: string) => string

async function withLeftOut(): Promise<Documented[]> {
  const folder = new URL('./flows/', import.meta.url)
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'index.ts')
  const modules = await Promise.all(
    files.map((name): Promise<Record<string, unknown>> => import(new URL(name, folder).href)),
  )
  return catalogue.map((flow) => {
    const found = modules.find((module) => module.default === flow)?.leftOut
    return { flow, leftOut: (found ?? {}) as Record<string, string> }
  })
}

function questionRow(question: Question, part: Part): string[] {
  const marks = [
    question.known && 'unless the platforms know',
    question.when && 'when it applies',
    question.skippable && 'may be skipped',
  ]
  return [
    part('questions', question.id, 'label'),
    question.kind,
    marks.filter(Boolean).join(', ') || 'always',
    question.ref,
  ]
}

function stepRow(step: Step, part: Part): string[] {
  const call = step.kind === 'action' ? ` \`${step.call}\` (${step.repeat})` : ''
  const within = typeof step.within === 'function' ? 'computed' : (step.within ?? '')
  const remind = Array.isArray(step.remind) ? step.remind.join(', ') : String(step.remind ?? '')
  return [
    part('steps', step.id, 'title') + (step.when ? ' (when it applies)' : ''),
    step.kind + call,
    typeof step.owner === 'function' ? 'depends' : step.owner,
    (step.after ?? []).map((id) => part('steps', id, 'title')).join(', '),
    within && step.atLimit === 'escalate' ? `${within}, then escalated` : within,
    remind,
    step.ref,
  ]
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function diagram(flow: Flow, part: Part): string {
  const name = (id: string) => id.replaceAll('-', '_')
  const label = (text: string) => text.replaceAll('"', "'")
  const nodes = flow.steps.map((step) => `  ${name(step.id)}["${label(part('steps', step.id, 'title'))}"]`)
  const arrows = flow.steps.flatMap((step) =>
    (step.after ?? []).map((before) => `  ${name(before)} --> ${name(step.id)}`),
  )
  return ['```mermaid', 'flowchart TD', ...nodes, ...arrows, '```'].join('\n')
}

function leftOutList(leftOut: Record<string, string>): string[] {
  const rows = Object.entries(leftOut)
  return rows.length
    ? [
        `Rows of the procedure that are not steps of their own:\n\n${rows.map(([row, why]) => `- ${row}: ${why}`).join('\n')}`,
      ]
    : []
}
