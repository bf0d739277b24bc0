import { z } from 'zod'
import { allocate, attach, creditRefusal, revokeCredit, shareCredit } from '../world/credit.ts'
import { answer, badParameter, noObject, problem, success } from './answers.ts'
import { edge } from './edge.ts'
import { allocation as allocationKind, credit as creditKind } from './fields.ts'
import { read } from './given.ts'
import type { Handler, Handlers } from './scene.ts'

const sharing = z.object({ waba_id: z.coerce.string().min(1), waba_currency: z.string() })
const receiver = z.object({ receiving_business_id: z.coerce.string().min(1) })

const attaching =
  (reuse: boolean): Handler =>
  async ({ c, ground, world, id }) => {
    const given = await read(c, sharing)
    const credit = world.credits.get(id)
    if (!credit) return noObject(c, id)
    if ('wrong' in given) return given.wrong
    const { waba_id, waba_currency: currency } = given.value
    const account = world.accounts.get(waba_id)
    if (!account) return badParameter(c, 'Param waba_id is no WABA that you can see')
    const refusal = creditRefusal(ground, world, { credit, account, currency })
    if (refusal) return problem(c, refusal)
    const shared = world.allocations
      .values()
      .findLast((one) => one.credit_id === id && !one.waba_id && one.receiving_business.id === account.business_id)
    if (reuse && !shared) return badParameter(c, 'The credit line was not shared with the business of this account')
    const row = reuse && shared ? attach(ground, world, shared, account) : shareCredit(ground, world, credit, account)
    return answer(c, { ...(reuse && { success: true }), allocation_config_id: row.id, waba_id })
  }

/** A credit line: sharing it, and with whom it is shared (meta.md 3.7). */
export const creditEdges: Handlers = {
  'POST whatsapp_credit_sharing_and_attach': attaching(false),
  'POST whatsapp_credit_attach': attaching(true),
  async 'POST whatsapp_credit_sharing'({ c, ground, world, id }) {
    const given = await read(c, receiver)
    const credit = world.credits.get(id)
    if (!credit) return noObject(c, id)
    if ('wrong' in given) return given.wrong
    const business = given.value.receiving_business_id
    if (!world.businesses.get(business)) return badParameter(c, 'Param receiving_business_id is no business')
    const row = allocate(world, credit, business)
    ground.changed()
    return answer(c, { success: true, allocation_config_id: row.id })
  },
  'GET owning_credit_allocation_configs'({ c, world, id }) {
    const business = c.req.query('receiving_business_id')
    const rows = world.allocations
      .values()
      .filter((one) => one.credit_id === id && (!business || one.receiving_business.id === business))
    return edge(
      c,
      rows.map((row) => ({ kind: allocationKind, row })),
    )
  },
}

export const allocationEdges: Handlers = {
  DELETE({ c, ground, world, id }) {
    const row = world.allocations.get(id)
    if (!row) return noObject(c, id)
    if (row.request_status === 'DELETED') return badParameter(c, 'The allocation was deleted before')
    revokeCredit(ground, world, row)
    return success(c)
  },
}

/** The credit lines of a business. */
export const creditLines: Handler = ({ c, world, id }) =>
  edge(
    c,
    world.credits.values().flatMap((row) => (row.business_id === id ? [{ kind: creditKind, row }] : [])),
  )
