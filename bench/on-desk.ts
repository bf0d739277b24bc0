import axios from 'axios'
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts'
import { freePort } from '../test/kit/free-port.ts'
import { startPortdesk } from './portdesk.ts'
import { freshPlace, type Place } from './stores.ts'

/** A Portdesk in a process of its own, on a fresh store, with the sandbox in this one. */
export interface DeskInBench {
  sandbox: Sandbox
  /** What its store is called. */
  title: string
}

/** Starts sandbox and desk, has something measured, and leaves nothing behind. `prepare` comes before the desk starts. */
export async function onDesk<P, T>(
  kind: Place['kind'],
  prepare: (sandbox: Sandbox) => P,
  measure: (desk: DeskInBench, prepared: P) => Promise<T>,
): Promise<T> {
  const place = await freshPlace(kind)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const sandbox = await startSandbox({ port: 0, botUrl: url })
  try {
    await axios.post(`${sandbox.url}/api/world`, { limits: { rate: false } })
    const prepared = prepare(sandbox)
    const desk = await startPortdesk(place, { ...sandbox.env, PORT: String(port), PUBLIC_URL: url })
    try {
      return await measure({ sandbox, title: place.title }, prepared)
    } finally {
      await desk.stop()
    }
  } finally {
    await sandbox.close()
    await place.drop()
  }
}
