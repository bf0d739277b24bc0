import type { NodeRow, TemplateRow } from '../world/rows.ts'
import { accountSide, ownApp } from '../world/sides.ts'
import { templatesOfAccount } from '../world/template-life.ts'
import type { World } from '../world/world.ts'
import {
  account,
  allocation,
  app,
  askedFields,
  business,
  credit,
  type NodeKind,
  phoneNumber,
  solution,
  template,
} from './fields.ts'
import { health, templateHealth } from './health.ts'
import { intentNode } from './intent-node.ts'

/** A node of the Graph with everything it could tell. */
export interface Node {
  kind: NodeKind
  row: NodeRow
}

/** The node with that id, whichever kind it is. */
export function nodeOf(world: World, id: string): Node | undefined {
  const number = world.numbers.get(id)
  if (number) return numberNode(world, number)
  const waba = world.accounts.get(id)
  if (waba) return { kind: account, row: { health_status: health(world, waba), ...waba } }
  const portfolio = world.businesses.get(id)
  if (portfolio) return { kind: business, row: portfolio }
  return otherNode(world, id)
}

function otherNode(world: World, id: string): Node | undefined {
  if (id === ownApp.id) return { kind: app, row: { ...ownApp } }
  const [found, line, share] = [world.solutions.get(id), world.credits.get(id), world.allocations.get(id)]
  if (found) return { kind: solution, row: found }
  if (line) return { kind: credit, row: line }
  if (share) return { kind: allocation, row: share }
  const intent = world.intents.get(id)
  if (intent) return intentNode(world, intent)
  const text = world.templates.values().find(({ external_id }) => external_id === id)
  return text && templateNode(world, text)
}

function numberNode(world: World, row: NonNullable<ReturnType<World['numbers']['get']>>): Node {
  const waba = world.accounts.get(row.waba_id)
  // A stored health_status, set by a lever, wins over the one that follows from the rest.
  return { kind: phoneNumber, row: { ...(waba && { health_status: health(world, waba, row) }), ...row } }
}

export const numbersOf = (world: World, waba: string): Node[] =>
  world.numbers
    .values()
    .filter(({ waba_id }) => waba_id === waba)
    .map((row) => numberNode(world, row))

export const templatesOf = (world: World, waba: string): Node[] =>
  templatesOfAccount(world, waba).map((row) => templateNode(world, row))

function templateNode(world: World, given: TemplateRow): Node {
  const { external_id, name, language, status, category, components, quality_score, rejected_reason } = given
  const row = {
    name,
    language,
    // Submitted is a word of 360dialog.
    status: status === 'SUBMITTED' ? 'PENDING' : status,
    category,
    components,
    quality_score: quality_score ?? { score: 'UNKNOWN' },
    rejected_reason: rejected_reason ?? 'NONE',
    health_status: templateHealth(world, given),
  }
  return { kind: template, row: { id: external_id, parameter_format: 'POSITIONAL', ...row } }
}

/** The WABAs that a business owns, or that are shared with it by their owners. */
export function accountsOf(world: World, id: string, edge: 'owned' | 'client'): Node[] {
  return world.accounts
    .values()
    .filter((row) => {
      const owned = ownerOf(row) === id
      return edge === 'owned' ? owned : !owned && accountSide(world, row.id).shared_with.includes(id)
    })
    .map((row) => ({ kind: account, row }))
}

const ownerOf = ({ owner_business_info: owner }: NodeRow) =>
  typeof owner === 'object' && owner !== null && 'id' in owner ? owner.id : undefined

/** The asked fields of a node and its id; a field without a value stays out. */
export function pick({ kind, row }: Node, fields?: string): { shown: Record<string, unknown> } | { unknown: string } {
  const asked = fields ? askedFields(fields) : kind.usual
  const unknown = asked.find((field) => !kind.fields.includes(field))
  if (unknown) return { unknown }
  const told = asked.filter((field) => field !== 'id' && row[field] !== undefined).map((field) => [field, row[field]])
  return { shown: { ...Object.fromEntries(told), id: row.id } }
}
