import { z } from 'zod'
import { Refusal, SlackError } from './errors.ts'
import { clientErrors, currentValues, entry, errorTexts, inputBlocks, placedBy, withEntry } from './form-values.ts'
import { isJson } from './json.ts'
import { type Outcome, outcome } from './outcome.ts'
import type { Parts } from './parts.ts'
import { interactionBase, personBy, viewBy } from './person-acts.ts'
import type { ViewRow } from './tables.ts'
import { viewPayload } from './views.ts'

export const submitSchema = z.object({
  user: z.string(),
  view_id: z.string(),
  /** By action id, or by `block_id.action_id` where an action id stands in several blocks. */
  values: z.record(z.string(), z.unknown()).default({}),
})

/** A person fills a modal in and submits it. What the client itself refuses never reaches the app. */
export async function submit(parts: Parts, given: z.infer<typeof submitSchema>): Promise<Outcome> {
  const person = personBy(given.user)
  const found = viewBy(parts, given.view_id, person)
  if (found.kind !== 'modal' || !found.view.submit) throw new Refusal(409, 'That view has nothing to submit.')
  const row = parts.views.enter(found, filledIn(found, given.values))
  const errors = clientErrors(row.view.blocks, currentValues(row.view.blocks, row.entered))
  if (Object.keys(errors).length) return { ok: false, errors }
  const taken = await parts.deliver.interaction({
    type: 'view_submission',
    ...interactionBase(person),
    trigger_id: parts.triggers.make(person.id, row.id),
    view: viewPayload(row),
    response_urls: [],
  })
  if (!taken.ok) return outcome(taken)
  try {
    return applied(parts, row, taken.body) ?? outcome(taken)
  } catch (error) {
    if (!(error instanceof SlackError)) throw error
    return { ok: false, error: `the app answered a view that Slack refuses: ${error.message}` }
  }
}

function filledIn(row: ViewRow, values: Record<string, unknown>) {
  let entered = row.entered
  for (const [name, value] of Object.entries(values)) {
    const places = placedBy(row.view.blocks, name)
    if (!places.length) throw new Refusal(400, `There is no input "${name}" in this modal.`)
    for (const placed of places) entered = withEntry(entered, placed, entry(placed, value))
  }
  return entered
}

/** Does what the app's answer says; an outcome when the modal stays open for a reason. */
function applied({ views }: Parts, sent: ViewRow, body: unknown): Outcome | undefined {
  const answer = isJson(body) ? body : {}
  // The app may have changed or closed the modal through the Web API before it answered.
  const row = views.find(sent.id)
  switch (answer.response_action) {
    case 'errors': {
      const errors = errorTexts(answer.errors)
      const strangers = Object.keys(errors).filter((block) => !inputBlocks(sent.view.blocks).includes(block))
      const wrong = strangers.length > 0 || Object.keys(errors).length === 0
      return wrong
        ? { ok: false, error: `the app named errors for unknown blocks: ${strangers.join(', ')}` }
        : { ok: false, errors }
    }
    case 'update':
      if (row) views.update({ view_id: row.id }, answer.view)
      return undefined
    case 'push':
      if (row) views.push(row, answer.view)
      return undefined
    case 'clear':
      views.closeAll(sent.user)
      return undefined
    case undefined:
      if (row) views.close(row)
      return undefined
    default:
      return { ok: false, error: `the app answered an unknown response_action "${String(answer.response_action)}"` }
  }
}
