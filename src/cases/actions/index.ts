import type { Graph } from '../../meta/graph.ts'
import type { Hub } from '../../meta/hub.ts'
import type { ActionCall, SecretCall, SettingCall } from '../action-job.ts'
import { approvePartnerChange } from './approve-partner-change.ts'
import { createApiKey } from './create-api-key.ts'
import { migrateNumber } from './migrate-number.ts'
import { offerOwnership } from './offer-ownership.ts'
import { permissionLink } from './permission-link.ts'
import { registerNumber } from './register-number.ts'
import { requestCancellation } from './request-cancellation.ts'
import { requestCode } from './request-code.ts'
import { shareCreditLine } from './share-credit-line.ts'
import { subscribeApp } from './subscribe-app.ts'
import { tagWaba } from './tag-waba.ts'
import { withdrawCancellation } from './withdraw-cancellation.ts'

/** The platforms that actions call. */
export interface Platforms {
  /** The Hub of one of our partners. */
  hubOf(partner: string | undefined): Hub | undefined
  graph: Graph | undefined
  /** Whether the desk itself may cancel subscriptions. */
  cancelByApi?: boolean
}

/** How to make the calls that flows name in their action steps. */
export function platformActions(platforms: Platforms): Record<string, ActionCall> {
  return {
    'permission-link': permissionLink(platforms),
    'request-cancellation': requestCancellation(platforms),
    'withdraw-cancellation': withdrawCancellation(platforms),
    'approve-partner-change': approvePartnerChange(platforms),
    'migrate-number': migrateNumber(platforms),
    'offer-ownership': offerOwnership(platforms),
    'request-code': requestCode(platforms),
    'share-credit-line': shareCreditLine(platforms),
    'subscribe-app': subscribeApp(platforms),
    'tag-waba': tagWaba(platforms),
  }
}

/** The same for calls that answer or set a secret, for one person alone. */
export function secretActions(platforms: Platforms): Record<string, SecretCall | SettingCall> {
  return { 'create-api-key': createApiKey(platforms), 'register-number': registerNumber(platforms) }
}
