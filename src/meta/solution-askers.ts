import { unlessAbsent } from './absent.ts'
import type { Facts, PhoneNumber, Reading, Solution, SolutionIntent, SolutionOfWaba, Subject } from './facts.ts'
import type { MigrationIntent } from './graph/intents.ts'
import type { Solution as GraphSolution } from './graph/solutions.ts'
import type { Graph } from './graph.ts'
import { given } from './loose.ts'
import { brazilVariants, digitsOf } from './phone.ts'
import { follow, type Reader } from './readings.ts'
import type { Ways } from './ways-to-facts.ts'

/** What only cases about a WABA and its solutions ask for. */
export type SolutionFacts =
  | 'ownSolutions'
  | 'solution'
  | 'intent'
  | 'shared'
  | 'wabaNumbers'
  | 'destinationTemplates'
  | 'destinationSolutions'
/** What is asked of the WABA itself, once a case is about one. */
type OfWaba = 'account' | 'phone' | 'templates' | 'solutions'
type Askers<N extends keyof Facts> = { [F in N]: () => Promise<Reading<Facts[F]>> }

export interface AppOptions {
  /** Meta's id of our app. */
  app: string | undefined
  /** Meta's ids of the partner's apps. */
  partnerApps: readonly string[]
}

interface SolutionOptions extends AppOptions {
  subject: Subject
  /** Meta's id of the partner's portfolio. */
  creditBusiness: string | undefined
}

/**
 * Facts of a WABA and of solutions (procedures.md 12 to 14). A case about a WABA stays with that one: its number may be in
 * another by now, and the Hub tells of that other one.
 */
export function solutionAskers(
  usual: Askers<OfWaba>,
  { noId, withGraph, accountId }: Ways,
  { once }: Reader,
  { subject, creditBusiness, app, partnerApps }: SolutionOptions,
): Askers<SolutionFacts | OfWaba> {
  const { waba, solution, intent, destinationWaba } = subject
  const about = <T>(id: string | undefined, next: (graph: Graph, id: string) => Promise<Reading<T>>) =>
    withGraph(async (graph) => (id === undefined ? noId() : next(graph, id)))
  const wabaId = async (): Promise<string | undefined> => {
    if (waba !== undefined) return waba
    const found = await accountId()
    return found.state === 'known' ? found.value : undefined
  }
  const numbers = async () =>
    about(await wabaId(), (graph, id) => once(`wabaNumbers:${id}`, 'graph', () => graph.numbers.ofWaba(id)))
  const spellings = brazilVariants(subject.phone)
  const isIt = ({ displayPhoneNumber = '' }: PhoneNumber) => spellings.includes(digitsOf(displayPhoneNumber))
  const solutionsOf = (graph: Graph, id: string) =>
    once(`solutions:${id}`, 'graph', async () => (await graph.solutions.ofWaba(id)).map(told))
  const templatesOf = (graph: Graph, id: string) => once(`templates:${id}`, 'graph', () => graph.templates.count(id))

  const pinned: Askers<OfWaba> = {
    account: () =>
      about(waba, (graph, id) => once(`account:${id}`, 'graph', () => unlessAbsent(() => graph.wabas.read(id)))),
    phone: async () => {
      const all = await numbers()
      return follow(all, noId, async (rows) => {
        const { asOf, source } = all.state === 'known' ? all : { asOf: '', source: 'graph' as const }
        const found = rows.find(isIt)
        return found === undefined ? { state: 'absent', asOf, source } : { state: 'known', value: found, asOf, source }
      })
    },
    templates: () => about(waba, templatesOf),
    solutions: () => about(waba, solutionsOf),
  }
  const inSolutions: Askers<'solutions'> = {
    solutions: async () => about(await wabaId(), solutionsOf),
  }

  return {
    ...usual,
    ...inSolutions,
    ...(waba !== undefined && pinned),
    ownSolutions: () =>
      about(partnerApps.length > 0 ? app : undefined, (graph, id) =>
        once('ownSolutions', 'graph', async () => {
          const all = (await graph.solutions.ofApp(id)).map(told)
          return all.filter(({ appIds }) => appIds?.some((one) => partnerApps.includes(one)))
        }),
      ),
    solution: () =>
      about(solution, (graph, id) =>
        once(`solution:${id}`, 'graph', async () => {
          const found = await unlessAbsent(() => graph.solutions.read(id))
          return found && toldAlone(found)
        }),
      ),
    intent: () =>
      about(intent, (graph, id) => once(`intent:${id}`, 'graph', async () => toldIntent(await graph.intents.read(id)))),
    shared: () =>
      about(creditBusiness, async (graph, business) => {
        const id = await wabaId()
        if (id === undefined) return noId()
        return once(`shared:${id}`, 'graph', async () => {
          const all = await graph.wabas.sharedWith(business)
          return all.find((one) => one.id === id)
        })
      }),
    wabaNumbers: numbers,
    destinationTemplates: () => about(destinationWaba, templatesOf),
    destinationSolutions: () => about(destinationWaba, solutionsOf),
  }
}

function told({ id, name, status, ownerAppId, partners }: GraphSolution): SolutionOfWaba {
  const appIds = [ownerAppId, ...partners.map(({ appId }) => appId)].flatMap((app) => app ?? [])
  return given({ id, name, status, appIds })
}

const toldAlone = (row: GraphSolution): Solution => ({ ...told(row), ...given({ pendingRequest: row.pendingRequest }) })

const toldIntent = ({ id, status, solution, destination }: MigrationIntent): SolutionIntent =>
  given({ id, status, solutionId: solution?.id, destinationWaba: destination?.id })
