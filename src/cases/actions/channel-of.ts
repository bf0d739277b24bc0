import type { CaseState } from '../../flows/engine/fold.ts'
import type { Channel } from '../../meta/facts.ts'
import type { Hub } from '../../meta/hub.ts'
import { PlatformError } from '../../meta/problem.ts'
import type { Platforms } from './index.ts'

/** The channel that a case is about, and the Hub it is in. Throws PlatformError when one of them is not known. */
export function channelOf({ hubOf }: Platforms, { partner, readings }: CaseState): { hub: Hub; channel: Channel } {
  const hub = hubOf(partner)
  const channel = readings.channel?.state === 'known' ? readings.channel.value : undefined
  if (hub && channel) return { hub, channel }
  const missing = hub ? 'the number is not known at 360dialog' : 'the partner is not known'
  throw new PlatformError({ kind: 'NotFound', asked: 'the channel of the case', answered: missing })
}
