import type { Logger } from 'pino'
import { z } from 'zod'
import type { DeskConfig } from '../config.ts'
import { destinationFacts, destinationQuestion } from '../flows/engine/destination.ts'
import { type NewEvent, system } from '../flows/engine/events.ts'
import type { CaseState } from '../flows/engine/fold.ts'
import type { Flow } from '../flows/engine/types.ts'
import type { FactName, Problem, Readings } from '../meta/facts.ts'
import type { Finder } from '../meta/find.ts'
import type { LookUp } from '../meta/look-up.ts'
import type { Job } from '../store/queue.ts'
import type { Clock } from '../time.ts'
import { atMeta, isAboutWaba, numberNamed, pinned, stayingWith } from './about-waba.ts'
import { caseLabel } from './label.ts'
import { type CaseRow, type Ledger, NumberBusy } from './ledger.ts'
import { ownSolution } from './own-solution.ts'
import { ownWhereabouts } from './own-whereabouts.ts'
import { toldMore, whereabouts } from './whereabouts.ts'
import type { Writer } from './writer.ts'

const dataSchema = z.object({ case: z.number() })

export interface LookUpJobOptions {
  ledger: Ledger
  writer: Writer
  flowOf: (row: CaseRow) => Flow
  paymentOf: (partner: string | undefined) => 'direct' | 'partner' | undefined
  config: DeskConfig
  finder: Finder
  lookUp: LookUp
  clock: Clock
  log: Logger
}

/** Asks the platforms what a case wants to know and writes what they said. */
export function lookUpJob(options: LookUpJobOptions): Job<z.infer<typeof dataSchema>> {
  const { ledger, writer, flowOf } = options
  return {
    name: 'look-up',
    schema: dataSchema,
    retries: 5,
    concurrency: 8,
    async work({ case: id }) {
      const asked = await ledger.load(id)
      const number = asked && numberOf(flowOf(asked), asked.state)
      if (!asked || asked.state.closed || number === undefined) return
      const found = await ask(options, flowOf(asked), asked.state, number)
      for (;;) {
        const row = await ledger.load(id)
        if (!row || row.state.closed) return
        // The number was corrected while the platforms were asked: what they said is about something else.
        if (numberOf(flowOf(row), row.state) !== number) return writer.lookUp(row)
        if (destinationOf(options.config, row.state) !== found.destination) return writer.lookUp(row)
        if (toldMore(asked.state, row.state)) return writer.lookUp(row)
        const event: NewEvent = { type: 'looked-up', data: await withBusy(ledger, id, found) }
        try {
          const written = await writer.add(row, flowOf(row), [event], system)
          // What they said leads to more that they can be asked.
          if (written && toldMore(row.state, written.state)) return await writer.lookUp(written)
          if (written) return
        } catch (error) {
          if (!(error instanceof NumberBusy)) throw error
        }
      }
    },
  }
}

interface Found {
  readings: Readings
  partner?: string
  payment?: 'direct' | 'partner'
  phone?: string
  destination?: string
}

async function ask(options: LookUpJobOptions, flow: Flow, state: CaseState, subject: string): Promise<Found> {
  const asOf = new Date(options.clock.now()).toISOString()
  const destination = destinationOf(options.config, state)
  const to = destination !== undefined && { destination }
  const located = await locate(options, flow, state, subject)
  if ('problem' in located) {
    const { problem } = located
    return { ...to, readings: everything(flow, state, { state: 'error', asOf, source: 'hub', problem }) }
  }
  const { partner, phone, waba } = located
  // Of a WABA without a number, or with several, no number is looked up: its own id is none.
  const searched = phone ?? waba
  if (partner === undefined || searched === undefined) {
    return { ...to, readings: everything(flow, state, { state: 'absent', asOf, source: 'hub' }) }
  }
  const about = {
    phone: searched,
    partner,
    ...(waba !== undefined && { waba }),
    ...(await ownWhereabouts(options, state, partner, whereabouts(state))),
    ...(destination && { newPartner: destination }),
    ...clientOf(state),
  }
  const told = await options.lookUp.readings(about, namesOf(flow, state), { fresh: true })
  const readings = ownSolution(options.config, state, partner, told)
  const channel = readings.channel?.state === 'known' ? readings.channel.value : undefined
  const payment = options.paymentOf(partner)
  const number = channel?.phone ?? (flow.subjectAt === 'anywhere' ? phone : undefined)
  return {
    readings,
    partner,
    ...(payment && { payment }),
    ...to,
    ...(number !== undefined && { phone: number }),
  }
}

interface Located {
  partner?: string | undefined
  phone?: string | undefined
  waba?: string | undefined
}

/** Whose number it is, and which: from who opened the case, or by looking through the Hubs. */
async function locate(
  { config, finder, lookUp }: LookUpJobOptions,
  flow: Flow,
  state: CaseState,
  subject: string,
): Promise<Located | { problem: Problem }> {
  // Once something has begun the case stays with its partner, wherever the number goes.
  const sure = !state.partnerFound || Object.keys(state.steps).length > 0
  const given = (sure ? state.partner : undefined) ?? chosenPartner(config, state)
  const isNumber = flow.questions.find(({ id }) => id === flow.subject)?.kind === 'phone'
  if (given !== undefined && isNumber) return { partner: given, phone: subject }
  const staying = isAboutWaba(flow) ? stayingWith(state) : undefined
  if (staying) return staying
  const partners = given === undefined ? config.partners.map(({ id }) => id) : [given]
  const found = await finder.find(subject, partners)
  if (found.kind === 'problem') return { problem: found.problem }
  const hit = found.kind === 'one' ? found : found.kind === 'many' ? found.hits[0] : undefined
  if (!isAboutWaba(flow)) return { partner: hit?.subject.partner ?? given, phone: hit?.channel.phone }
  if (!hit) return atMeta(lookUp, state, { partner: given, waba: subject })
  return { partner: hit.subject.partner, phone: numberNamed(state) ?? hit.channel.phone, waba: pinned(state) }
}

/** The partner that support named, where no number tells it. */
function chosenPartner(config: DeskConfig, state: CaseState): string | undefined {
  const chosen = state.answers.partner?.value
  return config.partners.find(({ id }) => id === chosen)?.id
}

/** The destination partner is given by its 360dialog id; it takes part when it is one of ours. */
function destinationOf(config: DeskConfig, state: CaseState): string | undefined {
  const given = state.answers[destinationQuestion]?.value
  return config.partners.find(({ hub }) => hub.partner === given)?.id
}

async function withBusy(ledger: Ledger, id: number, found: Found) {
  const other = found.phone === undefined ? undefined : await ledger.openCaseAbout(found.phone, found.partner, id)
  if (other === undefined) return found
  const { phone: _phone, ...rest } = found
  return { ...rest, busy: caseLabel(other) }
}

function numberOf(flow: Flow, state: CaseState): string | undefined {
  const given = state.answers[flow.subject]?.value
  return typeof given === 'string' ? given : undefined
}

/** Every fact that any part of the flow wants: one round of calls answers all of them. */
function namesOf(flow: Flow, state: CaseState): FactName[] {
  const needs = [...flow.questions, ...flow.steps].flatMap((part) => ('needs' in part && part.needs) || [])
  const named = state.answers[destinationQuestion] !== undefined
  return [...new Set(needs)].filter((name) => named || !destinationFacts.includes(name))
}

/** The number's client, as it was known before the number went to another partner. */
function clientOf({ readings: { client } }: CaseState): { client?: string } {
  return client?.state === 'known' ? { client: client.value.id } : {}
}

function everything(flow: Flow, state: CaseState, reading: NonNullable<Readings['channel']>): Readings {
  return Object.fromEntries(namesOf(flow, state).map((name) => [name, reading])) as Readings
}
