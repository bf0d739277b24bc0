import type { Logger } from 'pino'
import { z } from 'zod'
import { type NewEvent, system } from '../flows/engine/events.ts'
import type { CaseState } from '../flows/engine/fold.ts'
import { plan } from '../flows/engine/plan.ts'
import type { Flow } from '../flows/engine/types.ts'
import { PlatformError } from '../meta/problem.ts'
import type { Job } from '../store/queue.ts'
import type { Clock } from '../time.ts'
import { type AnyCall, makeCall } from './action-call.ts'
import type { CaseRow, Ledger } from './ledger.ts'
import { carefully, noWhisper, type Whisper } from './whisper.ts'
import type { Writer } from './writer.ts'

export type { ActionCall, AnyCall, SecretCall, SettingCall } from './action-call.ts'

/** How often a call is tried again before a person is asked. */
const retries = 5

const dataSchema = z.object({
  case: z.number(),
  step: z.string(),
  /** Which start of the action. */ attempt: z.number(),
})

/**
 * Makes the call of an action that was decided. After a crash or an answer that leaves it open whether something
 * happened, the step says how to go on: call again, ask the platform, or ask a person.
 */
export function actionJob(options: {
  ledger: Ledger
  writer: Writer
  flowOf: (row: CaseRow) => Flow
  actions: Record<string, AnyCall>
  whisper?: Whisper | undefined
  clock: Clock
  log: Logger
}): Job<z.infer<typeof dataSchema>> {
  const { ledger, writer, flowOf, actions, clock, log } = options
  const whisper = carefully(options.whisper ?? noWhisper, log)

  const isOn = (row: CaseRow | undefined, { step, attempt }: z.infer<typeof dataSchema>): row is CaseRow => {
    const action = row?.state.steps[step]?.action
    return action?.status === 'started' && action.attempt === attempt && !row?.state.closed
  }

  const write = async (data: z.infer<typeof dataSchema>, event: NewEvent) => {
    for (;;) {
      const row = await ledger.load(data.case)
      if (!isOn(row, data)) return
      const written = await writer.add(row, flowOf(row), [event], system)
      // Whoever has to decide now wants to see how things stand outside.
      if (written && event.type === 'action-unclear') return writer.lookUp(written)
      if (written) return
    }
  }

  return {
    name: 'action',
    schema: dataSchema,
    retries,
    async work(data, { attempt: tries }) {
      const { step } = data
      const row = await ledger.load(data.case)
      if (!isOn(row, data)) return
      const planned = plan(flowOf(row), row.state, clock.now()).steps.find((each) => each.step.id === step)
      if (planned?.status !== 'running' || planned.step.kind !== 'action') return
      const { call, repeat } = planned.step
      const action = actions[call]
      if (!action) throw new Error(`Nobody knows how to do "${call}"`)
      const last = tries > retries
      const unsure = tries > 1 && repeat !== 'safe'
      const happened = unsure && repeat === 'verify' ? await ask(action, row.state, last) : undefined
      if (happened) return write(data, { type: 'action-done', data: { step } })
      if (unsure && happened === undefined) return write(data, { type: 'action-unclear', data: { step } })
      try {
        return await write(data, await makeCall(action, row, { step, call, whisper, log }))
      } catch (error) {
        const problem = error instanceof PlatformError ? error.problem : undefined
        const refused = problem !== undefined && problem.kind !== 'Unavailable'
        if (!refused && !last) throw error
        if (!problem || (!refused && repeat !== 'safe')) {
          return write(data, { type: 'action-unclear', data: { step } })
        }
        return write(data, { type: 'action-failed', data: { step, problem: problem.words ?? problem.answered } })
      }
    },
  }
}

/** Asks the platform whether it happened. When even the last try brings no answer, nobody can tell. */
async function ask(action: AnyCall, state: CaseState, last: boolean): Promise<boolean | undefined> {
  try {
    return 'happened' in action ? await action.happened?.(state) : undefined
  } catch (error) {
    if (!last) throw error
    return undefined
  }
}
