import { z } from 'zod'
import { offer, tag } from '../world/intents.ts'
import { requestOf } from '../world/migration-checks.ts'
import { refusals } from '../world/refusals.ts'
import { ownApp } from '../world/sides.ts'
import { answer, badParameter, noObject, problem } from './answers.ts'
import { read } from './given.ts'
import type { Handlers } from './scene.ts'

const wish = z.object({ solution_id: z.coerce.string().optional(), app_id: z.coerce.string().optional() })

/** Moving a WABA into, between or out of solutions, and giving an on-behalf-of one away (meta.md 3.4, 3.6). */
export const intentEdges: Handlers = {
  async 'POST set_solution_migration_intent'({ c, ground, world, id }) {
    const given = await read(c, wish)
    const account = world.accounts.get(id)
    if (!account) return noObject(c, id)
    if ('wrong' in given) return given.wrong
    const { solution_id: solution, app_id: app } = given.value
    if ((solution === undefined) === (app === undefined)) return badParameter(c, 'Give solution_id or app_id')
    if (solution !== undefined && world.solutions.get(solution)?.status !== 'ACTIVE') {
      return badParameter(c, 'Param solution_id must be an active solution')
    }
    if (app !== undefined && app !== ownApp.id) return badParameter(c, 'Param app_id must be your app')
    const made = tag(world, account, solution === undefined ? { app: app ?? '' } : { solution })
    ground.changed()
    return 'refusal' in made ? problem(c, made.refusal) : answer(c, { id: made.id })
  },
  async 'POST set_obo_mobility_intent'({ c, ground, world, id }) {
    const given = await read(c, wish)
    const account = world.accounts.get(id)
    if (!account) return noObject(c, id)
    if ('wrong' in given) return given.wrong
    const solution = given.value.solution_id
    if (solution !== undefined && !world.solutions.get(solution)) return badParameter(c, 'Param solution_id is unknown')
    const fits = account.ownership_type === 'ON_BEHALF_OF' && requestOf(account) === 'APPROVED'
    if (!fits) return problem(c, refusals.noMobility)
    const made = offer(world, account, solution ?? null)
    ground.changed()
    return 'refusal' in made ? problem(c, made.refusal) : answer(c, { id: made.id })
  },
}
