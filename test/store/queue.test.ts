import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Database } from '../../src/store/db.ts'
import { type Job, openQueue, type Queue } from '../../src/store/queue.ts'
import { seen } from '../../src/store/schema.ts'
import { databases, type TestDatabase } from '../kit/database.ts'
import { soon } from '../kit/soon.ts'

const Note = z.object({ note: z.string() })
type Note = z.infer<typeof Note>

describe.each(databases())('the queue on $name', ({ name, open }) => {
  let test: TestDatabase
  let db: Database
  let queue: Queue
  let done: string[]
  const write = (over: Partial<Job<Note>> = {}): Job<Note> => ({
    name: 'write',
    schema: Note,
    retries: 2,
    work: async ({ note }) => void done.push(note),
    ...over,
  })
  const send = async (note: string, key?: string) => {
    await db.transaction((tx) => queue.send(tx, 'write', { note }, key ? { key } : {}))
    queue.wake('write')
  }
  beforeEach(async () => {
    test = await open()
    db = test.db
    queue = openQueue({ db })
    done = []
  })
  afterEach(async () => {
    await queue.stop()
    await test.drop()
  })

  it('runs a job once, soon after the transaction that sent it was committed', async () => {
    await queue.start([write()])
    const before = performance.now()
    await send('hello')
    await soon(() => expect(done).toEqual(['hello']))
    expect(performance.now() - before).toBeLessThan(1000)
    await soon(async () => expect(await queue.stats()).toEqual({ waiting: 0, running: 0, dead: 0 }))
    expect(done).toEqual(['hello'])
  })

  it('leaves neither row nor job behind when the transaction fails', async () => {
    await queue.start([write()])
    const failing = db.transaction(async (tx) => {
      await tx.insert(seen).values({ key: 'update-1', at: new Date() })
      await queue.send(tx, 'write', { note: 'never' })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await send('after')
    await soon(() => expect(done).toEqual(['after']))
    expect(await db.orm.$count(seen)).toBe(0)
  })

  it('works off many jobs without waiting for the next poll, several at a time', async () => {
    let running = 0
    let most = 0
    const work = async ({ note }: Note) => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 5))
      running--
      done.push(note)
    }
    await queue.start([write({ concurrency: 3, work })])
    const notes = Array.from({ length: 30 }, (_, index) => `n${index}`)
    await db.transaction(async (tx) => {
      for (const note of notes) await queue.send(tx, 'write', { note })
    })
    queue.wake()
    await soon(() => expect(done.toSorted()).toEqual(notes.toSorted()))
    expect(most).toBe(3)
  })

  it('keeps at most one job waiting under a key', async () => {
    await queue.start([write()])
    await db.transaction(async (tx) => {
      for (const note of ['first', 'second', 'third']) await queue.send(tx, 'write', { note }, { key: 'card-1' })
      await queue.send(tx, 'write', { note: 'other' }, { key: 'card-2' })
    })
    queue.wake('write')
    await soon(() => expect(done.toSorted()).toEqual(['first', 'other']))
    await send('again', 'card-1')
    await soon(() => expect(done).toContain('again'))
    expect(done).toHaveLength(3)
  })

  it.runIf(name === 'postgres')(
    'does not start the job under a key before everyone who counts on it has committed',
    async () => {
      const read: number[] = []
      await queue.start([write({ work: async () => void read.push(await db.orm.$count(seen)) })])
      await db.transaction((tx) => queue.send(tx, 'write', { note: 'early' }, { key: 'card-1' }))
      await db.transaction(async (tx) => {
        await tx.insert(seen).values({ key: 'late', at: new Date() })
        await queue.send(tx, 'write', { note: 'late' }, { key: 'card-1' })
        queue.wake('write')
        await new Promise((resolve) => setTimeout(resolve, 50))
        expect(read).toEqual([])
      })
      queue.wake('write')
      await soon(() => expect(read).toEqual([1]))
    },
  )

  it('repeats a failing job after a pause, and keeps it among the dead letters when it has failed for good', async () => {
    const attempts: { attempt: number; at: number }[] = []
    const work: Job<Note>['work'] = async (_, { attempt }) => {
      attempts.push({ attempt, at: performance.now() })
      if (attempts.length < 3) throw new Error(`broken ${attempt}`)
    }
    await queue.start([write({ retries: 1, work })])
    await send('fragile')
    const dead = await soon(async () => {
      queue.wake()
      const letters = await queue.dead()
      expect(letters).toHaveLength(1)
      return letters
    })
    expect(dead).toMatchObject([{ name: 'write', data: { note: 'fragile' }, error: 'broken 2' }])
    expect(dead[0]?.at).toBeInstanceOf(Date)
    expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2])
    expect((attempts[1]?.at ?? 0) - (attempts[0]?.at ?? 0)).toBeGreaterThan(400)

    expect(await queue.revive(dead[0]?.id ?? '')).toBe(true)
    await soon(() => expect(attempts).toHaveLength(3))
    expect(await queue.dead()).toEqual([])
  })

  it('lets a dead letter be dropped for good, once', async () => {
    const work = () => Promise.reject(new Error('broken'))
    await queue.start([write({ retries: 0, work })])
    await send('fragile')
    const [letter] = await soon(async () => {
      queue.wake()
      const letters = await queue.dead()
      expect(letters).toHaveLength(1)
      return letters
    })
    expect(await queue.drop(letter?.id ?? '')).toBe(true)
    expect(await queue.dead()).toEqual([])
    expect(await queue.drop(letter?.id ?? '')).toBe(false)
    expect(await queue.revive(letter?.id ?? '')).toBe(false)
  })

  it('refuses data that does not fit the job, before anything is written', async () => {
    await queue.start([write()])
    const wrong = db.transaction((tx) => queue.send(tx, 'write', { note: 7 }))
    await expect(wrong).rejects.toThrow(z.ZodError)
    await expect(db.transaction((tx) => queue.send(tx, 'unknown', {}))).rejects.toThrow('no job named "unknown"')
  })

  it('does not retry a job whose data an earlier version wrote and nobody can read', async () => {
    await queue.start([{ name: 'write', schema: z.object({}), retries: 3, work: async () => undefined }])
    await queue.stop()
    const older = openQueue({ db })
    await older.start([
      { name: 'write', schema: z.object({ old: z.string() }), retries: 3, work: () => new Promise(() => undefined) },
    ])
    await db.transaction((tx) => older.send(tx, 'write', { old: 'x' }))
    await older.stop()
    queue = openQueue({ db })
    await queue.start([write({ retries: 3 })])
    await soon(async () => expect(await queue.dead()).toHaveLength(1))
    expect((await queue.dead())[0]?.error).toContain('Unusable data')
  })

  it('finishes what is running before it stops, and says whether it is ready', async () => {
    expect(await queue.ready()).toBe(false)
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    let begun = false
    const work = async ({ note }: Note) => {
      begun = true
      await gate
      done.push(note)
    }
    await queue.start([write({ work })])
    expect(await queue.ready()).toBe(true)
    await send('slow')
    await soon(() => expect(begun).toBe(true))
    const stopping = queue.stop()
    setTimeout(release, 20)
    await stopping
    expect(done).toEqual(['slow'])
    expect(await queue.ready()).toBe(false)
  })
})
