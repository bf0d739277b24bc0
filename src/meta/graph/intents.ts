import { z } from 'zod'
import { given, id, maybeText } from '../loose.ts'
import { type GraphLine, madeId } from './line.ts'

/** The wish to move a WABA into, between or out of solutions (MK-INT). Go on only when it is `ACCEPTED`. */
export interface MigrationIntent {
  id: string
  /** `INITIATED`, `ACCEPTED`, `COMPLETED`, `REJECTED`. */
  status?: string
  solution?: { id?: string; name?: string; status?: string }
  /** The WABA that Meta made for the move. */
  destination?: { id?: string; name?: string; currency?: string; timezoneId?: string; namespace?: string }
}

/** Intents that the owner of a WABA accepts or refuses (platform/meta.md 3.4, 3.6). */
export interface GraphIntents {
  /** Into a solution; answers the intent's id. */
  toSolution(wabaId: string, solutionId: string): Promise<string>
  /** Out of a solution, to the app. */
  offSolution(wabaId: string, appId: string): Promise<string>
  read(id: string): Promise<MigrationIntent>
  /** Offers a partner-owned WABA to its client. Meta has withdrawn the guide for it; kept for old WABAs. */
  offerOwnership(wabaId: string, solutionId?: string): Promise<string>
}

export function graphIntents(line: GraphLine): GraphIntents {
  const set = (wabaId: string, kind: string, body: object) => line.post([wabaId, kind], { schema: madeId, body })
  return {
    toSolution: (wabaId, solution_id) => set(wabaId, 'set_solution_migration_intent', { solution_id }),
    offSolution: (wabaId, app_id) => set(wabaId, 'set_solution_migration_intent', { app_id }),
    read: (id) => line.get([id], { schema: intent }),
    offerOwnership: (wabaId, solutionId) => set(wabaId, 'set_obo_mobility_intent', given({ solution_id: solutionId })),
  }
}

/** MK-INT (platform/meta.md 3.4). */
export const intent = z
  .looseObject({
    id,
    status: maybeText,
    solution: z
      .looseObject({ id: maybeText, name: maybeText, status: maybeText })
      .transform(({ id, name, status }) => given({ id, name, status }))
      .nullish(),
    destination_waba: z
      .looseObject({
        id: maybeText,
        name: maybeText,
        currency: maybeText,
        timezone_id: maybeText,
        message_template_namespace: maybeText,
      })
      .transform((row) =>
        given({
          id: row.id,
          name: row.name,
          currency: row.currency,
          timezoneId: row.timezone_id,
          namespace: row.message_template_namespace,
        }),
      )
      .nullish(),
  })
  .transform(
    (row): MigrationIntent =>
      given({
        id: row.id,
        status: row.status,
        solution: row.solution ?? undefined,
        destination: row.destination_waba ?? undefined,
      }),
  )
