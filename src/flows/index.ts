import type { Flow } from './engine/types.ts'
import portOut from './port-out.ts'
import twoStepDisable from './two-step-disable.ts'

/** Every procedure that people can start, in the order in which they are offered. */
export const catalogue: readonly Flow[] = [portOut, twoStepDisable]
