import { z } from 'zod'
import type { Readings } from '../../meta/facts.ts'

const role = z.enum(['support', 'lead', 'admin', 'partner', 'destination-partner', 'system'])

/** Who did it, as the case remembers it. */
export const bySchema = z.object({
  role,
  /** `slack:U0ANA`, `telegram:7001`, `system`. */
  id: z.string(),
  name: z.string(),
  /** Our id of the partner, for people of a partner. */
  partner: z.string().optional(),
  /** What that partner is called. */
  partnerName: z.string().optional(),
})
export type By = z.infer<typeof bySchema>

const answer = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()).readonly()])
const evidence = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
const step = z.string()
/** `item` is the number of the event that added it; `partner` is who sees it beside the desk (our id). */
const item = z.object({ item: z.number(), text: z.string(), partner: z.string().optional() })

/** What can happen to a case. Each event is one row, written once and never changed. */
const bodySchemas = {
  opened: z.object({
    flow: z.string(),
    version: z.number(),
    partner: z.string().optional(),
    payment: z.enum(['direct', 'partner']).optional(),
    /** Our ids of all partners, when the desk itself opened the case. */
    partners: z.array(z.string()).optional(),
    /** What the desk's set-up switched on. */
    enabled: z.array(z.string()).optional(),
    /** The chat it was opened from. */
    origin: z.object({ surface: z.enum(['slack', 'telegram']), room: z.string() }).optional(),
  }),
  /** `value: null` is a skipped question. `reopens` is what depended on the former answer. */
  answered: z.object({
    question: z.string(),
    value: answer.nullable(),
    reopens: z.object({ questions: z.array(z.string()), steps: z.array(step), facts: z.boolean() }).optional(),
    /** Names of facts that the answer leads to. */
    forgets: z.array(z.string()).optional(),
  }),
  /** The platforms were asked. `partner` is whose number it turned out to be; `busy` is another open case about it. */
  'looked-up': z.object({
    readings: z.custom<Readings>((value) => typeof value === 'object' && value !== null),
    partner: z.string().optional(),
    payment: z.enum(['direct', 'partner']).optional(),
    phone: z.string().optional(),
    /** Our id of the partner that the number goes to, when that is one of ours. */
    destination: z.string().optional(),
    busy: z.string().optional(),
  }),
  'step-opened': z.object({ step }),
  checked: z.object({
    step,
    result: z.enum(['pass', 'fail', 'warn', 'unknown', 'error']),
    evidence: evidence.optional(),
  }),
  attested: z.object({ step }),
  ticked: z.object({ step, evidence: evidence.optional() }),
  unticked: z.object({ step }),
  skipped: z.object({ step, reason: z.string() }),
  decided: z.object({ step, decision: z.enum(['approved', 'declined']), reason: z.string().optional() }),
  arrived: z.object({ step, evidence: evidence.optional() }),
  'action-started': z.object({ step, attempt: z.number() }),
  'action-done': z.object({ step, evidence: evidence.optional() }),
  'action-failed': z.object({ step, problem: z.string() }),
  /** Nobody knows whether it happened: a person is asked. */
  'action-unclear': z.object({ step }),
  reminded: z.object({ step }),
  escalated: z.object({ step }),
  nudged: z.object({ question: z.string() }),
  said: z.object({
    text: z.string(),
    internal: z.boolean(),
    /** The desk's words for the destination partner; without it they are for the partner. */
    to: z.literal('destination-partner').optional(),
    from: z.object({ surface: z.enum(['slack', 'telegram']), room: z.string() }),
  }),
  /** A platform told something about the case's number or account. `shared`: the partner hears of it, too. */
  noted: z.object({
    kind: z.string(),
    severity: z.enum(['info', 'warning', 'critical']),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
    /** When it happened there, ms since the epoch. */
    happened: z.number(),
    shared: z.boolean(),
  }),
  assigned: z.object({ to: bySchema }),
  /** Somebody's own item, beside the steps of the flow. */
  'item-added': item.omit({ item: true }),
  'item-ticked': item,
  'item-unticked': item,
  'item-removed': item,
  closed: z.object({ outcome: z.enum(['done', 'declined', 'cancelled', 'expired']), reason: z.string().optional() }),
} as const

export type EventType = keyof typeof bodySchemas
export type EventData<T extends EventType = EventType> = z.infer<(typeof bodySchemas)[T]>

/** An event that is not written yet: who, when and its place in the row come from the desk. */
export type NewEvent = { [T in EventType]: { type: T; data: EventData<T> } }[EventType]

/** One row of a case's history. `at` is ms since the epoch; `seq` counts from 1. */
export type CaseEvent = NewEvent & { seq: number; at: number; by: By }

/** What the desk does on its own. */
export const system: By = { role: 'system', id: 'system', name: 'Portdesk' }
