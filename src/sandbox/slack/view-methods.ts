import { z } from 'zod'
import { json, type Method, method, needed, optional } from './arguments.ts'
import { checkedView } from './check-blocks.ts'
import { SlackError } from './errors.ts'
import { people } from './people.ts'
import type { ViewRow } from './tables.ts'
import type { Triggers } from './triggers.ts'
import { type Views, viewPayload } from './views.ts'

const view = json.refine((value) => value !== undefined, 'missing required field: view')

/** A view is checked before its trigger is spent, so that a refused view can be mended and opened. */
export function viewMethods(views: Views, triggers: Triggers): Record<string, Method> {
  const answer = (row: ViewRow) => ({ view: viewPayload(row) })
  return {
    'views.open': method('t4', z.object({ trigger_id: optional, view }), (args) => {
      checkedView(args.view, 'modal')
      const { user } = triggers.spend(args.trigger_id ?? '')
      return answer(views.open(user, args.view))
    }),
    'views.push': method('t4', z.object({ trigger_id: optional, view }), (args) => {
      checkedView(args.view, 'modal')
      const trigger = triggers.spend(args.trigger_id ?? '')
      const on = views.modals(trigger.user).at(-1)
      if (!on || !trigger.view) throw new SlackError('not_found')
      return answer(views.push(on, args.view))
    }),
    'views.update': method(
      't4',
      z.object({ view_id: optional, external_id: optional, hash: optional, view }),
      ({ view: given, ...ref }) => answer(views.update(ref, given)),
    ),
    'views.publish': method('t4', z.object({ user_id: needed, view, hash: optional }), (args) => {
      if (!people.some(({ id }) => id === args.user_id)) throw new SlackError('invalid_arguments', ['[ERROR] user_id'])
      return answer(views.publish(args.user_id, args.view, args.hash))
    }),
  }
}
