import type { NodeRow } from './rows.ts'

/** What Meta remembers beside its numbers and accounts: solutions, intents, credit lines, tokens. Plain JSON. */

/** A multi-partner solution (meta.md 3.5). Fields that Meta does not show start with the rest of the row. */
export type SolutionRow = NodeRow & {
  name: string
  status: string
  status_for_pending_request: string
  /** Business portfolio of the Solution Partner: WABAs of the solution are shared with it. */
  business_id: string
  /** 360dialog partner under which numbers of this solution land, if any. */
  hub_partner?: string
}

/** The wish to take a WABA into, over to, or out of a solution, or to give an on-behalf-of WABA away (meta.md 3.4, 3.6). */
export interface IntentRow {
  id: string
  waba_id: string
  /** `add`: into a first solution. `move`: to another solution or out of them, with a new WABA. `obo`: new owner. */
  kind: 'add' | 'move' | 'obo'
  solution_id: string | null
  app_id: string | null
  status: 'INITIATED' | 'ACCEPTED' | 'COMPLETED' | 'REJECTED'
  /** The WABA that was made when the customer accepted a move. */
  destination: string | null
}

/** A partner's line of credit at Meta (meta.md 3.7). */
export type CreditRow = NodeRow & { legal_entity_name: string; business_id: string; currency: string }

/** A share of a credit line that a customer got. */
export type AllocationRow = NodeRow & {
  credit_id: string
  /** The WABA that it is attached to. */
  waba_id: string | null
  receiving_business: { id: string; name: string }
  receiving_credential: { id: string }
  request_status: string
}

/** What a WABA node does not show: with whom it is shared, who may work on it, whether it may send. */
export interface AccountSideRow {
  /** Meta's WABA id. */
  id: string
  /** Business portfolios of the partners it is shared with. */
  shared_with: string[]
  solutions: string[]
  apps: { app: string; override_callback_uri?: string }[]
  users: { id: string; name: string; tasks: string[] }[]
  /** `payment`: no valid way to pay. `switch`: between two Solution Partners, until the 1st of a month. */
  stop: 'payment' | 'switch' | null
  /** Was unshared from a partner and not funded since: the calendar of credit lines applies. */
  switched: boolean
}

/** What a number node does not show. */
export interface NumberSideRow {
  /** Meta's phone number id. */
  id: string
  /** The two-step PIN; `null`: two-step is off. */
  pin: string | null
  /** The node that serves the number until this one is registered. */
  migrating_from: string | null
  /** Sandbox times of one-time codes that were asked for, of the last proof, of register and deregister calls. */
  codes: number[]
  verified_at: number | null
  registers: number[]
  blocked_until: number | null
  /** Sandbox times of wrong PINs. */
  guesses: number[]
  deleted_at: number | null
  maintenance: boolean
}

/** A token beside the system user's, or a code that can be exchanged for one. */
export interface TokenRow {
  id: string
  kind: 'business' | 'code'
  /** Sandbox time in milliseconds; `null`: never ends. */
  until: number | null
  used: boolean
}

/** How much of a rate limit is used, said by a person. */
export interface UsageRow {
  /** Meta's WABA id, or `app`. */
  id: string
  percent: number
  /** Sandbox time in milliseconds. */
  until: number
}
