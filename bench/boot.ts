import { setTimeout as pause } from 'node:timers/promises'
import { startSandbox } from '../src/sandbox/index.ts'
import { freePort } from '../test/kit/free-port.ts'
import { type Bar, below, percentile } from './bar.ts'
import { startPortdesk } from './portdesk.ts'
import { freshPlace, kinds, type Place } from './stores.ts'

const mostMemory = { pglite: 450, postgres: 180 }

/** From the start of the process to its word that it is ready, on an empty store and later; and its memory at rest. */
export async function bootBars({ quick }: { quick: boolean }): Promise<Bar[]> {
  const bars: Bar[] = []
  for (const kind of kinds()) bars.push(...(await boots(kind, quick)))
  bars.push(...(await allInOne(quick)))
  return bars
}

async function boots(kind: Place['kind'], quick: boolean): Promise<Bar[]> {
  const place = await freshPlace(kind)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const sandbox = await startSandbox({ port: 0, botUrl: url })
  const env = { ...sandbox.env, PORT: String(port), PUBLIC_URL: url }
  try {
    const first = await startPortdesk(place, env)
    await first.stop()
    const later: number[] = []
    let memory = Number.NaN
    for (let n = quick ? 2 : 5; n > 0; n -= 1) {
      const running = await startPortdesk(place, env)
      later.push(running.readyMs)
      if (n === 1) memory = await atRest(running, quick)
      await running.stop()
    }
    return [
      { name: `${place.title}: first start to ready`, value: first.readyMs, unit: 'ms', target: below(5000) },
      {
        name: `${place.title}: later start to ready, median`,
        value: percentile(later, 0.5),
        unit: 'ms',
        target: below(2000),
      },
      { name: `${place.title}: memory at rest`, value: memory, unit: 'MB', target: below(mostMemory[kind]) },
    ]
  } finally {
    await sandbox.close()
    await place.drop()
  }
}

/** `npm start` without credentials: desk, database and sandbox in one process. */
async function allInOne(quick: boolean): Promise<Bar[]> {
  const place = await freshPlace('pglite')
  try {
    const env = { PORT: String(await freePort()), SANDBOX_PORT: String(await freePort()) }
    const running = await startPortdesk(place, env)
    const memory = await atRest(running, quick)
    await running.stop()
    return [
      { name: 'npm start (sandbox inside): first start to ready', value: running.readyMs, unit: 'ms' },
      { name: 'npm start (sandbox inside): memory at rest', value: memory, unit: 'MB' },
    ]
  } finally {
    await place.drop()
  }
}

async function atRest(running: { memory(): number }, quick: boolean): Promise<number> {
  await pause(quick ? 1000 : 5000)
  return running.memory()
}
