import { unlessAbsent } from './absent.ts'
import type { Facts, PartnerChange, Reading, SharedNumbers, Subject } from './facts.ts'
import type { SharedNumber } from './hub/clients.ts'
import { all } from './hub/lists.ts'
import type { Hub } from './hub.ts'
import { follow, type Reader } from './readings.ts'
import { known, type Ways } from './ways-to-facts.ts'

/** The facts of a change of partner. */
export type PartnerChangeFacts = 'changeRequests' | 'newPartner' | 'newNumbers' | 'newPermission'
type PartnerChangeAskers = { [N in PartnerChangeFacts]: () => Promise<Reading<Facts[N]>> }

/**
 * How a change of partner is watched from both sides (procedures.md 4): the request by its client, who is not with the old
 * partner any more once it is completed, and the new partner's side with that partner's own key.
 */
export function partnerChangeAskers(
  { noId, withHub, row }: Ways,
  { once, unknown }: Reader,
  { subject, newHub, now }: { subject: Subject; newHub: Hub | undefined; now: () => number },
): PartnerChangeAskers {
  const clientId = async (): Promise<Reading<string>> => {
    const found = await row()
    const id = found.state === 'known' ? found.value.channel.clientId : subject.client
    if (found.state === 'error' || !id) return found.state === 'error' ? found : noId()
    return known(id, now)
  }
  const changeRequests = () =>
    withHub(async (hub) =>
      follow(await clientId(), noId, async (id) => {
        const requests = await once(`changeRequests:${id}`, 'hub', () => requestsOf(hub, id))
        // No list is no proof that nothing was asked for; an empty one is.
        return requests.state === 'absent' ? noId() : requests
      }),
    )
  /** Asks the new partner's Hub about the client, who has another id there when only a part of its numbers moved. */
  const atNewPartner = async <T>(next: (clientId: string, hub: Hub, key: string) => Promise<Reading<T>>) => {
    if (newHub === undefined) return unknown('no-token')
    const requests = await changeRequests()
    const clone = requests.state === 'known' ? requests.value.find(({ targetClientId }) => targetClientId) : undefined
    const id = clone?.targetClientId === undefined ? await clientId() : known(clone.targetClientId, now)
    return follow(id, noId, (client) => next(client, newHub, `${subject.newPartner}:${client}`))
  }
  return {
    changeRequests,
    newPartner: async () =>
      newHub === undefined
        ? unknown('no-token')
        : once(`newPartner:${subject.newPartner}`, 'hub', () => newHub.partner.read()),
    newNumbers: () =>
      atNewPartner((id, hub, key) =>
        once(`newNumbers:${key}`, 'hub', async () => (await hub.channels.ofClient(id)).map(({ channel }) => channel)),
      ),
    newPermission: () =>
      atNewPartner(async (id, hub, key) => {
        const shared = await once(`newPermission:${key}`, 'hub', async () => {
          const rows = await hub.clients.sharedNumbers(id)
          return rows && sharedNumbers(rows)
        })
        return shared.state === 'absent' ? noId() : shared
      }),
  }
}

async function requestsOf(hub: Hub, client: string): Promise<PartnerChange[] | undefined> {
  const filters = { source_client_id: client }
  const rows = await unlessAbsent(() => all(hub.partnerChanges.list({ filters })))
  const own = rows?.filter(({ sourceClientId }) => sourceClientId === client)
  return own?.sort((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? ''))
}

function sharedNumbers(rows: readonly SharedNumber[]): SharedNumbers {
  return {
    channels: rows.flatMap(({ channelId }) => channelId ?? []),
    phones: rows.flatMap(({ phone }) => phone ?? []),
  }
}
