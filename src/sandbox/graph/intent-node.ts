import type { IntentRow } from '../world/rows-meta.ts'
import type { World } from '../world/world.ts'
import { intent as kind } from './fields.ts'
import type { Node } from './nodes.ts'

/** An intent as a node. That of an on-behalf-of WABA cannot be read (procedures.md 14). */
export function intentNode(world: World, row: IntentRow): Node | undefined {
  if (row.kind === 'obo') return undefined
  const solution = world.solutions.get(row.solution_id ?? '')
  const home = world.accounts.get(row.destination ?? '')
  return {
    kind,
    row: {
      id: row.id,
      status: row.status,
      ...(solution && {
        solution: {
          id: solution.id,
          name: solution.name,
          status: solution.status,
          status_for_pending_request: solution.status_for_pending_request,
        },
      }),
      ...(home && {
        destination_waba: {
          id: home.id,
          name: home.name,
          currency: home.currency,
          timezone_id: home.timezone_id,
          business_type: 'ent',
          message_template_namespace: home.message_template_namespace,
        },
      }),
    },
  }
}
