import type { Channel, Problem, Subject } from './facts.ts'
import { fold } from './fold.ts'
import type { HubChannel } from './hub/channel-shape.ts'
import type { Hub } from './hub.ts'
import { PlatformError } from './problem.ts'
import { type Way, waysFor } from './ways.ts'

/** One number that a text may mean, with the parts of a label. */
export interface Hit {
  subject: Subject
  channel: Channel
  name?: string
  phone: string
  clientName?: string
}

export type Found =
  | ({ kind: 'one' } & Hit)
  | { kind: 'many'; hits: Hit[] /** There are more than are listed. */; more: boolean }
  | { kind: 'none' }
  | { kind: 'problem'; problem: Problem }

export interface Finder {
  /**
   * What a person typed: a phone number in any spelling, a channel, WABA or client id, an e-mail address or a name, tried in
   * that order (procedures.md 5 cs-q-what). Searches only the given partners (our ids); at most ten hits. A partner
   * whose Hub fails is passed over as long as another one has hits.
   */
  find(text: string, partners: readonly string[]): Promise<Found>
}

const mostHits = 10

export function finder({ hubs }: { hubs: Record<string, Hub> }): Finder {
  return {
    async find(text, partners) {
      const searched = [...new Set(partners)].flatMap((partner) => {
        const hub = Object.hasOwn(hubs, partner) ? hubs[partner] : undefined
        return hub === undefined ? [] : [{ partner, hub }]
      })
      let problem: Problem | undefined
      for (const way of waysFor(text)) {
        const results = await Promise.all(searched.map(({ partner, hub }) => search(way, hub, partner)))
        const hits = results.flatMap((result) => result.hits)
        if (hits.length > 0) return answer(hits, text)
        problem ??= results.find((result) => result.problem)?.problem
      }
      return problem ? { kind: 'problem', problem } : { kind: 'none' }
    },
  }
}

async function search(way: Way, hub: Hub, partner: string): Promise<{ hits: Hit[]; problem?: Problem }> {
  try {
    return { hits: (await way(hub)).flatMap((row) => hitOf(row, partner)) }
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error
    return { hits: [], problem: error.problem }
  }
}

/** A channel that has no number yet cannot be talked about: it is no hit. */
function hitOf({ channel, clientName }: HubChannel, partner: string): Hit[] {
  if (channel.phone === '') return []
  const subject = { phone: channel.phone, partner }
  const name = channel.name === undefined ? {} : { name: channel.name }
  return [{ subject, channel, phone: channel.phone, ...name, ...(clientName === undefined ? {} : { clientName }) }]
}

function answer(hits: Hit[], text: string): Found {
  const [first] = hits
  if (first !== undefined && hits.length === 1) return { kind: 'one', ...first }
  const wanted = fold(text)
  const closeness = ({ name = '', clientName = '' }: Hit) =>
    fold(name) === wanted ? 0 : fold(clientName) === wanted ? 1 : 2
  const sorted = [...hits].sort((a, b) => closeness(a) - closeness(b))
  return { kind: 'many', hits: sorted.slice(0, mostHits), more: sorted.length > mostHits }
}
