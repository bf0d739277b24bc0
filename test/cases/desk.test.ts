import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDesk } from '../../src/cases/desk.ts'
import type { Act } from '../../src/flows/engine/act.ts'
import type { Queue } from '../../src/store/queue.ts'
import { databases } from '../kit/database.ts'
import { everyAct, idOf, type Office, openOffice, phones, whyOf } from './office.ts'
import { ana, ben, cleo, config, dan, nora, paula, tenPeople } from './people.ts'

const silent = pino({ level: 'silent' })
const approve: Act = { do: 'approve', step: 'release' }

describe.each(databases())('the desk on $name', ({ open }) => {
  let office: Office
  beforeEach(async () => {
    office = await openOffice({ open })
  })
  afterEach(() => office.close())

  it('opens a case, looks its number up and opens its first step', async () => {
    const { desk, types } = office
    const id = idOf(await desk.open(paula, 'errand', { number: '+49 30 123456', fragile: 'yes' }, 'k1'))
    await office.settle()
    expect(await types(id)).toEqual(['opened', 'answered', 'answered', 'looked-up', 'step-opened'])
    const view = await desk.view(paula, id)
    expect(view?.state).toMatchObject({ partner: 'brightline', payment: 'direct', phone: phones.bright })
    expect(view?.plan.steps.map(({ step, status }) => [step.id, status])).toEqual([
      ['release', 'open'],
      ['pack', 'blocked'],
      ['ship', 'blocked'],
    ])
    expect([view?.role, view?.side, (await desk.view(cleo, id))?.side]).toEqual(['partner', 'partner', 'desk'])
  })

  it('finds out whose number it is when the desk opens the case', async () => {
    const id = await office.errand(ana, phones.nord)
    expect(await office.snapshot(id)).toMatchObject({ partner: 'nordwind', payment: 'partner', phone: phones.nord })
    expect(await office.desk.view(nora, id)).toBeDefined()
    expect(await office.desk.view(paula, id)).toBeUndefined()
  })

  it('opens nothing when the first answers are no good, or the role may not start it', async () => {
    const { desk } = office
    expect(whyOf(await desk.open(paula, 'errand', { number: 'abc' }, 'k1'))).toMatchObject({
      code: 'bad-answer',
      params: { question: 'number', problem: 'not-a-phone' },
    })
    expect(whyOf(await desk.open(paula, 'errand', { colour: 'red' }, 'k2')).code).toBe('not-open')
    expect(whyOf(await desk.open(paula, 'no-such-flow', {}, 'k3')).code).toBe('not-your-role')
    expect(await desk.list(ana, { open: true })).toEqual([])
  })

  it('opens a case once for the same key', async () => {
    const { desk } = office
    const tries = await Promise.all([1, 2, 3].map(() => desk.open(paula, 'errand', { number: phones.bright }, 'same')))
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1)
    const refused = tries.filter((each) => !each.ok).map(whyOf)
    expect(refused).toMatchObject([{ code: 'already-decided' }, { code: 'already-decided' }])
    expect(await desk.list(paula)).toHaveLength(1)
  })

  it('lists what somebody may see, or only what that person opened', async () => {
    const hers = await office.errand(paula)
    const anas = await office.errand(ana, phones.brightToo)
    const listed = async (...given: Parameters<Office['desk']['list']>) =>
      (await office.desk.list(...given)).map(({ id }) => id)
    expect(await listed(paula)).toEqual([anas, hers])
    expect(await listed(paula, { own: true })).toEqual([hers])
    expect(await listed(ana, { own: true })).toEqual([anas])
  })

  it('writes an act once for the same key, and says yes both times', async () => {
    const id = await office.errand(paula)
    const say: Act = { do: 'say', text: 'hello', internal: false, from: { surface: 'telegram', room: '7001' } }
    const both = await Promise.all([1, 2].map(() => office.desk.act(paula, id, say, 'update-77')))
    expect(both.map(({ ok }) => ok)).toEqual([true, true])
    expect((await office.types(id)).filter((type) => type === 'said')).toHaveLength(1)
  })

  it('takes one decision out of a hundred presses by ten people, and tells the others who took it', async () => {
    const id = await office.errand(paula)
    const presses = Array.from({ length: 100 }, (_, n) => tenPeople[n % 10] ?? ana)
    const answers = await Promise.all(presses.map((who, n) => office.desk.act(who, id, approve, `press-${n}`)))
    const decided = (await office.desk.history(ana, id)).filter(({ type }) => type === 'decided')
    expect(decided).toHaveLength(1)
    const winner = decided[0]?.by.name
    expect(answers.flatMap((each, n) => (each.ok ? [presses[n]?.name] : []))).toEqual([winner])
    const refusals = answers.filter(({ ok }) => !ok).map(whyOf)
    for (const why of refusals) {
      expect(why).toMatchObject({
        code: 'already-decided',
        params: { by: winner, outcome: 'approved', step: 'release' },
      })
    }
  })

  it('lets every one of many different acts through, whoever writes first', async () => {
    const id = await office.errand(paula)
    const says = Array.from({ length: 40 }, (_, n): Act => {
      return { do: 'say', text: `word ${n}`, internal: false, from: { surface: 'slack', room: 'C0CASES' } }
    })
    const answers = await Promise.all(says.map((say, n) => office.desk.act(tenPeople[n % 10] ?? ana, id, say, `s${n}`)))
    expect(answers.every(({ ok }) => ok)).toBe(true)
    const history = await office.desk.history(ana, id)
    expect(history.map(({ seq }) => seq)).toEqual(history.map((_, index) => index + 1))
    const said = history.flatMap((event) => (event.type === 'said' ? [event.data.text] : []))
    expect(said.toSorted()).toEqual(says.map((say) => (say.do === 'say' ? say.text : '')).toSorted())
  })

  it('shows another partner nothing, in the very words of a case that does not exist', async () => {
    const id = await office.errand(paula)
    const nobody = id + 1000
    const before = await office.types(id)
    for (const act of everyAct) {
      const foreign = whyOf(await office.desk.act(nora, id, act, `x-${act.do}`))
      const missing = whyOf(await office.desk.act(nora, nobody, act, `y-${act.do}`))
      expect(foreign, act.do).toEqual({ code: 'not-found', params: { case: id } })
      expect({ ...foreign, params: {} }).toEqual({ ...missing, params: {} })
    }
    expect(await office.types(id)).toEqual(before)
    expect(await office.desk.view(nora, id)).toEqual(await office.desk.view(nora, nobody))
    expect(await office.desk.history(nora, id)).toEqual(await office.desk.history(nora, nobody))
    expect(await office.desk.list(nora)).toEqual([])
    expect((await office.desk.list(paula)).map((each) => each.id)).toEqual([id])
  })

  it('takes somebody without a partner for nobody', async () => {
    const id = await office.errand(paula)
    const { partner: _, ...unbound } = paula
    expect(await office.desk.view(unbound, id)).toBeUndefined()
    expect(await office.desk.list(unbound)).toEqual([])
    expect(whyOf(await office.desk.act(unbound, id, approve, 'u')).code).toBe('not-found')
  })

  it('lets a partner act on its own steps only', async () => {
    const id = await office.errand(paula)
    const codes = async (act: Act) => {
      const acted = await office.desk.act(paula, id, act)
      return acted.ok ? 'ok' : acted.why.code
    }
    expect(await codes(approve)).toBe('not-your-role')
    expect(await codes({ do: 'decline', step: 'release', reason: 'x' })).toBe('not-your-role')
    expect(await codes({ do: 'start', step: 'ship' })).toBe('not-your-role')
    expect(await codes({ do: 'take' })).toBe('not-your-role')
    expect(await codes({ do: 'tick', step: 'pack' })).toBe('not-open')
    expect((await office.desk.act(dan, id, approve)).ok).toBe(true)
    expect(await codes({ do: 'tick', step: 'pack' })).toBe('ok')
  })

  it('keeps internal words and what only the desk may see out of a partner’s history', async () => {
    const id = await office.errand(paula)
    const from = { surface: 'slack', room: 'C0CASES' } as const
    await office.desk.act(ana, id, { do: 'say', text: 'the client owes us', internal: true, from })
    await office.desk.act(ana, id, { do: 'say', text: 'hello Paula', internal: false, from })
    const told = async (who: typeof paula) =>
      (await office.desk.history(who, id)).flatMap((event) => (event.type === 'said' ? [event.data.text] : []))
    expect(await told(ana)).toEqual(['the client owes us', 'hello Paula'])
    expect(await told(paula)).toEqual(['hello Paula'])
    expect((await office.desk.history(paula, id)).map(({ type }) => type)).not.toContain('looked-up')
  })

  it('knows whose message it is by room and message only', async () => {
    const id = await office.errand(paula)
    await office.db.run(`update places set message_id = '55' where case_id = $1 and room = '7001' and kind = 'card'`, [
      id,
    ])
    expect(await office.desk.caseOfMessage('telegram', '7001', '55')).toBe(id)
    expect(await office.desk.caseOfMessage('telegram', '-100200300', '55')).toBeUndefined()
    expect(await office.desk.caseOfMessage('slack', '7001', '55')).toBeUndefined()
    expect(await office.desk.caseOfMessage('telegram', '7001', '56')).toBeUndefined()
  })

  it('closes a case once, and then nothing changes it any more', async () => {
    const id = await office.errand(paula)
    const cancels = await Promise.all([paula, ana, ben].map((who) => office.desk.act(who, id, { do: 'cancel' })))
    expect(cancels.filter(({ ok }) => ok)).toHaveLength(1)
    const before = await office.types(id)
    for (const act of everyAct) {
      expect(whyOf(await office.desk.act(ana, id, act)), act.do).toMatchObject({
        code: 'case-closed',
        params: { outcome: 'cancelled' },
      })
    }
    expect(await office.types(id)).toEqual(before)
    expect(await office.desk.list(paula)).toEqual([])
    expect((await office.desk.list(paula, { open: false })).map((each) => each.id)).toEqual([id])
    const [row] = await office.db.run('select status, wake_at from cases where id = $1', [id])
    expect(row).toEqual({ status: 'closed', wake_at: null })
  })

  it('ends a case with a decline and its reason', async () => {
    const id = await office.errand(paula)
    expect(whyOf(await office.desk.act(ana, id, { do: 'decline', step: 'release', reason: ' ' })).code).toBe(
      'reason-needed',
    )
    await office.desk.act(ana, id, { do: 'decline', step: 'release', reason: 'no ticket' })
    expect((await office.snapshot(id)).closed).toMatchObject({
      outcome: 'declined',
      reason: 'no ticket',
      by: { name: 'Ana' },
    })
  })

  it('leaves no event behind when the job it causes cannot be sent', async () => {
    const id = await office.errand(paula)
    const before = {
      types: await office.types(id),
      state: await office.snapshot(id),
      jobs: await office.jobs('look-up'),
    }
    const broken: Queue = {
      ...office.queue,
      async send(...args) {
        await office.queue.send(...args)
        throw new Error('the queue is broken')
      },
    }
    const desk = office.another({ queue: broken })
    const answer: Act = { do: 'answer', question: 'number', value: phones.brightToo }
    await expect(desk.act(paula, id, answer)).rejects.toThrow('the queue is broken')
    expect(await office.types(id)).toEqual(before.types)
    expect(await office.snapshot(id)).toEqual(before.state)
    expect(await office.jobs('look-up')).toBe(before.jobs)
  })

  it('leaves no job behind when the event cannot be written', async () => {
    const id = await office.errand(paula)
    await office.desk.act(ana, id, approve, 'used')
    const before = { types: await office.types(id), jobs: await office.jobs('look-up') }
    const answer: Act = { do: 'answer', question: 'number', value: phones.brightToo }
    await office.desk.act(paula, id, answer, 'used')
    expect(await office.types(id)).toEqual(before.types)
    expect(await office.jobs('look-up')).toBe(before.jobs)
  })

  it('tells a listener after the commit, until it stops listening', async () => {
    const heard: number[] = []
    const id = await office.errand(paula)
    const stop = office.desk.onChange((changed) => heard.push(changed))
    await office.desk.act(ana, id, approve)
    stop()
    await office.desk.act(paula, id, { do: 'tick', step: 'pack' })
    expect(heard).toEqual([id])
  })

  it('refuses to guess when a case runs a flow that is not in the catalogue', async () => {
    const id = await office.errand(paula)
    const bare = openDesk({ ...office, ...office.numbers, config, flows: [], log: silent })
    await expect(bare.view(paula, id)).rejects.toThrow(/errand, which is not in the catalogue/)
  })
})
