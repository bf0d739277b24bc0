import { z } from 'zod'
import type { Health } from '../facts.ts'
import { given, maybeNumber, maybeText } from '../loose.ts'
import type { Node } from './line.ts'

const entity = z
  .looseObject({
    entity_type: maybeText,
    id: maybeText,
    can_send_message: maybeText,
    additional_info: z.array(z.string()).nullish(),
    errors: z
      .array(
        z
          .looseObject({ error_code: maybeNumber, error_description: maybeText, possible_solution: maybeText })
          .transform((row) =>
            given({ code: row.error_code, description: row.error_description, solution: row.possible_solution }),
          ),
      )
      .nullish(),
  })
  .transform((row) =>
    given({
      type: row.entity_type,
      id: row.id,
      canSendMessage: row.can_send_message,
      info: row.additional_info ?? undefined,
      errors: row.errors ?? undefined,
    }),
  )

const status = z.looseObject({ can_send_message: maybeText, entities: z.array(entity).nullish() })

/** What a number, a WABA or a template tells about sending (platform/meta.md 1); absent when Meta does not tell it. */
export const health: Node<Health | undefined> = {
  fields: ['health_status'],
  schema: z
    .looseObject({ health_status: status.nullish() })
    .transform(({ health_status: told }): Health | undefined => {
      if (told === null || told === undefined) return undefined
      return { ...given({ canSendMessage: told.can_send_message }), entities: told.entities ?? [] }
    }),
}
