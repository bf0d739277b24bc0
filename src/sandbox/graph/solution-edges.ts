import { z } from 'zod'
import { metaId } from '../world/ids.ts'
import type { SolutionRow } from '../world/rows-meta.ts'
import { businessToken } from '../world/sharing.ts'
import { accountSide, ownApp } from '../world/sides.ts'
import type { World } from '../world/world.ts'
import { answer, badParameter, success } from './answers.ts'
import { edge } from './edge.ts'
import { solution as solutionKind } from './fields.ts'
import { read } from './given.ts'
import type { Handler, Handlers, Scene } from './scene.ts'

/** Turns a solution from one state into another; any other state refuses. */
function turn(from: Partial<SolutionRow>, to: Partial<SolutionRow>): Handler {
  return ({ c, ground, world, id }: Scene) => {
    const row = world.solutions.get(id)
    const fits = row && Object.entries(from).every(([key, value]) => row[key] === value)
    if (!fits) return badParameter(c, `The solution is ${row?.status} with ${row?.status_for_pending_request} pending`)
    const turned = { ...row, ...to }
    world.solutions.set(id, turned)
    tellSolution(world, turned)
    ground.changed()
    return success(c)
  }
}

/** Meta tells the partners of a solution what became of it; the entry is a portfolio (meta.md 5.4). */
export function tellSolution(world: World, { id, business_id, status }: SolutionRow, event = 'SOLUTION_UPDATED') {
  world.webhooks.meta(business_id, 'partner_solutions', { event, solution_id: id, solution_status: status })
}

const waiting = { status: 'INITIATED', status_for_pending_request: 'PENDING_ACTIVATION' }
const leaving = { status_for_pending_request: 'PENDING_DEACTIVATION' }

/** A multi-partner solution (meta.md 3.5). */
export const solutionEdges: Handlers = {
  'POST accept': turn(waiting, { status: 'ACTIVE', status_for_pending_request: 'NONE' }),
  'POST reject': turn(waiting, { status: 'REJECTED', status_for_pending_request: 'NONE' }),
  'POST send_deactivation_request': turn({ status: 'ACTIVE', status_for_pending_request: 'NONE' }, leaving),
  'POST accept_deactivation_request': turn(leaving, { status: 'DEACTIVATED', status_for_pending_request: 'NONE' }),
  'POST reject_deactivation_request': turn(leaving, { status: 'ACTIVE', status_for_pending_request: 'NONE' }),
  'GET partners': ({ c, world, id }) => answer(c, world.solutions.get(id)?.partners ?? { data: [] }),
  'GET access_token'({ c, world }) {
    const business = c.req.query('business_id') ?? ''
    if (!world.businesses.get(business)) return badParameter(c, 'The parameter business_id is required or wrong.')
    return answer(c, { data: [{ access_token: businessToken(world) }] })
  },
}

/** The solutions that a WABA is part of. */
export const solutionsOfAccount: Handler = ({ c, world, id }) =>
  edge(
    c,
    accountSide(world, id).solutions.flatMap((one) => {
      const row = world.solutions.get(one)
      return row ? [{ kind: solutionKind, row }] : []
    }),
  )

const list = z.array(z.string())
const wish = z.object({
  solution_name: z.string().min(1),
  partner_app_id: z.coerce.string().min(1),
  owner_permissions: list.default([]),
  partner_permissions: list.default([]),
})

/** The edges of an app. */
export const appEdges: Handlers = {
  'GET whatsapp_business_solutions': ({ c, world }) =>
    edge(
      c,
      world.solutions.values().map((row) => ({ kind: solutionKind, row })),
    ),
  async 'POST whatsapp_business_solution'({ c, ground, world }) {
    const given = await read(c, wish)
    if ('wrong' in given) return given.wrong
    const { solution_name: name, partner_app_id, owner_permissions, partner_permissions } = given.value
    const partner_app = { id: partner_app_id, name: 'Another app' }
    const partner = { id: metaId(), partner_app, partner_permissions, status: 'NOTIFICATION_SENT' }
    const row: SolutionRow = {
      id: metaId(),
      name,
      status: 'INITIATED',
      status_for_pending_request: 'PENDING_ACTIVATION',
      business_id: world.partners.values()[0]?.business ?? '',
      owner_app: { id: ownApp.id, name: ownApp.name },
      owner_permissions,
      partners: { data: [partner] },
    }
    world.solutions.set(row.id, row)
    tellSolution(world, row, 'SOLUTION_CREATED')
    ground.changed()
    return answer(c, { solution_id: row.id })
  },
}
