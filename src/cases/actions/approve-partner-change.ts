import { destinationQuestion } from '../../flows/engine/destination.ts'
import type { CaseState } from '../../flows/engine/fold.ts'
import { isOpen, requestStep } from '../../flows/partner-change-request.ts'
import { isProblem } from '../../meta/absent.ts'
import type { PartnerChange } from '../../meta/facts.ts'
import type { Hub } from '../../meta/hub.ts'
import { PlatformError } from '../../meta/problem.ts'
import type { ActionCall } from '../action-job.ts'
import type { Platforms } from './index.ts'

/**
 * The destination partner agrees to a client's request to come to it (procedures.md 4 pc-s6), with its own key: the Hub takes
 * the word of nobody else. The numbers are then moved in the background.
 */
export function approvePartnerChange({ hubOf }: Platforms): ActionCall {
  /** What became of the request, whoever agreed to it; `undefined` while nobody has, or when the Hub does not tell. */
  const agreedTo = async (hub: Hub, id: string) => {
    const status = (await hub.partnerChanges.byId(id))?.status
    return status === 'created' ? undefined : status
  }
  return {
    async run(state) {
      const hub = hubOf(state.destination)
      const id = requestIdOf(state)
      if (!hub || id === undefined) {
        throw new PlatformError({ kind: 'NotFound', asked: 'the partner change request', answered: 'no open request' })
      }
      try {
        const approved = await hub.partnerChanges.approve(id)
        return { request: id, ...(approved?.status !== undefined && { request_status: approved.status }) }
      } catch (error) {
        // Somebody may have agreed in the Hub a moment ago.
        const status = isProblem(error, 'Rejected') ? await agreedTo(hub, id) : undefined
        if (status === undefined || status === 'failed') throw error
        return { request: id, request_status: status }
      }
    },

    async happened(state) {
      const hub = hubOf(state.destination)
      const id = requestIdOf(state)
      const request = hub && id !== undefined ? await hub.partnerChanges.byId(id) : undefined
      return request?.status === undefined ? undefined : request.status !== 'created'
    },
  }
}

/** The request that the case saw, else the open one to the partner that was named. */
function requestIdOf({ steps, readings, answers }: CaseState): string | undefined {
  const seen = steps[requestStep]?.ended?.evidence?.request
  if (typeof seen === 'string') return seen
  const requests: PartnerChange[] = readings.changeRequests?.state === 'known' ? readings.changeRequests.value : []
  const target = answers[destinationQuestion]?.value
  return requests.find((request) => isOpen(request) && request.targetPartnerId === target)?.id
}
