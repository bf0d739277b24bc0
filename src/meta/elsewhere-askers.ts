import type { Facts, PhoneNumber, Reading, Subject, WebsiteSeen } from './facts.ts'
import type { Graph } from './graph.ts'
import { given } from './loose.ts'
import { brazilVariants, digitsOf } from './phone.ts'
import { follow, type Reader } from './readings.ts'
import type { Ways } from './ways-to-facts.ts'
import type { WebsiteFinding, WebsiteProbe } from './website.ts'

/** What is found in another way as long as a number is not at 360dialog, and what only a move there asks for. */
export type ElsewhereFacts =
  | 'client'
  | 'account'
  | 'phone'
  | 'business'
  | 'templates'
  | 'health'
  | 'arriving'
  | 'website'
type Asker<N extends ElsewhereFacts> = () => Promise<Reading<Facts[N]>>
type ElsewhereAskers = { [N in ElsewhereFacts]: Asker<N> }
type Usual = { [N in Exclude<ElsewhereFacts, 'arriving' | 'website'>]: Asker<N> }

interface ElsewhereOptions {
  subject: Subject
  website: WebsiteProbe | undefined
}

/**
 * How a number is found out about that lives with another provider (procedures.md 1): by the WABA it is in, if our token may
 * see that one; else everything about it stays unknown and people are asked.
 */
export function elsewhereAskers(
  usual: Usual,
  { noId, withHub, withGraph, row }: Ways,
  { once }: Reader,
  { subject, website }: ElsewhereOptions,
): ElsewhereAskers {
  const { sourceWaba, destinationWaba } = subject
  /** Without any, there is no other way, and the channel need not be asked first. */
  const hint = sourceWaba ?? subject.business ?? subject.email
  /** At 360dialog the channel leads to the fact; elsewhere this does. */
  const unlessHere =
    <T>(here: () => Promise<Reading<T>>, there: () => Promise<Reading<T>>) =>
    async () =>
      hint !== undefined && (await row()).state === 'absent' ? there() : here()
  /** Asks Meta about the WABA that the number is in. */
  const inSource = <T>(next: (graph: Graph, waba: string) => Promise<Reading<T>>) =>
    withGraph(async (graph) => (sourceWaba === undefined ? noId() : next(graph, sourceWaba)))
  const numberIn = (name: string, waba: string | undefined) =>
    withGraph(async (graph) => {
      if (waba === undefined) return noId()
      const spellings = brazilVariants(subject.phone)
      const isIt = ({ displayPhoneNumber = '' }: PhoneNumber) => spellings.includes(digitsOf(displayPhoneNumber))
      return once(`${name}:${waba}`, 'graph', async () => (await graph.numbers.ofWaba(waba)).find(isIt))
    })
  const account = () => inSource((graph, waba) => once(`sourceAccount:${waba}`, 'graph', () => graph.wabas.read(waba)))
  const phone = () => numberIn('sourcePhone', sourceWaba)
  const businessId = async () => {
    const owner = await account()
    return (owner.state === 'known' ? owner.value.ownerBusinessId : undefined) ?? subject.business
  }

  return {
    account: unlessHere(usual.account, account),
    phone: unlessHere(usual.phone, phone),
    business: unlessHere(usual.business, () =>
      withGraph(async (graph) => {
        const id = await businessId()
        return id === undefined ? noId() : once(`business:${id}`, 'graph', () => graph.businesses.read(id))
      }),
    ),
    templates: unlessHere(usual.templates, () =>
      inSource((graph, waba) => once(`sourceTemplates:${waba}`, 'graph', () => graph.templates.count(waba))),
    ),
    health: unlessHere(usual.health, () =>
      withGraph(async (graph) =>
        follow(await phone(), noId, ({ id }) => once(`health:${id}`, 'graph', () => graph.health(id))),
      ),
    ),
    client: unlessHere(usual.client, () =>
      withHub(async (hub) => {
        const { email } = subject
        return email === undefined
          ? noId()
          : once(`client:${email}`, 'hub', async () => (await hub.clients.byEmail(email))[0])
      }),
    ),
    arriving: () => numberIn('arriving', destinationWaba),
    website: async () => {
      const url = subject.website
      return url === undefined || website === undefined
        ? noId()
        : once(`website:${url}`, 'web', async () => seen(url, await website.check(url)))
    },
  }
}

/** What a page calls itself is a stranger's text and stays out. */
function seen(url: string, finding: WebsiteFinding): WebsiteSeen {
  const host = URL.canParse(url) ? new URL(url).host : url
  if (finding.reachable) return { host, reachable: true, status: finding.status }
  return given({ host, reachable: false, status: finding.status, words: finding.words })
}
