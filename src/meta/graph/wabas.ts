import { z } from 'zod'
import type { Account, Subscriptions } from '../facts.ts'
import { given, id, maybeText, maybeTime } from '../loose.ts'
import { everyone, type GraphLine, type Node } from './line.ts'

/** A person or system user with tasks on a WABA. */
export interface AssignedUser {
  id: string
  name?: string
  /** `MANAGE`, `DEVELOP`, `MANAGE_PHONE` … */
  tasks: string[]
}

/** WABAs as Meta sees them (platform/meta.md 2, 3.8, 3.9). */
export interface GraphWabas {
  /** MK-WABA. */
  read(id: string): Promise<Account>
  /** The WABAs that a business owns. */
  ownedBy(businessId: string): Promise<Account[]>
  /** The WABAs that others shared with a business. */
  sharedWith(businessId: string): Promise<Account[]>
  /** MK-SUB. */
  subscriptions(id: string): Promise<Subscriptions>
  /** Lets our app get the webhooks of a WABA; calling it again changes nothing. */
  subscribe(id: string): Promise<void>
  unsubscribe(id: string): Promise<void>
  assignedUsers(id: string, businessId: string): Promise<AssignedUser[]>
  /** Gives a user tasks on a WABA; needs an admin system user's token. */
  assignUser(id: string, user: { id: string; tasks: string[] }): Promise<void>
  unassignUser(id: string, userId: string): Promise<void>
}

export function graphWabas(line: GraphLine): GraphWabas {
  return {
    read: (id) => line.node(id, account),
    ownedBy: (businessId) => everyone(line.walk(businessId, 'owned_whatsapp_business_accounts', account)),
    sharedWith: (businessId) => everyone(line.walk(businessId, 'client_whatsapp_business_accounts', account)),
    subscriptions: (id) => line.get([id, 'subscribed_apps'], { schema: subscriptions }),
    subscribe: (id) => line.change([id, 'subscribed_apps'], { safe: true }),
    unsubscribe: (id) => line.remove([id, 'subscribed_apps']),
    assignedUsers: (id, business) => everyone(line.walk(id, 'assigned_users', assignedUser, { business })),
    assignUser: (id, user) =>
      line.change([id, 'assigned_users'], {
        params: { user: user.id, tasks: JSON.stringify(user.tasks) },
        safe: true,
      }),
    unassignUser: (id, user) => line.remove([id, 'assigned_users'], { params: { user } }),
  }
}

const onBehalfOf = z
  .looseObject({ id: maybeText, name: maybeText, status: maybeText, type: maybeText })
  .transform(({ id, name, status, type }) => given({ id, name, status, type }))

/** MK-WABA (platform/meta.md 2). */
export const account: Node<Account> = {
  fields: [
    ...['name', 'account_review_status', 'business_verification_status', 'ownership_type', 'owner_business_info'],
    ...['on_behalf_of_business_info', 'currency', 'primary_funding_id', 'creation_time', 'timezone_id'],
    ...['message_template_namespace', 'whatsapp_business_manager_messaging_limit'],
  ],
  schema: z
    .looseObject({
      id,
      name: maybeText,
      ownership_type: maybeText,
      owner_business_info: z.looseObject({ id: maybeText, name: maybeText }).nullish(),
      on_behalf_of_business_info: onBehalfOf.nullish(),
      account_review_status: maybeText,
      business_verification_status: maybeText,
      currency: maybeText,
      timezone_id: maybeText,
      primary_funding_id: maybeText,
      message_template_namespace: maybeText,
      whatsapp_business_manager_messaging_limit: maybeText,
      creation_time: maybeTime,
    })
    .transform((row) =>
      given({
        id: row.id,
        name: row.name,
        ownershipType: row.ownership_type,
        ownerBusinessId: row.owner_business_info?.id,
        ownerBusinessName: row.owner_business_info?.name,
        onBehalfOf: row.on_behalf_of_business_info ?? undefined,
        reviewStatus: row.account_review_status,
        verificationStatus: row.business_verification_status,
        currency: row.currency,
        timezoneId: row.timezone_id,
        primaryFundingId: row.primary_funding_id,
        namespace: row.message_template_namespace,
        messagingLimit: row.whatsapp_business_manager_messaging_limit,
        createdAt: row.creation_time,
      }),
    ),
}

/** MK-SUB (platform/meta.md 3.9). */
export const subscriptions = z
  .looseObject({
    data: z.array(
      z
        .looseObject({ whatsapp_business_api_data: z.looseObject({ id: maybeText, name: maybeText }) })
        .transform(({ whatsapp_business_api_data: { id, name } }) => given({ id, name })),
    ),
  })
  .transform(({ data }): Subscriptions => ({ count: data.length, apps: data }))

const assignedUser: Node<AssignedUser> = {
  fields: ['id', 'name', 'tasks'],
  schema: z
    .looseObject({ id, name: maybeText, tasks: z.array(z.string()).nullish() })
    .transform(({ id, name, tasks }): AssignedUser => ({ ...given({ id, name }), tasks: tasks ?? [] })),
}
