import axios from 'axios'
import type { Sandbox } from '../src/sandbox/index.ts'
import type { Case, Keypad } from './keypad.ts'

/** Has the sandbox's page open, without a browser: reads what the page reads. All times in ms. */
export interface Visitor {
  readsState(): Promise<number>
  /** The page with its scripts, styles and state. */
  loadsPage(): Promise<number>
  /** From an edit in Slack until the page was told of it and has read the state. */
  seesChange(keys: Keypad, of: Case): Promise<number>
}

export function visitorOf(sandbox: Sandbox): Visitor {
  const api = axios.create({ baseURL: sandbox.url, responseType: 'text', transformResponse: (text) => text })
  const text = async (path: string): Promise<string> => (await api.get(path)).data
  const readState = async () => JSON.parse(await text('/api/state'))
  const took = async (work: () => Promise<unknown>) => {
    const began = performance.now()
    await work()
    return performance.now() - began
  }
  return {
    readsState: () => took(readState),
    loadsPage: () =>
      took(async () => {
        const loaded = new Map<string, Promise<string>>()
        const load = (path: string) => {
          if (!loaded.has(path)) loaded.set(path, text(path).then(follow))
        }
        const follow = (source: string) => {
          for (const [, path] of source.matchAll(/(?:from |import |src=|href=)['"]\.?(\/[\w.-]+\.(?:js|css))['"]/g)) {
            if (path) load(path)
          }
          return source
        }
        load('/')
        for (let known = 0; known < loaded.size; ) {
          known = loaded.size
          await Promise.all(loaded.values())
        }
        await readState()
      }),
    async seesChange(keys, of) {
      const { data } = await axios.get(`${sandbox.url}/api/live`, { responseType: 'stream' })
      try {
        await new Promise((resolve) => data.once('data', resolve))
        let told = () => {}
        data.on('data', () => told())
        const { arrived } = await keys.pressToCard(of)
        // The stream may have spoken of the press before; what counts is the first word after the edit.
        await new Promise<void>((resolve) => {
          told = resolve
        })
        await readState()
        return performance.now() - arrived
      } finally {
        data.destroy()
      }
    },
  }
}
