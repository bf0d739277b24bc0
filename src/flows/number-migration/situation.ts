import type { Account } from '../../meta/facts.ts'
import { pass, unknown } from '../engine/define.ts'
import type { Answer, Finding, Rule, View } from '../engine/types.ts'

const hour = 3_600_000
/** How old a new WABA may be when it is submitted, and when people are warned (procedures.md nm-s7). */
export const freshFor = 48 * hour
export const firstWarning = 36 * hour
export const lastWarning = 44 * hour

export const newAccount = ({ answers }: View): boolean => answers['waba-mode'] === 'new'
export const noHubAccount = ({ answers }: View): boolean => answers['hub-account'] === false
export const directPayment = ({ answers }: View): boolean => answers.payment === 'direct'
/** Our own calls to Meta instead of the client's way through the Client Hub. */
export const byApi = ({ answers }: View): boolean => answers.route === 'meta_api'
export const byClientHub = (view: View): boolean => !byApi(view)

/** What a platform knows, as long as nobody has answered. */
export const unlessAnswered =
  (id: string, rule: Rule<Answer | undefined>): Rule<Answer | undefined> =>
  (view) =>
    view.answeredAt[id] === undefined ? rule(view) : undefined

/** The WABA that the number moves to, when its id was told and Meta shows it to us. */
export const destinationOf = ({ answers, facts }: View): Account | undefined =>
  answers['destination-waba'] === undefined ? undefined : facts.destination

/** When the destination was created, in ms: Meta knows, or somebody said how many hours ago. */
export function createdAt(view: View): number | undefined {
  const told = destinationOf(view)?.createdAt
  if (told !== undefined) return Date.parse(told)
  const hours = view.answers['waba-age']
  const asked = view.answeredAt['waba-age']
  return typeof hours === 'number' && asked !== undefined ? asked - hours * hour : undefined
}

/** Until when a new WABA can be submitted; nothing while nobody knows its age. */
export function deadline(view: View): number | undefined {
  const created = newAccount(view) ? createdAt(view) : undefined
  return created === undefined ? undefined : created + freshFor
}

export const minuteText = (ms: number): string => new Date(ms).toISOString()

/** The number is a channel at 360dialog now. */
export function arrived({ facts: { channel } }: View): Finding {
  if (channel === undefined || channel.terminatedAt !== undefined) return unknown()
  return pass({ channel: channel.id })
}

/** The number has left its source: what was found out there is history. */
export const hasMoved = (view: View): boolean =>
  view.outcomes['number-submitted'] !== undefined ||
  view.outcomes.registered !== undefined ||
  view.facts.phone?.status === 'MIGRATED' ||
  arrived(view).result === 'pass'

/** A rule about the source: once the number has moved, what it found last stays as it was. */
export const atSource =
  (id: string, rule: Rule<Finding>): Rule<Finding> =>
  (view) => {
    if (!hasMoved(view)) return rule(view)
    return view.outcomes[id] === 'declared' ? unknown() : pass(view.evidence[id])
  }
