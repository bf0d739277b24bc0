import type { CaseState } from '../../flows/engine/fold.ts'
import type { CreditAllocation } from '../../meta/facts.ts'
import { PlatformError } from '../../meta/problem.ts'
import type { ActionCall } from '../action-job.ts'
import type { Platforms } from './index.ts'
import { graphOf, newWabaOf } from './waba-of.ts'

/**
 * Shares the new partner's credit line with the WABA and attaches it (procedures.md 11 sp-s6). Its evidence tells which
 * credential will pay once the line is active.
 */
export const shareCreditLine = (platforms: Platforms): ActionCall => {
  const asked = (state: CaseState) => ({
    graph: graphOf(platforms),
    line: String(state.answers['credit-line']?.value ?? ''),
    waba: { id: newWabaOf(state), currency: currencyOf(state) },
  })
  return {
    async run(state) {
      const { graph, line, waba } = asked(state)
      const id = await graph.credit.shareAndAttach(line, waba)
      return evidenceOf(await graph.credit.allocation(id).catch(idAlone(id)))
    },
    async happened(state) {
      const { graph, line } = asked(state)
      const owner = ownerOf(state)
      if (owner === undefined) return undefined
      const shares = await graph.credit.find(line, owner)
      // A share of the line does not tell for which of the business's WABAs it was made: then a person has to look.
      return shares.some(({ requestStatus }) => requestStatus !== 'DELETED') ? undefined : false
    },
  }
}

/** The line is shared, although nobody could read what came of it. */
const idAlone =
  (id: string) =>
  (error: unknown): CreditAllocation => {
    if (!(error instanceof PlatformError)) throw error
    return { id }
  }

function evidenceOf({ id, receivingCredentialId }: CreditAllocation): Record<string, string> {
  return {
    allocation: id,
    ...(receivingCredentialId !== undefined && { receiving_credential: receivingCredentialId }),
  }
}

function ownerOf({ readings: { account } }: CaseState): string | undefined {
  return account?.state === 'known' ? account.value.ownerBusinessId : undefined
}

/** What a person said, else what Meta tells of the account. */
function currencyOf({ answers, readings: { account } }: CaseState): string {
  const told = account?.state === 'known' ? account.value.currency : undefined
  return String(answers['credit-currency']?.value ?? told ?? '')
}
