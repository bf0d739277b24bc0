import type { ActionCall } from '../action-job.ts'
import type { Platforms } from './index.ts'
import { graphOf, newWabaOf } from './waba-of.ts'

/** Subscribes our app to the webhooks of the case's WABA; doing it again changes nothing (procedures.md 11 sp-s6b). */
export const subscribeApp = (platforms: Platforms): ActionCall => ({
  async run(state) {
    const waba = newWabaOf(state)
    await graphOf(platforms).wabas.subscribe(waba)
    return { waba }
  },
})
