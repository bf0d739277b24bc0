import { action, approval, fail, pass, unknown } from '../engine/define.ts'
import type { Finding, Role, Step, View } from '../engine/types.ts'

/** How long Meta waits before it takes silence for a yes, where a WABA only joins a solution (procedures.md 13). */
export const silence = 'P90D'
const silenceMs = 90 * 24 * 3_600_000

/** When the client is reminded of a request that waits so long (procedures.md aw-s2). */
export const silenceReminders = ['P3D', 'P14D', 'P60D'] as const

/** Meta's id of the newest wish, as tagging answered it. */
export const intentAsked = ({ evidence }: View) => evidence['tag-again']?.intent ?? evidence['tag-waba']?.intent

/** What Meta says about the newest wish; nothing about an earlier one. */
function intentNow(view: View) {
  const { intent } = view.facts
  return intent !== undefined && intent.id === intentAsked(view) ? intent : undefined
}

/** The client has accepted (MK-INT); only then anything else may be done (procedures.md 12, "Today"). */
export function accepted(view: View): Finding {
  const intent = intentNow(view)
  const { status } = intent ?? {}
  if (intent === undefined || status === undefined) return unknown()
  if (status !== 'ACCEPTED' && status !== 'COMPLETED') return fail({ intent_status: status })
  const { destinationWaba } = intent
  return pass({ intent_status: status, ...(destinationWaba !== undefined && { destination_waba: destinationWaba }) })
}

/** The same where silence is a yes: says so when that is what happened. */
export function acceptedOrSilent(view: View): Finding {
  const { result, evidence } = accepted(view)
  const asked = view.endedAt['tag-again'] ?? view.endedAt['tag-waba']
  const silent = result === 'pass' && asked !== undefined && view.now - asked >= silenceMs
  return { result, ...(evidence && { evidence: { ...evidence, ...(silent && { by_silence: true }) } }) }
}

const rejected = (view: View): boolean => intentNow(view)?.status === 'REJECTED'

/** What the WABA is tagged for, a solution or `own-app`: until the client rejects, Meta takes no other wish (2593079). */
export const taggedFor = (view: View) =>
  rejected(view) ? undefined : (view.evidence['tag-again'] ?? view.evidence['tag-waba'])?.tagged_for

/** Stays part of the case once it was. */
const rejectedOnce = (view: View): boolean => rejected(view) || view.outcomes['ask-again'] !== undefined

interface Tagging {
  ref: string
  by: readonly Role[]
  after: readonly string[]
  says: NonNullable<Step['says']>
}

/** Tags the WABA for a solution. A client that rejects can be asked once more, or the case ends. */
export const tagSteps = ({ ref, by, after, says }: Tagging): Step[] => {
  const tagging = { ref, owner: 'partner', by, call: 'tag-waba', repeat: 'safe', announce: true, says } as const
  return [
    action('tag-waba', { ...tagging, after, for: ['partner', 'destination-partner'], remind: 'PT24H' }),
    approval('ask-again', { ref, owner: 'partner', by, when: rejectedOnce, after: ['tag-waba'], remind: 'PT24H' }),
    action('tag-again', { ...tagging, when: rejectedOnce, after: ['ask-again'], remind: 'PT24H' }),
  ]
}
