import { z } from 'zod'
import { given, id, maybeText } from '../loose.ts'
import { type Secret, secretOf } from '../secret.ts'
import { everyone, type GraphLine, type Node } from './line.ts'

/** A multi-partner solution (MK-SOL). */
export interface Solution {
  id: string
  name?: string
  /** `DRAFT`, `INITIATED`, `ACTIVE`, `REJECTED`, `DEACTIVATED`. */
  status?: string
  pendingRequest?: string
  ownerAppId?: string
  partners: { appId?: string; status?: string }[]
}

/** Solutions (platform/meta.md 3.5). */
export interface GraphSolutions {
  read(id: string): Promise<Solution>
  ofWaba(wabaId: string): Promise<Solution[]>
  /** Those that an app takes part in. */
  ofApp(appId: string): Promise<Solution[]>
  /** The token by which the solution partner acts for one business. */
  accessToken(id: string, businessId: string): Promise<Secret>
}

export function graphSolutions(line: GraphLine): GraphSolutions {
  return {
    read: (id) => line.node(id, solution),
    ofWaba: (wabaId) => everyone(line.walk(wabaId, 'solutions', solution)),
    ofApp: (appId) => everyone(line.walk(appId, 'whatsapp_business_solutions', solution)),
    accessToken: (id, businessId) =>
      line.get([id, 'access_token'], { schema: accessToken, params: { business_id: businessId } }),
  }
}

/** An app is told as its id, or as an object. */
const app = z.union([id, z.looseObject({ id }).transform((row) => row.id)]).nullish()
const partner = z
  .looseObject({ partner_app: app, status: maybeText })
  .transform(({ partner_app, status }) => given({ appId: partner_app ?? undefined, status }))

/** MK-SOL (platform/meta.md 3.5). Partners come as an edge with `data`, or, in one source, as a bare list. */
export const solution: Node<Solution> = {
  fields: ['name', 'status', 'status_for_pending_request', 'owner_app', 'partners{partner_app,status}'],
  schema: z
    .looseObject({
      id,
      name: maybeText,
      status: maybeText,
      status_for_pending_request: maybeText,
      owner_app: app,
      partners: z
        .union([z.array(partner), z.looseObject({ data: z.array(partner) }).transform(({ data }) => data)])
        .nullish(),
    })
    .transform(
      (row): Solution => ({
        ...given({
          id: row.id,
          name: row.name,
          status: row.status,
          pendingRequest: row.status_for_pending_request,
          ownerAppId: row.owner_app ?? undefined,
        }),
        partners: row.partners ?? [],
      }),
    ),
}

const token = z.looseObject({ access_token: z.string().min(1) }).transform((row) => row.access_token)

/** The guide shows a list with one token, Meta's API description a bare one. */
export const accessToken = z
  .union([
    token,
    z.looseObject({ data: z.array(token).min(1) }).transform(({ data: [first] }, context) => {
      if (first !== undefined) return first
      context.addIssue({ code: 'custom', message: 'expected a token' })
      return z.NEVER
    }),
  ])
  .transform(secretOf)
