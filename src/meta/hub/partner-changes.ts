import { z } from 'zod'
import type { PartnerChange } from '../facts.ts'
import { given, id, maybeFlag, maybeText, maybeTime } from '../loose.ts'
import type { HubLine } from './line.ts'
import { all, type ListQuery, rows } from './lists.ts'

/** Requests of clients to be served by another partner (platform/360dialog.md 2.6). No way to decline one is known. */
export interface HubPartnerChanges {
  /** LK-PCR: those that this partner takes part in. */
  list(query?: ListQuery): AsyncIterable<PartnerChange>
  byId(id: string): Promise<PartnerChange | undefined>
  /** Requests of a client of ours that are neither completed nor failed. */
  openOf(clientId: string): Promise<PartnerChange[]>
  /** As the destination: the move then runs in the background. Answers the request when the Hub tells it. */
  approve(id: string): Promise<PartnerChange | undefined>
}

/** Paths behind `/partners/{p}`; `{id}` is the request's. */
export interface PartnerChangePaths {
  list: string
  approve: string
}

/** The path of approving was cut off where it is documented, and an older name of the list is quoted. */
export const usualPartnerChangePaths: PartnerChangePaths = {
  list: 'selective_partner_change_requests',
  approve: 'selective_partner_change_requests/{id}/approve',
}

/** The documented states in which a request has come to its end. */
const ended = ['completed', 'failed']

export function hubPartnerChanges({ http, at }: HubLine, paths: PartnerChangePaths): HubPartnerChanges {
  const path = (pattern: string, id = '') => {
    const segments = pattern.split('/').map((segment) => (segment === '{id}' ? id : segment))
    return at(...segments)
  }
  const list = (query: ListQuery = {}) =>
    // Under which name the rows stand is not documented: the only list of the answer is taken.
    rows(http, path(paths.list), { ...query, row: partnerChange, key: ({ id }) => id })
  return {
    list,
    byId: async (id) => (await all(list({ filters: { id } }))).find((row) => row.id === id),
    openOf: async (clientId) =>
      (await all(list({ filters: { source_client_id: clientId } }))).filter(
        (row) => row.sourceClientId === clientId && !ended.includes(row.status ?? ''),
      ),
    approve: async (id) => http.post(path(paths.approve, id), { schema: maybeChange, body: {} }),
  }
}

/** One id, also inside an object. */
const channelId = z.union([id, z.looseObject({ id }).transform((row) => row.id)])

/** A partner change request. Under which name its channels stand was cut off in the documentation. */
export const partnerChange = z
  .looseObject({
    id,
    status: maybeText,
    is_full_migration: maybeFlag,
    source_client_id: maybeText,
    target_client_id: maybeText,
    source_partner_id: maybeText,
    target_partner_id: maybeText,
    channels: z.array(channelId).nullish(),
    channel_ids: z.array(channelId).nullish(),
    created_at: maybeTime,
  })
  .transform(
    (row): PartnerChange =>
      given({
        id: row.id,
        status: row.status,
        isFullMigration: row.is_full_migration,
        sourceClientId: row.source_client_id,
        targetClientId: row.target_client_id,
        sourcePartnerId: row.source_partner_id,
        targetPartnerId: row.target_partner_id,
        channelIds: row.channels ?? row.channel_ids ?? undefined,
        createdAt: row.created_at,
      }),
  )

const maybeChange = z.union([partnerChange, z.unknown().transform(() => undefined)])
