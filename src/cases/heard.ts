import { type EventData, system } from '../flows/engine/events.ts'
import type { CaseState } from '../flows/engine/fold.ts'
import type { Flow } from '../flows/engine/types.ts'
import type { About } from '../meta/webhooks.ts'
import { type ExpectedByCase, expectedBy } from './expected.ts'
import { AlreadyActed, type CaseRow, type Ledger } from './ledger.ts'
import type { Writer } from './writer.ts'

/** Something that a platform told by itself. */
export interface Heard {
  about: About
  /** Rows of procedures.md whose step it moves on. */
  completes?: readonly string[]
  /** What the cases concerned remember of it; nothing when it only makes them look. */
  note?: EventData<'noted'> & { key: string }
}

/** A case that something heard is about: open, or closed since that happened. */
export interface Concerned {
  about: About
  flow: string
  /** Our id of the partner whose case it is, when it has a step that this moves on: the case tells it then. */
  partner?: string
  expects?: readonly ExpectedByCase[]
}

/** The same kind of news is remembered once in so long, ms: a flood must not become a history. */
const calm = 10 * 60_000
/** What is told later than this after a case was closed is not looked for in it any more, ms. */
const lateness = 3_600_000

export interface HearOptions {
  ledger: Ledger
  writer: Writer
  flowOf: (row: CaseRow) => Flow
  now: () => number
}

/**
 * Has every open case that is about one of these ask the platforms, and remember what was told. A webhook is a hint: what
 * it says is written down, what is true is looked up. A case whose own look-up was faster, and closed it, remembers it, too.
 * May be repeated: the same note is written once.
 */
export async function hear(options: HearOptions, heard: readonly Heard[]): Promise<Concerned[]> {
  const { ledger, writer, flowOf } = options
  const about = merged(heard)
  const ids = await ledger.casesAbout(about, options.now() - lateness)
  if (ids.length === 0) return []
  const concerned: Concerned[] = []
  for (const id of ids) {
    const row = await ledger.load(id)
    if (!row) continue
    const own = heard.filter((each) => meets(row.state, each.about) && !isPast(row.state, each.note))
    if (own.length === 0) continue
    const flow = flowOf(row)
    const { partner } = row.state
    const expects = expectedBy(flow, row, options.now())
    concerned.push(
      ...own.map((each) => ({
        about: each.about,
        flow: flow.id,
        ...(partner !== undefined && moves(flow, each) && { partner }),
        ...(expects.length && { expects }),
      })),
    )
    for (const { note } of own) if (note) await remember(options, id, note)
  }
  await writer.news(about)
  return concerned

  async function remember({ now }: HearOptions, id: number, { key, ...note }: NonNullable<Heard['note']>) {
    for (let tries = 20; tries > 0; tries -= 1) {
      const row = await ledger.load(id)
      if (!row || isPast(row.state, note) || isKnown(row.state, note, now())) return
      const written = await writer
        .add(row, flowOf(row), [{ type: 'noted', data: note }], system, key)
        .catch((error) => {
          if (error instanceof AlreadyActed) return row
          throw error
        })
      if (written) return
    }
  }
}

/** Whether the case was closed before that happened. */
const isPast = ({ closed }: CaseState, note?: EventData<'noted'>): boolean =>
  closed !== undefined && closed.at < (note?.happened ?? Number.POSITIVE_INFINITY)

const moves = ({ steps }: Flow, { completes = [] }: Heard) => steps.some(({ ref }) => completes.includes(ref))

const isKnown = ({ noted }: CaseState, { kind }: EventData<'noted'>, now: number) =>
  (noted?.[kind] ?? Number.NEGATIVE_INFINITY) > now - calm

function merged(heard: readonly Heard[]): About {
  const all = (name: keyof About) => [...new Set(heard.flatMap(({ about }) => about[name]))]
  return { phones: all('phones'), channels: all('channels'), wabas: all('wabas') }
}

/** As `casesAbout` finds them, for one case. */
function meets({ phone, readings }: CaseState, { phones, channels, wabas }: About): boolean {
  const known = <T>(reading: { state: string; value?: T } | undefined) => reading?.value
  const account = known(readings.account)
  const accounts = [known(readings.waba)?.externalId, account?.id, account?.ownerBusinessId]
  return (
    (phone !== undefined && phones.includes(phone)) ||
    channels.some((id) => id === known(readings.channel)?.id) ||
    wabas.some((id) => accounts.includes(id))
  )
}
