import { isProblem, unlessAbsent } from '../absent.ts'
import type { Waba } from '../facts.ts'
import { type HubChannel, waba } from './channel-shape.ts'
import type { HubChannels } from './channels.ts'
import type { HubLine } from './line.ts'

/** WABA accounts as the Hub keeps them. */
export interface HubWabas {
  /** LK-WABA; without the fields that only channels embed. */
  byId(id: string): Promise<Waba | undefined>
  /** By Meta's WABA id, through the channels. */
  byMetaId(externalId: string): Promise<Waba | undefined>
}

export function hubWabas({ http, at }: HubLine, channels: HubChannels): HubWabas {
  return {
    byId: (id) => unlessAbsent(async () => http.get(at('waba_accounts', id), { schema: waba })),
    async byMetaId(externalId) {
      const wanted = (row: HubChannel) => row.waba?.externalId === externalId
      const filtered = firstOf(channels.list({ filters: { 'waba_account.external_id': externalId } }), wanted)
      // The key is not in the documented list of filters: a Hub that refuses it is walked through.
      const hit = await filtered.catch((error: unknown) => {
        if (!isProblem(error, 'Rejected')) throw error
        return firstOf(channels.list(), wanted)
      })
      return hit?.waba
    },
  }
}

async function firstOf<T>(all: AsyncIterable<T>, wanted: (row: T) => boolean): Promise<T | undefined> {
  for await (const row of all) if (wanted(row)) return row
  return undefined
}
