/** What a button asks for. All but the last group are acts on a case; those only show something. */
export const verbs = {
  answer: 'a',
  'skip-question': 'k',
  tick: 't',
  untick: 'u',
  attest: 'c',
  approve: 'y',
  decline: 'n',
  skip: 's',
  start: 'g',
  're-check': 'r',
  take: 'm',
  cancel: 'x',
  /** Shows the open questions. */
  questions: 'q',
  /** Lists the answers that can be changed. */
  edit: 'e',
  /** Asks one question again. */
  ask: 'w',
  /** Goes back to the pending question without a change. */
  keep: 'p',
  /** Shows a case. */
  case: 'o',
  /** Lists the cases. */
  cases: 'l',
  /** Shows everything about a case or a number. */
  details: 'd',
  /** Starts a procedure; the target is the flow, the value a number. */
  new: 'f',
  /** Looks a number up; the target is its digits. */
  status: 'i',
  /** Lists a partner's numbers; the target is the partner, the value the page. */
  numbers: 'j',
  /** Hands out the clients of a partner as a file; the target is the partner. */
  export: 'v',
  /** Lists the items that people added to a case. */
  items: 'I',
  /** The same, to take some away. */
  'remove-items': 'R',
  'add-item': 'A',
  'tick-item': 'T',
  'untick-item': 'U',
  'remove-item': 'X',
  'notice-acknowledge': 'na',
  'notice-unacknowledge': 'nu',
  /** For as long as the value says. */
  'notice-snooze': 'ns',
  'notice-wake': 'nw',
  /** Takes care of a notice. */
  'notice-take': 'nt',
  'notice-release': 'nr',
  'notice-details': 'nd',
  /** Asks what about a notice shall be silent, and how long. */
  'notice-quiet': 'nq',
  /** Ends a mute. */
  unmute: 'nx',
  /** Subscribes a room to a family of notices. */
  subscribe: 'nf',
  unsubscribe: 'nz',
  /** What did not get through; the target of the others is the entry. */
  undelivered: 'ul',
  'undelivered-retry': 'ur',
  'undelivered-retry-all': 'ua',
  'undelivered-drop': 'ud',
  help: 'h',
  /** Nothing: the person thought better of it. */
  never: 'z',
} as const

export type Verb = keyof typeof verbs

/** What a button carries. It is a hint of what the person wants, never a right. */
export interface Press {
  verb: Verb
  /** Number of the case. */
  case?: number
  /** Last event of the card it sat on. */
  seq?: number
  /** Step, question, item, flow, notice or number. */
  target?: string
  value?: string
}

const byLetter = new Map<string, Verb>(Object.entries(verbs).map(([verb, letter]) => [letter, verb as Verb]))

/** A press as text of at most 64 bytes, which is what Telegram allows; a test holds every flow to it. */
export function encodePress({ verb, case: id, seq, target, value }: Press): string {
  const parts = [verbs[verb], id?.toString(36) ?? '', seq?.toString(36) ?? '', target ?? '', value ?? '']
  return parts.join('|').replace(/\|+$/, '')
}

/** A press without the state of the card that it sat on; `undefined` when it is none of ours. */
export function essence(press: string): string | undefined {
  const decoded = decodePress(press)
  if (!decoded) return undefined
  const { seq: _, ...rest } = decoded
  return encodePress(rest)
}

/** Reads what a button carried; `undefined` when it is none of ours. */
export function decodePress(text: string): Press | undefined {
  const [letter = '', id, seq, target, ...value] = text.split('|')
  const verb = byLetter.get(letter)
  if (!verb) return undefined
  const number = (part: string | undefined) =>
    part && /^[0-9a-z]{1,10}$/.test(part) ? Number.parseInt(part, 36) : undefined
  const press: Press = { verb }
  const caseId = number(id)
  if (caseId !== undefined) press.case = caseId
  const at = number(seq)
  if (at !== undefined) press.seq = at
  if (target) press.target = target
  if (value.length) press.value = value.join('|')
  return press
}
