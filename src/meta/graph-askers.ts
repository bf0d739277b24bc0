import type { CreditAllocation, FactName, Facts, PhoneNumber, Reading, Subject } from './facts.ts'
import { paysFor } from './graph/credit.ts'
import type { Graph } from './graph.ts'
import type { HubFacts } from './hub-askers.ts'
import { given } from './loose.ts'
import type { PartnerChangeFacts } from './partner-change-askers.ts'
import { brazilVariants, digitsOf } from './phone.ts'
import { follow, mapped, type Reader } from './readings.ts'
import type { SolutionFacts } from './solution-askers.ts'
import { known, type Ways } from './ways-to-facts.ts'

export interface GraphAskersOptions {
  subject: Subject
  /** Meta's id of the business that holds the partner's credit line. */
  creditBusiness: string | undefined
  now: () => number
}

/** The facts that Meta tells. */
type GraphAskers = {
  [N in Exclude<FactName, HubFacts | PartnerChangeFacts | SolutionFacts | 'arriving' | 'website'>]: () => Promise<
    Reading<Facts[N]>
  >
}

export function graphAskers(ways: Ways, { once, unknown }: Reader, options: GraphAskersOptions): GraphAskers {
  const { noId, withGraph, withChannel, accountId } = ways
  const { subject, creditBusiness, now } = options
  const spellings = brazilVariants(subject.phone)
  const phone = () =>
    withGraph((graph) =>
      withChannel(async ({ channel: { phoneNumberId } }) => {
        if (phoneNumberId !== undefined) return once('phone', 'graph', () => graph.numbers.read(phoneNumberId))
        return follow(await accountId(), noId, (id) =>
          once('phone', 'graph', async () => spelledLike(await graph.numbers.ofWaba(id), spellings)),
        )
      }),
    )
  const phoneId = () =>
    withChannel(async ({ channel: { phoneNumberId } }) => {
      if (phoneNumberId !== undefined) return known(phoneNumberId, now)
      return mapped(await phone(), ({ id }) => id)
    })
  const { destinationWaba } = subject
  /** The WABA that a move ends in, else the one that the number lives in. */
  const paidAccountId = async () => (destinationWaba === undefined ? accountId() : known(destinationWaba, now))
  const paidAccount = () => (destinationWaba === undefined ? ways.account() : ways.destination())

  return {
    phone,
    account: ways.account,
    destination: ways.destination,
    business: () =>
      withGraph(async (graph) =>
        follow(await ways.businessId(), noId, (id) => once('business', 'graph', () => graph.businesses.read(id))),
      ),
    health: () =>
      withGraph(async (graph) =>
        follow(await phoneId(), noId, (id) => once('health', 'graph', () => graph.health(id))),
      ),
    subscriptions: () =>
      withGraph(async (graph) =>
        follow(await paidAccountId(), noId, (id) =>
          once('subscriptions', 'graph', () => graph.wabas.subscriptions(id)),
        ),
      ),
    solutions: () =>
      withGraph(async (graph) =>
        follow(await accountId(), noId, (id) =>
          once('solutions', 'graph', async () =>
            (await graph.solutions.ofWaba(id)).map(({ id, name, status }) => given({ id, name, status })),
          ),
        ),
      ),
    credit: () =>
      withGraph(async (graph) => {
        if (creditBusiness === undefined) return unknown('no-id')
        return follow(await paidAccount(), noId, (waba) => {
          const { ownerBusinessId } = waba
          if (ownerBusinessId === undefined) return noId()
          return once('credit', 'graph', () => creditFor(graph, creditBusiness, ownerBusinessId, waba))
        })
      }),
  }
}

/** The allocation that pays for the WABA, else any that was shared with its owner and not taken back. */
async function creditFor(graph: Graph, holder: string, owner: string, waba: Facts['account']) {
  const lines = await graph.credit.lines(holder)
  const found = await Promise.all(lines.map(({ id }) => graph.credit.find(id, owner)))
  const judged = found.flat().map((allocation) => paysFor(allocation, waba))
  const standing = ({ requestStatus }: CreditAllocation) => requestStatus !== 'DELETED'
  return judged.find(({ isActive }) => isActive === true) ?? judged.find(standing)
}

function spelledLike(numbers: PhoneNumber[], spellings: string[]): PhoneNumber | undefined {
  return numbers.find(({ displayPhoneNumber }) => spellings.includes(digitsOf(displayPhoneNumber ?? '')))
}
