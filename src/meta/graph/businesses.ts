import { z } from 'zod'
import type { Business } from '../facts.ts'
import { given, id, maybeText } from '../loose.ts'
import type { GraphLine, Node } from './line.ts'

/** Business portfolios at Meta. */
export interface GraphBusinesses {
  /** MK-BIZ. */
  read(id: string): Promise<Business>
}

export function graphBusinesses(line: GraphLine): GraphBusinesses {
  return { read: (id) => line.node(id, business) }
}

/** MK-BIZ (platform/meta.md 2). */
export const business: Node<Business> = {
  fields: ['verification_status', 'name'],
  schema: z
    .looseObject({ id, name: maybeText, verification_status: maybeText })
    .transform((row) => given({ id: row.id, name: row.name, verificationStatus: row.verification_status })),
}
