import { z } from 'zod'
import type { Account, CreditAllocation } from '../facts.ts'
import { given, id, maybeText } from '../loose.ts'
import { everyone, type GraphLine, type Node } from './line.ts'
import { account } from './wabas.ts'

/** A partner's credit line. */
export interface CreditLine {
  id: string
  legalEntityName?: string
}

/**
 * Credit lines (platform/meta.md 3.7, procedures.md 11). All but `attach` need the partner's system user token with
 * `business_management`.
 */
export interface GraphCredit {
  /** MK-CR: the lines of a business. */
  lines(businessId: string): Promise<CreditLine[]>
  /** Shares a line with the owner of a WABA and attaches it; answers the allocation's id. */
  shareAndAttach(lineId: string, waba: { id: string; currency: string }): Promise<string>
  /** The same in two steps, first: shares a line with a business. */
  share(lineId: string, businessId: string): Promise<string>
  /** Second: attaches it to a WABA. Needs the customer's business token: `graph.as(token).credit.attach`. */
  attach(lineId: string, waba: { id: string; currency: string }): Promise<string>
  /** What was shared with a business. */
  find(lineId: string, businessId: string): Promise<CreditAllocation[]>
  allocation(id: string): Promise<CreditAllocation>
  /** Whether an allocation pays for a WABA: its receiving credential is what funds the WABA. */
  verify(allocationId: string, wabaId: string): Promise<CreditAllocation>
  /** Takes a shared line back, from every WABA of that business. */
  revoke(allocationId: string): Promise<void>
}

export function graphCredit(line: GraphLine): GraphCredit {
  const allocate = (lineId: string, edge: string, params: Record<string, string>) =>
    line.post([lineId, edge], { schema: allocated, params })
  const wabaParams = ({ id, currency }: { id: string; currency: string }) => ({ waba_currency: currency, waba_id: id })
  const allocationOf = (id: string) => line.node(id, allocation)
  return {
    lines: (businessId) => everyone(line.walk(businessId, 'extendedcredits', creditLine)),
    shareAndAttach: (lineId, waba) => allocate(lineId, 'whatsapp_credit_sharing_and_attach', wabaParams(waba)),
    share: (lineId, businessId) => allocate(lineId, 'whatsapp_credit_sharing', { receiving_business_id: businessId }),
    attach: (lineId, waba) => allocate(lineId, 'whatsapp_credit_attach', wabaParams(waba)),
    find: (lineId, businessId) =>
      line.get([lineId, 'owning_credit_allocation_configs'], {
        schema: allocations,
        params: { receiving_business_id: businessId, fields: allocation.fields.join(',') },
      }),
    allocation: allocationOf,
    async verify(allocationId, wabaId) {
      const [shared, waba] = await Promise.all([allocationOf(allocationId), line.node(wabaId, account)])
      return paysFor(shared, waba)
    },
    revoke: (allocationId) => line.remove([allocationId]),
  }
}

/** An allocation with what pays for a WABA now, and whether that is the allocation. */
export function paysFor(allocation: CreditAllocation, { primaryFundingId }: Account): CreditAllocation {
  const { receivingCredentialId, requestStatus } = allocation
  const told = receivingCredentialId !== undefined && primaryFundingId !== undefined
  const isActive = told ? receivingCredentialId === primaryFundingId && requestStatus !== 'DELETED' : undefined
  return { ...allocation, ...given({ primaryFundingId, isActive }) }
}

const creditLine: Node<CreditLine> = {
  fields: ['id', 'legal_entity_name'],
  schema: z
    .looseObject({ id, legal_entity_name: maybeText })
    .transform((row) => given({ id: row.id, legalEntityName: row.legal_entity_name })),
}

/** A node that is told with its id. */
const named = z.looseObject({ id: maybeText }).nullish()

/** MK-CR (platform/meta.md 3.7). */
export const allocation: Node<CreditAllocation> = {
  fields: ['id', 'receiving_credential', 'receiving_business', 'request_status'],
  schema: z
    .looseObject({ id, receiving_credential: named, receiving_business: named, request_status: maybeText })
    .transform((row) =>
      given({
        id: row.id,
        receivingBusinessId: row.receiving_business?.id,
        receivingCredentialId: row.receiving_credential?.id,
        requestStatus: row.request_status,
      }),
    ),
}

/** Documented as a list; one sample shows a bare object. */
export const allocations = z.union([
  z.looseObject({ data: z.array(allocation.schema) }).transform(({ data }) => data),
  allocation.schema.transform((one) => [one]),
])

export const allocated = z.looseObject({ allocation_config_id: id }).transform((row) => row.allocation_config_id)
