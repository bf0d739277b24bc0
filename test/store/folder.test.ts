import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/store/db.ts'
import { lockFolder } from '../../src/store/folder-lock.ts'
import journal from '../../src/store/migrations/meta/_journal.json' with { type: 'json' }
import { openQueue } from '../../src/store/queue.ts'

const source = (file: string) => new URL(`../../src/store/${file}`, import.meta.url).href
const holdLock = `
  import { lockFolder } from '${source('folder-lock.ts')}'
  await lockFolder(process.argv[1]).then(() => console.log('mine'), (error) => console.log(error.message))
  setInterval(() => {}, 1000)`
const writeAndStay = `
  import { openDatabase } from '${source('db.ts')}'
  import { openQueue } from '${source('queue.ts')}'
  import { z } from '${import.meta.resolve('zod')}'
  const db = await openDatabase({ folder: process.argv[1] })
  const queue = openQueue({ db })
  await queue.start([{ name: 'stuck', schema: z.object({}), retries: 2, work: () => {
    console.log('written')
    return new Promise(() => {})
  } }])
  await db.transaction(async (tx) => {
    await db.run("insert into seen (key, at) values ('before the end', now())", [], tx)
    await queue.send(tx, 'stuck', {})
  })
  queue.wake()`

describe('a data folder', () => {
  let folder: string
  let children: ChildProcess[]
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portdesk-'))
    children = []
  })
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })
  const start = (script: string) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.push(child)
    return child
  }
  const says = async (child: ChildProcess) => String((await once(child.stdout ?? child, 'data'))[0]).trim()
  const kill = async (child: ChildProcess) => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  it('belongs to one process: a second one is told who is there, and may have it when the first is gone', async () => {
    const first = start(holdLock)
    expect(await says(first)).toBe('mine')
    await expect(lockFolder(folder)).rejects.toThrow(`already running in ${folder} (process ${first.pid}, since `)
    await expect(openDatabase({ folder })).rejects.toMatchObject({ code: 'folder-in-use' })
    await kill(first)
    const lock = await lockFolder(folder)
    await lock.release()
  })

  it('goes to exactly one of several that start at the same instant', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => says(start(holdLock))))
    expect(answers.filter((answer) => answer === 'mine')).toHaveLength(1)
    expect(answers.filter((answer) => answer.includes('already running'))).toHaveLength(3)
  })

  it('is free when the process that is noted in it is somebody else by now', async () => {
    await writeFile(join(folder, 'portdesk.pid'), JSON.stringify({ pid: process.pid, since: new Date().toISOString() }))
    const lock = await lockFolder(folder)
    await expect(lockFolder(folder)).rejects.toThrow(`process ${process.pid}`)
    await lock.release()
    await lock.release()
    expect(await readdir(folder)).toEqual(['portdesk.lock'])
  })

  it('still has every committed row after kill -9, and does again the job that was running', async () => {
    const child = start(writeAndStay)
    expect(await says(child)).toBe('written')
    await kill(child)
    const db = await openDatabase({ folder })
    expect(await db.run('select key from seen')).toEqual([{ key: 'before the end' }])
    const queue = openQueue({ db })
    const { z } = await import('zod')
    const again = new Promise<number>((resolve) => {
      const work = async (_: object, { attempt }: { attempt: number }) => resolve(attempt)
      void queue.start([{ name: 'stuck', schema: z.object({}), retries: 2, work }])
    })
    expect(await again).toBe(2)
    await queue.stop()
    await db.close()
  })

  it('starts anew when the very first start was interrupted', async () => {
    const { mkdir } = await import('node:fs/promises')
    await writeFile(join(folder, 'pg.making'), '')
    await mkdir(join(folder, 'pg'))
    await writeFile(join(folder, 'pg', 'PG_VERSION'), '18\n')
    const db = await openDatabase({ folder })
    expect(await db.run('select 1 as alive')).toEqual([{ alive: 1 }])
    await db.close()
    const again = await openDatabase({ folder })
    expect(await again.run('select count(*) as applied from drizzle.__drizzle_migrations')).toEqual([
      { applied: journal.entries.length },
    ])
    await again.close()
  })
})
