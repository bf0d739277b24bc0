import type { Logger } from 'pino'
import { z } from 'zod'
import type { DeskConfig } from '../config.ts'
import { type NewEvent, system } from '../flows/engine/events.ts'
import type { CaseState } from '../flows/engine/fold.ts'
import type { Flow } from '../flows/engine/types.ts'
import type { FactName, Problem, Readings } from '../meta/facts.ts'
import type { Finder } from '../meta/find.ts'
import type { LookUp } from '../meta/look-up.ts'
import type { Job } from '../store/queue.ts'
import type { Clock } from '../time.ts'
import { caseLabel } from './label.ts'
import { type CaseRow, type Ledger, NumberBusy } from './ledger.ts'
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
        const event: NewEvent = { type: 'looked-up', data: await withBusy(ledger, id, found) }
        try {
          if (await writer.add(row, flowOf(row), [event], system)) return
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
  const located = await locate(options, flow, state, subject)
  if ('problem' in located) {
    return { readings: everything(flow, { state: 'error', asOf, source: 'hub', problem: located.problem }) }
  }
  const { partner, phone } = located
  if (partner === undefined || phone === undefined) {
    return { readings: everything(flow, { state: 'absent', asOf, source: 'hub' }) }
  }
  const readings = await options.lookUp.readings({ phone, partner }, namesOf(flow), { fresh: true })
  const channel = readings.channel?.state === 'known' ? readings.channel.value : undefined
  const payment = options.paymentOf(partner)
  const destination = destinationOf(options.config, state)
  const number = channel?.phone ?? (flow.subjectAt === 'anywhere' ? phone : undefined)
  return {
    readings,
    partner,
    ...(payment && { payment }),
    ...(destination !== undefined && { destination }),
    ...(number !== undefined && { phone: number }),
  }
}

interface Located {
  partner?: string | undefined
  phone?: string | undefined
}

/** Whose number it is, and which: from who opened the case, or by looking through the Hubs. */
async function locate(
  { config, finder }: LookUpJobOptions,
  flow: Flow,
  state: CaseState,
  subject: string,
): Promise<Located | { problem: Problem }> {
  const given = (state.partnerFound ? undefined : state.partner) ?? chosenPartner(config, state)
  const isNumber = flow.questions.find(({ id }) => id === flow.subject)?.kind === 'phone'
  if (given !== undefined && isNumber) return { partner: given, phone: subject }
  const partners = given === undefined ? config.partners.map(({ id }) => id) : [given]
  const found = await finder.find(subject, partners)
  if (found.kind === 'problem') return { problem: found.problem }
  const hit = found.kind === 'one' ? found : found.kind === 'many' ? found.hits[0] : undefined
  return { partner: hit?.subject.partner ?? given, phone: hit?.channel.phone }
}

/** The partner that support named, where no number tells it. */
function chosenPartner(config: DeskConfig, state: CaseState): string | undefined {
  const chosen = state.answers.partner?.value
  return config.partners.find(({ id }) => id === chosen)?.id
}

/** The destination partner is given by its 360dialog id; it takes part when it is one of ours. */
function destinationOf(config: DeskConfig, state: CaseState): string | undefined {
  const given = state.answers['destination-partner']?.value
  return config.partners.find(({ hub }) => hub.partner === given)?.id
}

async function withBusy(ledger: Ledger, id: number, found: Found) {
  const other = found.phone === undefined ? undefined : await ledger.openCaseAbout(found.phone, id)
  if (other === undefined) return found
  const { phone: _phone, ...rest } = found
  return { ...rest, busy: caseLabel(other) }
}

function numberOf(flow: Flow, state: CaseState): string | undefined {
  const given = state.answers[flow.subject]?.value
  return typeof given === 'string' ? given : undefined
}

/** Every fact that any part of the flow wants: one round of calls answers all of them. */
function namesOf(flow: Flow): FactName[] {
  const needs = [...flow.questions, ...flow.steps].flatMap((part) => ('needs' in part && part.needs) || [])
  return [...new Set(needs)]
}

function everything(flow: Flow, reading: NonNullable<Readings['channel']>): Readings {
  return Object.fromEntries(namesOf(flow).map((name) => [name, reading])) as Readings
}
