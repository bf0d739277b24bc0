import type { FactName, Facts, Readings } from '../../meta/facts.ts'
import type { Duration } from './duration.ts'

/** What a person may do, from who they are to this case. `lead` may do what `support` may, `admin` what `lead` may. */
export type Role = 'support' | 'lead' | 'admin' | 'partner' | 'destination-partner' | 'system'

/** The partners of a case that has two. */
export type PartnerSide = 'partner' | 'destination-partner'

/** Who has to move now (procedures.md 0.2). */
export type Owner = 'client' | 'partner' | 'destination-partner' | 'support' | 'bot'

/** An answer as it is kept. Phones are digits with country code, dates `YYYY-MM-DD`. */
export type Answer = string | number | boolean | readonly string[]

/**
 * What the rules of a flow may look at. Rules are pure: the same view gives the same result. What a rule reads is what it
 * depends on: when an answer changes, exactly the questions and steps whose rules read it are opened again.
 */
export interface View {
  readonly answers: Readonly<Record<string, Answer | undefined>>
  /** The facts that are known right now. */
  readonly facts: Readonly<Partial<Facts>>
  /** The same facts with where they came from, or why they are missing. */
  readonly readings: Readonly<Readings>
  /** How a step ended; `undefined` while it is open or does not apply. */
  readonly outcomes: Readonly<Record<string, Outcome | undefined>>
  /** What proves how a step ended, such as the id that a call gave. */
  readonly evidence: Readonly<Record<string, Finding['evidence'] | undefined>>
  /** When a step ended, ms since the epoch. */
  readonly endedAt: Readonly<Record<string, number | undefined>>
  /** When a person answered a question, ms since the epoch. */
  readonly answeredAt: Readonly<Record<string, number | undefined>>
  /** Steps that are past their limit and were escalated. */
  readonly late: Readonly<Record<string, boolean | undefined>>
  /** Our ids of the partners to choose from, when the desk itself opened the case. */
  readonly partners: readonly string[]
  /** Who pays 360dialog for the numbers of this partner, as the desk is set up. */
  readonly payment: 'direct' | 'partner' | undefined
  /** What the desk's set-up switched on when the case was opened, by name: `cancel-by-api`, `api-key-without-approval`. */
  readonly enabled: readonly string[]
  /** Another open case about the same number, as people say it. */
  readonly busy: string | undefined
  /** Milliseconds since the epoch. */
  readonly now: number
}

export type Rule<T> = (view: View) => T

/** How a step ended. */
export type Outcome = 'passed' | 'declared' | 'done' | 'skipped' | 'approved' | 'declined'

/** What a check found out, with the values that prove it (shown to people, so never a secret). */
export interface Finding {
  result: 'pass' | 'fail' | 'warn' | 'unknown' | 'error'
  evidence?: Readonly<Record<string, string | number | boolean>>
}

/** What all kinds of questions share. */
export interface QuestionBase {
  id: string
  /** Row of procedures.md. */
  ref: string
  /** Asked only when this holds. */
  when?: Rule<boolean>
  /** The answer, when the platforms know it: then nobody is asked. */
  known?: Rule<Answer | undefined>
  /** A suggestion that the person may change. */
  prefill?: Rule<Answer | undefined>
  /** Facts to look up before it is asked. */
  needs?: readonly FactName[]
  /** Facts that its answer leads to: they are forgotten and looked up again. */
  finds?: readonly FactName[]
  /** Text key of what is wrong with the given answer, judged by facts: the question is asked again. */
  problem?: Rule<string | undefined>
  /** What its text mentions, such as computed dates: whoever answers has agreed to these. */
  shows?: Rule<NonNullable<Finding['evidence']>>
  skippable?: boolean
  /** Who may answer; `partner` and `support` by default. */
  by?: readonly Role[]
}

export type PlainKind = 'phone' | 'yes-no' | 'date' | 'meta-id' | 'hub-id' | 'email' | 'url' | 'confirm'
export type Options = readonly string[] | Rule<readonly string[]>

export type Question =
  | (QuestionBase & { kind: PlainKind })
  | (QuestionBase & { kind: 'choice' | 'choices'; options: Options })
  | (QuestionBase & { kind: 'text' | 'number'; min?: number; max?: number })

interface StepBase {
  id: string
  ref: string
  owner: Owner | Rule<Owner>
  /** Part of the case only when this holds. */
  when?: Rule<boolean>
  /** Opens when these steps have ended well (or do not apply). */
  after?: readonly string[]
  /** How long it may stay open, or until when (ms since the epoch). */
  within?: Duration | Rule<number | undefined>
  /** Reminds the owner this often while it is open; a list: so long after it opened, and then at the limit. */
  remind?: Duration | readonly Duration[]
  /** What happens at the limit; `remind` by default. */
  atLimit?: 'remind' | 'escalate'
  /** Which of several instructions applies: the text `how-<name>` instead of `how`. */
  how?: Rule<string | undefined>
  /** What its texts mention, such as computed dates. Days are `2026-12-24`, money `12.50 EUR`: both are shown as people read them. */
  says?: Rule<NonNullable<Finding['evidence']>>
  /** Told to everybody in the case when it ends well (text `ended`). */
  announce?: boolean
  /** Told to everybody who sees it when it opens, whoever has to do it (text `opened`). */
  news?: boolean
  /** The partners that see it, beside the desk. By default the partner sees every step, the destination partner its own. */
  for?: readonly PartnerSide[] | Rule<readonly PartnerSide[]>
}

/** Facts that the platforms are asked for again and again while the step is open (procedures.md 0.4). */
interface Polled {
  needs?: readonly FactName[]
  /** `poll`: every 2 min for 30 min, every 15 min for 6 h, then hourly. `slow`: hourly. */
  every?: 'poll' | 'slow'
}

/** The bot finds out by itself. An `unknown` is attested by a person, a `warn` confirmed. */
export interface CheckStep extends StepBase, Polled {
  kind: 'check'
  passes: Rule<Finding>
  /** Once passed it stays passed; without it, it has to hold until the case ends. */
  once?: boolean
  /** Who may attest; by default who may act for the owner. */
  by?: readonly Role[]
}

/** A person does something elsewhere and ticks it off; `done` lets the platforms tick it. */
export interface TaskStep extends StepBase, Polled {
  kind: 'task'
  by?: readonly Role[]
  done?: Rule<Finding>
  skippable?: boolean
}

/** People with the right role decide; a decline needs a reason. */
export interface ApprovalStep extends StepBase {
  kind: 'approval'
  by: readonly Role[]
  /** A decline ends the case (the default) or only this step. */
  declined?: 'close' | 'go-on'
}

/** One call that changes something outside. `repeat` says what to do when nobody knows whether it happened. */
export interface ActionStep extends StepBase {
  kind: 'action'
  by: readonly Role[]
  call: string
  repeat: 'safe' | 'verify' | 'ask'
}

/** Waits for a platform, a person's word or a date. */
export interface WaitStep extends StepBase, Polled {
  kind: 'wait'
  until: Rule<Finding>
  /** Who may say that it happened. */
  by?: readonly Role[]
}

/** What platforms tell while a case runs, and what is no reason to worry then. */
export interface Expected {
  /** Kind of notice: `sending-blocked`. */
  kind: string
  /** The day from which on it is over, `2026-12-24`, once that can be relied on. */
  until?: string
  /** The partners that may read why, beside the desk; the partner by default. */
  for?: readonly PartnerSide[]
}

export type Step = CheckStep | TaskStep | ApprovalStep | ActionStep | WaitStep

/** One procedure as data. */
export interface Flow {
  id: string
  version: number
  /** Section of procedures.md. */
  ref: string
  startedBy: readonly Role[]
  /** Where the subject has to be; at 360dialog by default. */
  subjectAt?: 'hub' | 'anywhere'
  /** The question whose answer is what the case is about. */
  subject: string
  /** The destination partner takes part in the case once this step has ended; without it, from the start. */
  destinationAfter?: string
  /** Notices that an open case makes less of a worry. */
  expects?: Rule<readonly Expected[]>
  /** Which of several ends a case that is done came to: the text `done-<name>` instead of `done`. */
  ending?: Rule<string | undefined>
  questions: readonly Question[]
  steps: readonly Step[]
}
