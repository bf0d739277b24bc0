import { fail, pass, unknown, warn } from '../engine/define.ts'
import type { Finding, Owner, View } from '../engine/types.ts'
import { comingAlong } from '../template-preview.ts'
import { intentAsked } from './intent.ts'
import { solutionNamed } from './subject.ts'
import { reportEvidence, templateReport } from './template-report.ts'

const day = 24 * 3_600_000

/** Out of all solutions, to an app of the partner's own. */
export const leaving = ({ answers }: View) => answers['where-to'] === 'own-app'
/** Into another solution. */
export const joining = (view: View) => !leaving(view)
/** The client accepts by Embedded Signup, and the new partner onboards the number as usual. */
export const bySignup = ({ answers }: View) => answers.way === 'signup'
/** The client accepts a request in Meta Business Suite, and the calls are made from here (procedures.md 12, "Today"). */
export const byRequest = (view: View) => !bySignup(view)
/** Nobody knows that two-step is off. */
export const pinIsOn = ({ facts }: View) => facts.phone?.isPinEnabled !== false
const inItsNewHome = ({ outcomes }: View) => outcomes['in-the-right-solution'] !== undefined

/** Who onboards the number: the other Solution Partner, or the partner itself where nobody else was named. */
export const newSide = ({ answers }: View): Owner =>
  typeof answers['destination-partner'] === 'string' ? 'destination-partner' : 'partner'

/** A new WABA that nothing pays for gets the destination's credit line. */
const unpaid = ({ facts, outcomes }: View) =>
  outcomes['share-credit-line'] !== undefined ||
  (facts.destination !== undefined && facts.destination.primaryFundingId === undefined)
/** A credit line has to be shared: asked for once the new WABA is known to be the right one. */
export const lineNeeded = (view: View) => byRequest(view) && joining(view) && inItsNewHome(view) && unpaid(view)

/** A WABA in no solution is added to one, not moved. */
export const notInASolution = ({ facts }: View) => (facts.solutions?.length === 0 ? 'in-no-solution' : undefined)

/** The same app in both solutions: then both are of one portfolio. Else the ids are there to be compared by hand. */
export function appsCompared({ answers, facts: { solution, solutions } }: View): Finding {
  const source = solutions?.find(({ id }) => id === answers['source-solution'])?.appIds ?? []
  const destination = solution?.appIds ?? []
  const shared = destination.find((id) => source.includes(id))
  if (shared !== undefined) return pass({ app: shared })
  if (source.length === 0 || destination.length === 0) return unknown()
  return { result: 'unknown', evidence: { source_apps: source.join(', '), destination_apps: destination.join(', ') } }
}

/** All come along, or somebody has to plan for those that stay. */
export function templatesKnown({ facts: { templates } }: View): Finding {
  if (templates === undefined) return unknown()
  const { coming, staying } = comingAlong(templates)
  const evidence = { templates_coming: coming, templates_staying: staying }
  return staying === 0 ? pass(evidence) : warn(evidence)
}

/** A signup link that names another solution would bring the number into the wrong one. */
export function linkCompared({ answers }: View): Finding {
  const link = answers['signup-link']
  const wanted = answers['destination-solution']
  if (typeof link !== 'string' || typeof wanted !== 'string') return unknown()
  if (link.includes(wanted)) return pass({ link_solution: wanted })
  const [other] = /\d{14,18}/.exec(link.replaceAll(/(app|config)[\w-]*=\d+/gi, '')) ?? []
  return other === undefined ? unknown() : fail({ link_solution: other })
}

/** The link was given as an answer. */
export const linkIsThere = ({ answers }: View): Finding =>
  typeof answers['signup-link'] === 'string' ? pass({ link: answers['signup-link'] }) : unknown()

/** Of a WABA that leaves all solutions it only has to be seen that there is a new one. */
export function inTheRightSolution(view: View): Finding {
  const { destinationSolutions: found, destination } = view.facts
  if (leaving(view)) return destination ? pass({ destination_waba: destination.id }) : unknown()
  if (found === undefined) return unknown()
  const { answers } = view
  const solutions = found.map(({ id }) => id).join(', ') || 'none'
  return found.some(({ id }) => id === answers['destination-solution']) ? pass({ solutions }) : fail({ solutions })
}

/** The number is `CONNECTED` in its new WABA. */
export function connected({ facts: { arriving } }: View): Finding {
  if (arriving?.status === undefined) return unknown()
  return arriving.status === 'CONNECTED' ? pass({ status: arriving.status }) : fail({ status: arriving.status })
}

/** When the copies have ratings, ms since the epoch. */
export const reportAt = ({ endedAt }: View) => (endedAt.connected !== undefined ? endedAt.connected + day : undefined)

/** After the 24 hours in which no copy has a rating. */
export function reported(view: View): Finding {
  const { templates, destinationTemplates } = view.facts
  const due = reportAt(view)
  if (due === undefined || view.now < due || templates === undefined || destinationTemplates === undefined)
    return unknown()
  const report = templateReport(templates, destinationTemplates)
  return report ? pass(reportEvidence(report)) : unknown()
}

const stayed = ({ evidence }: View) => Number(evidence['templates-come-along']?.templates_staying ?? 0) > 0
/** Some templates stayed, are missing or were rejected. */
export const toMakeAgain = (view: View) => {
  const { templates_missing, templates_rejected } = view.evidence['template-report'] ?? {}
  return stayed(view) || templates_missing !== undefined || templates_rejected !== undefined
}

/** Who leaves all solutions pays by itself (platform/meta.md 3.4). */
export const paidByClient = ({ facts: { destination } }: View): Finding => {
  const paidBy = destination?.primaryFundingId
  return paidBy === undefined ? unknown() : pass({ primary_funding_id: paidBy })
}

/** The report in words: what arrived, and everything that somebody has to make again. */
export function reportTexts({ evidence, facts }: View): NonNullable<Finding['evidence']> {
  const report = evidence['template-report'] ?? {}
  const stayed = (facts.templates?.staying ?? []).map(({ name }) => name).join(', ')
  const again = [report.templates_rejected, report.templates_missing, stayed].filter(Boolean)
  return { arrived: report.templates_arrived ?? '?', again: again.join(', ') || 'none' }
}

/** What the texts of the steps mention. */
export const named = (view: View) => ({
  ...solutionNamed(view),
  portfolio: String(view.answers.portfolio ?? '?'),
  intent: String(intentAsked(view) ?? '?'),
  link: String(view.answers['signup-link'] ?? '?'),
})

/** There are calls to agree to: for exactly this way and this solution, so that another one needs a new word. */
export const callsToAgree = ({ answers }: View): boolean =>
  answers.way === 'request' && (answers['where-to'] === 'own-app' || answers['destination-solution'] !== undefined)
