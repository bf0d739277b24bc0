import type { NodeRow, TemplateRow } from '../world/rows.ts'
import type { World } from '../world/world.ts'
import { account, askedFields, business, type NodeKind, phoneNumber, template } from './fields.ts'
import { health } from './health.ts'

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
  const found = world.templates.values().find(({ external_id }) => external_id === id)
  return found && templateNode(found)
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

export function templatesOf(world: World, waba: string): Node[] {
  const owner = world.wabas.values().find(({ external_id }) => external_id === waba)
  return world.templates
    .values()
    .filter(({ waba_account_id }) => waba_account_id === owner?.id)
    .map(templateNode)
}

function templateNode({ external_id, name, language, status, category, components, ...rest }: TemplateRow): Node {
  const { quality_score, rejected_reason } = rest
  const row = {
    name,
    language,
    status,
    category,
    components,
    quality_score,
    rejected_reason: rejected_reason ?? 'NONE',
  }
  return { kind: template, row: { id: external_id, parameter_format: 'POSITIONAL', ...row } }
}

/** The WABAs that a business owns, or that are shared with it by their owners. */
export function accountsOf(world: World, id: string, edge: 'owned' | 'client'): Node[] {
  return world.accounts
    .values()
    .filter((row) => {
      const owned = ownerOf(row) === id
      return edge === 'owned' ? owned : !owned && partnerOf(world, row.id) === id
    })
    .map((row) => ({ kind: account, row }))
}

const ownerOf = ({ owner_business_info: owner }: NodeRow) =>
  typeof owner === 'object' && owner !== null && 'id' in owner ? owner.id : undefined

function partnerOf(world: World, waba: string): string | undefined {
  const partner = world.wabas.values().find(({ external_id }) => external_id === waba)?.partner_id
  return partner && world.partners.get(partner)?.business
}

/** The asked fields of a node and its id; a field without a value stays out. */
export function pick({ kind, row }: Node, fields?: string): { shown: Record<string, unknown> } | { unknown: string } {
  const asked = fields ? askedFields(fields) : kind.usual
  const unknown = asked.find((field) => !kind.fields.includes(field))
  if (unknown) return { unknown }
  const told = asked.filter((field) => field !== 'id' && row[field] !== undefined).map((field) => [field, row[field]])
  return { shown: { ...Object.fromEntries(told), id: row.id } }
}
