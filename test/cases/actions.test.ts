import { afterEach, describe, expect, it } from 'vitest'
import type { ActionCall } from '../../src/cases/action-job.ts'
import type { ActionStep } from '../../src/flows/engine/types.ts'
import { PlatformError } from '../../src/meta/problem.ts'
import { databases } from '../kit/database.ts'
import { errand } from './errand.ts'
import { type Office, openOffice } from './office.ts'
import { ana, ben, paula } from './people.ts'

const problem = (kind: 'Rejected' | 'Unavailable', words?: string) =>
  new PlatformError({ kind, asked: 'POST hub /ship', answered: 'HTTP 500', ...(words !== undefined && { words }) })

describe.each(databases())('an action, on $name', ({ open }) => {
  let office: Office
  let letGo = () => {}
  afterEach(() => {
    letGo()
    return office.close()
  })

  /** A case whose next step is the action. */
  const ready = async (repeat: ActionStep['repeat'], ship: ActionCall) => {
    office = await openOffice({ open, flows: [errand(repeat)], actions: { ship } })
    const id = await office.errand(paula)
    await office.desk.act(ana, id, { do: 'approve', step: 'release' })
    await office.desk.act(paula, id, { do: 'tick', step: 'pack' })
    return id
  }
  const start = async (id: number, who = ana) => {
    const acted = await office.desk.act(who, id, { do: 'start', step: 'ship' })
    await office.settle()
    return acted
  }
  const own = async (id: number) => (await office.snapshot(id)).steps.ship
  /** The process died after the call was decided: the queue hands the job out for the second time. */
  const afterCrash = async (id: number, tries = 2) => {
    const job = office.desk.jobs.find(({ name }) => name === 'action')
    const signal = new AbortController().signal
    return job?.work({ case: id, step: 'ship', attempt: 1 }, { id: 'job', attempt: tries, signal })
  }
  /** A case whose action was decided by a process that died before the answer came. */
  const interrupted = async (repeat: ActionStep['repeat'], { happened }: Pick<ActionCall, 'happened'> = {}) => {
    const calls: string[] = []
    let dead = false
    const id = await ready(repeat, {
      ...(happened && {
        happened(state) {
          calls.push('asked')
          return happened(state)
        },
      }),
      async run() {
        if (dead) {
          calls.push('called')
          return {}
        }
        dead = true
        return new Promise((_, reject) => {
          letGo = () => reject(new Error('the process is dead'))
        })
      },
    })
    await office.desk.act(ana, id, { do: 'start', step: 'ship' })
    await expect.poll(() => dead, { interval: 2 }).toBe(true)
    await afterCrash(id)
    return { id, calls }
  }

  it('is called once for one decision and ends the case with its evidence', async () => {
    let calls = 0
    const id = await ready('ask', { run: async () => ({ parcel: ++calls }) })
    const presses = await Promise.all([ana, ben, ana, ben].map((who) => start(id, who)))
    expect(presses.filter(({ ok }) => ok)).toHaveLength(1)
    expect(calls).toBe(1)
    expect((await office.snapshot(id)).closed).toMatchObject({ outcome: 'done' })
    expect((await office.types(id)).slice(-3)).toEqual(['action-started', 'action-done', 'closed'])
  })

  it('tells what the platform said when it refused, and may be started again', async () => {
    const answers = [problem('Rejected', 'no such shelf'), problem('Rejected')]
    const id = await ready('ask', {
      async run() {
        const error = answers.shift()
        if (error) throw error
        return {}
      },
    })
    await start(id)
    expect((await own(id))?.action).toMatchObject({ status: 'failed', attempt: 1, problem: 'no such shelf' })
    await start(id, ben)
    expect((await own(id))?.action).toMatchObject({ status: 'failed', attempt: 2, problem: 'HTTP 500' })
    await start(id, ben)
    expect((await own(id))?.ended).toMatchObject({ outcome: 'done' })
  })

  it('that is safe is simply called again after a crash', async () => {
    const { id, calls } = await interrupted('safe')
    expect(calls).toEqual(['called'])
    expect((await own(id))?.ended?.outcome).toBe('done')
  })

  it('that can be verified is not called again when it happened', async () => {
    const { id, calls } = await interrupted('verify', { happened: async () => true })
    expect(calls).toEqual(['asked'])
    expect((await own(id))?.ended?.outcome).toBe('done')
  })

  it('that can be verified is called again when it did not happen', async () => {
    const { id, calls } = await interrupted('verify', { happened: async () => false })
    expect(calls).toEqual(['asked', 'called'])
    expect((await own(id))?.ended?.outcome).toBe('done')
  })

  it.each(['ask', 'verify'] as const)(
    'of the kind "%s" that nobody can tell about is left to a person',
    async (repeat) => {
      const { id, calls } = await interrupted(repeat, { happened: async () => undefined })
      expect(calls).not.toContain('called')
      expect((await own(id))?.action?.status).toBe('unclear')
      expect((await office.desk.act(ana, id, { do: 'attest', step: 'ship' })).ok).toBe(true)
      expect((await own(id))?.ended?.outcome).toBe('declared')
    },
  )

  it('that a person found undone is called again on a new decision', async () => {
    const { id, calls } = await interrupted('ask')
    letGo()
    await start(id, ben)
    expect(calls).toEqual(['called'])
    expect((await office.snapshot(id)).closed?.outcome).toBe('done')
  })

  it('asks a person in the end when the platform stays unreachable', async () => {
    const id = await ready('safe', { run: async () => Promise.reject(problem('Unavailable')) })
    await office.desk.act(ana, id, { do: 'start', step: 'ship' })
    await expect(afterCrash(id, 5)).rejects.toThrow('HTTP 500')
    expect((await own(id))?.action?.status).toBe('started')
    await afterCrash(id, 6)
    expect((await own(id))?.action?.status).toBe('failed')
  })

  it('asks a person in the end when it cannot be verified', async () => {
    const id = await ready('verify', {
      run: () =>
        new Promise((_, reject) => {
          letGo = () => reject(new Error('the process is dead'))
        }),
      happened: async () => Promise.reject(problem('Unavailable')),
    })
    await office.desk.act(ana, id, { do: 'start', step: 'ship' })
    await expect(afterCrash(id, 5)).rejects.toThrow('HTTP 500')
    await afterCrash(id, 6)
    expect((await own(id))?.action?.status).toBe('unclear')
  })

  it('writes nothing that a person decided otherwise meanwhile', async () => {
    let finish: ((evidence: Record<string, string>) => void) | undefined
    const id = await ready('ask', {
      run: () =>
        new Promise((resolve) => {
          finish = resolve
        }),
    })
    await office.desk.act(ana, id, { do: 'start', step: 'ship' })
    await expect.poll(() => finish, { interval: 3 }).toBeDefined()
    await office.desk.act(ana, id, { do: 'cancel' })
    finish?.({})
    await office.settle()
    expect((await office.types(id)).at(-1)).toBe('closed')
  })
})
