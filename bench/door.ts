import { above, type Bar, below, percentile } from './bar.ts'
import { type DoorServer, startDoor } from './door-process.ts'
import { freshPlace, kinds, type Place } from './stores.ts'

/** Posts of one run, by changes in a post and connections. */
const runs = [
  { changes: 1, connections: 1, posts: 2000 },
  { changes: 1, connections: 32, posts: 8000 },
  { changes: 1, connections: 256, posts: 12_000 },
  { changes: 100, connections: 1, posts: 150 },
  { changes: 100, connections: 32, posts: 300 },
  { changes: 100, connections: 256, posts: 512 },
]
type Run = (typeof runs)[number]

/** The door on one store, and the same one with a commit for each post. */
interface Store {
  place: Place
  door: DoorServer
  oneByOne: DoorServer
  /** Changes that the door answered with 200. */
  promised: number
  places: Place[]
}

/**
 * Signed posts of Meta until they are committed, beside a server that only checks the signature, a commit for each post,
 * and Bolt's receiver, each in a process of its own. All take turns in each round: the ratios are those of one round.
 */
export async function doorBars({ quick }: { quick: boolean }): Promise<Bar[]> {
  const bare = await startDoor('bare')
  const bolt = await startDoor('bolt')
  const stores: Store[] = []
  for (const kind of kinds()) stores.push(await openStore(kind))
  try {
    const share = quick ? 0.25 : 1
    for (const server of [bare, bolt, ...stores.flatMap(({ door, oneByOne }) => [door, oneByOne])]) {
      await server.load({ changes: 1, connections: 32, posts: 2000 })
    }
    for (const store of stores) store.promised = await store.door.rows()
    const bars: Bar[] = []
    for (const run of runs) {
      const sized = { ...run, posts: Math.ceil(run.posts * share) }
      bars.push(...(await compared(sized, quick ? 1 : 5, { bare, bolt, stores })))
    }
    for (const store of stores) bars.push(await missing(store))
    bars.push(...(await calmBars(bare, stores, quick)))
    return bars
  } finally {
    await Promise.all(
      [bare, bolt, ...stores.flatMap(({ door, oneByOne }) => [door, oneByOne])].map((each) => each.stop()),
    )
    for (const { places } of stores) for (const place of places) await place.drop()
  }
}

async function openStore(kind: Place['kind']): Promise<Store> {
  const [place, other] = [await freshPlace(kind), await freshPlace(kind)]
  const [door, oneByOne] = [await startDoor('door', place), await startDoor('one-by-one', other)]
  return { place, places: [place, other], door, oneByOne, promised: 0 }
}

interface Contestants {
  bare: DoorServer
  bolt: DoorServer
  stores: Store[]
}

async function compared(run: Run, rounds: number, { bare, bolt, stores }: Contestants): Promise<Bar[]> {
  const loaded = run.connections === 256
  const columns = new Map<string, Omit<Bar, 'name' | 'value'> & { values: number[] }>()
  const note = (what: string, unit: string, value: number, target?: ReturnType<typeof above>) => {
    const name = `${run.changes === 1 ? '1 change' : `${run.changes} changes`}, ${run.connections} at once: ${what}`
    const column = columns.get(name) ?? { unit, values: [], ...(target && { target }) }
    column.values.push(value)
    columns.set(name, column)
  }
  for (let round = 0; round < rounds; round += 1) {
    const plain = await measured(bare, run)
    note('bare server', '/s', plain.rate)
    // Bolt's events are single ones.
    const acked = loaded && run.changes === 1 ? await measured(bolt, run) : undefined
    if (acked) note('Bolt, nothing stored', '/s', acked.rate)
    for (const store of stores) {
      const { title } = store.place
      const door = await measured(store.door, run)
      store.promised += door.answered * run.changes
      const goal = loaded && run.changes === 1
      note(title, '/s', door.rate)
      note(`${title} until sorted`, '/s', door.sorted)
      note(`${title} to bare`, '×', door.rate / plain.rate, goal ? above(0.5) : undefined)
      note(`${title} to bare, processor time a post`, '×', door.cpu / plain.cpu)
      if (acked) note(`${title} to Bolt`, '×', door.rate / acked.rate, above(1))
      if (!loaded) continue
      const single = await measured(store.oneByOne, { ...run, posts: Math.ceil(run.posts / 4) })
      note(`${title} to one commit a post`, '×', door.rate / single.rate)
    }
  }
  return [...columns].map(([name, { values, ...rest }]) => ({ name, value: percentile(values, 0.5), ...rest }))
}

/** `sorted`: posts a second until every change had its row in the inbox. */
async function measured(server: DoorServer, run: Run) {
  const before = await server.cpu()
  const { rate, seconds, answered } = await server.load(run)
  const began = performance.now()
  const cpu = ((await server.cpu()) - before) / answered
  return { rate, answered, cpu, sorted: run.posts / (seconds + (performance.now() - began) / 1000) }
}

/**
 * How long a post waits when they come evenly, at half of the rate that is possible; the middle of several rounds, for
 * a machine that stands still for 20 ms once is enough to spoil one. The bare server shows what the machine itself does.
 */
async function calm(title: string, door: DoorServer, quick: boolean): Promise<{ p50: Bar; p99: Bar }> {
  const load = { changes: 1, connections: 256, posts: quick ? 3000 : 12_000 }
  const rounds: number[][] = []
  for (let round = 0; round < (quick ? 1 : 7); round += 1) {
    const full = await door.load(load)
    await door.rows()
    const half = await door.load({ ...load, rate: full.rate / 2 })
    await door.rows()
    rounds.push(half.times)
  }
  const middle = (share: number) =>
    percentile(
      rounds.map((times) => percentile(times, share)),
      0.5,
    )
  const name = `${title}, 1 change, half of the rate at 256:`
  return {
    p50: { name: `${name} p50`, value: middle(0.5), unit: 'ms' },
    p99: { name: `${name} p99`, value: middle(0.99), unit: 'ms' },
  }
}

async function calmBars(bare: DoorServer, stores: readonly Store[], quick: boolean): Promise<Bar[]> {
  const { p50, p99 } = await calm('bare server', bare, quick)
  const bars = [p50, p99]
  for (const { place, door } of stores) {
    const { p50, p99 } = await calm(place.title, door, quick)
    bars.push(p50, { ...p99, target: below(20) })
  }
  return bars
}

async function missing({ place, door, promised }: Store): Promise<Bar> {
  const value = promised - (await door.rows())
  return { name: `${place.title}: answered changes that are not in the database`, value, unit: '', target: below(0) }
}
