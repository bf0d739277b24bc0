import { caseLabel } from '../cases/label.ts'
import type { Refusal } from '../flows/engine/act.ts'
import type { Texts } from './texts.ts'

/** Why an act was refused, as a sentence for the person who tried. */
export function refusalText(
  { code, params }: Refusal,
  texts: Texts,
  context: { now: number; case?: number; name?: string },
): string {
  const at = typeof params.at === 'number' ? texts.relative(params.at, context.now) : ''
  const outcome = params.outcome === undefined ? '' : texts.t(`desk.outcomes.${params.outcome}`)
  const own = code === 'already-decided' && params.by === context.name
  const roles = String(params.roles ?? '')
    .split(' ')
    .filter(Boolean)
    .map((role) => texts.t(`desk.roles.${role}`))
  const id = typeof params.case === 'number' ? params.case : context.case
  return texts.t(`desk.refusals.${own ? 'already-decided-self' : code}`, {
    by: String(params.by ?? ''),
    outcome,
    most: String(params.most ?? ''),
    relative: at,
    roles: new Intl.ListFormat(texts.language, { type: 'disjunction' }).format(roles),
    case: id === undefined ? '' : caseLabel(id),
    problem: params.problem === undefined ? '' : texts.t(`desk.question.problems.${params.problem}`),
  })
}
