import addWabaToSolution from './add-waba-to-solution.ts'
import apiKey from './api-key.ts'
import cancellation from './cancellation.ts'
import commerceVisibility from './commerce-visibility.ts'
import type { Flow } from './engine/types.ts'
import migrateBetweenSolutions from './migrate-between-solutions.ts'
import numberMigration from './number-migration.ts'
import numberMigrationOnprem from './number-migration-onprem.ts'
import partnerChange from './partner-change.ts'
import portOut from './port-out.ts'
import profileUpdate from './profile-update.ts'
import refund from './refund.ts'
import switchSolutionPartner from './switch-solution-partner.ts'
import templateActions from './template-actions.ts'
import twoStepDisable from './two-step-disable.ts'
import wabaOwnershipTransfer from './waba-ownership-transfer.ts'

/** Every procedure that people can start, in the order in which they are offered. */
export const catalogue: readonly Flow[] = [
  numberMigration,
  portOut,
  twoStepDisable,
  partnerChange,
  apiKey,
  cancellation,
  refund,
  profileUpdate,
  templateActions,
  commerceVisibility,
  switchSolutionPartner,
  migrateBetweenSolutions,
  addWabaToSolution,
  wabaOwnershipTransfer,
  numberMigrationOnprem,
]
