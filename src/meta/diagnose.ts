import { type DiagnosisId, diagnoses } from './diagnoses.ts'
import type { Diagnosis } from './diagnosis.ts'
import { codesIn, type Numbers } from './error-codes.ts'
import { type Word, wordsAsText, wordsOf } from './error-words.ts'
import type { Problem } from './facts.ts'
import { type Lexicon, lexicon } from './lexicon.ts'

/** A known error. Its texts are in `locales/<language>/diagnoses.yaml` under the id. */
export interface Diagnosed extends Diagnosis {
  id: DiagnosisId
  /** What gave it away: a number, or its words. */
  by: { number: number } | 'words'
}

export interface Candidate {
  id: DiagnosisId
  by: Diagnosed['by']
  /** The higher the likelier; comparable within one text only. */
  score: number
}

/** Longer pastes are cut: what Slack carries in one message. */
export const longestPaste = 40_000

/**
 * What a pasted error means; `undefined` for a text that is no error we know. The text may be a part of the message, in
 * another case, with typos, in a JSON dump or in log lines. Subcodes count more than codes, codes more than words.
 */
export function diagnose(text: string): Diagnosed | undefined {
  return diagnosed(candidates(text)[0])
}

/** What a failed call means, when it is a known error. */
export function diagnoseProblem(problem: Problem): Diagnosed | undefined {
  const said = codesIn(problem.words ?? '', index().known)
  const status = Number(/^HTTP (\d{3})/.exec(problem.answered)?.[1])
  const numbers: Numbers = {
    codes: new Set(problem.code === undefined ? said.codes : [problem.code, ...said.codes]),
    subcodes: new Set(problem.subcode === undefined ? said.subcodes : [problem.subcode, ...said.subcodes]),
    statuses: new Set(status >= 400 ? [status] : []),
  }
  const found = diagnosed(rank(wordsOf(`${problem.words ?? ''} ${problem.asked}`), numbers)[0])
  const temporary: Candidate = { id: 'temporary', by: 'words', score: 0 }
  return found ?? (problem.kind === 'Unavailable' ? diagnosed(temporary) : undefined)
}

/** Everything that a text may mean, the likeliest first. */
export function candidates(text: string): Candidate[] {
  const paste = text.slice(0, longestPaste).toWellFormed()
  return rank(wordsOf(paste), codesIn(paste, index().known))
}

function diagnosed(best: Candidate | undefined): Diagnosed | undefined {
  return best && { ...diagnoses[best.id], id: best.id, by: best.by }
}

/** Codes that only say that something was wrong: good words say more. */
const vague = new Set([1, 2, 100, 135000])

interface Index {
  known: ReadonlySet<number>
  says: Lexicon<DiagnosisId>
  hints: Lexicon<DiagnosisId>
  alone: ReadonlyMap<string, DiagnosisId>
}

const entries = () => Object.entries(diagnoses) as [DiagnosisId, Diagnosis][]

function buildIndex(): Index {
  const all = entries()
  const phrases = (of: (entry: Diagnosis) => readonly string[]) =>
    all.flatMap(([id, entry]) => of(entry).map((text) => [id, text] as const))
  return {
    known: new Set(all.flatMap(([, { codes = [] }]) => codes)),
    says: lexicon(phrases(({ says = [] }) => says)),
    hints: lexicon(phrases(({ says = [], hints = [] }) => [...hints, ...says])),
    alone: new Map(phrases(({ alone = [] }) => alone).map(([id, text]) => [wordsAsText(wordsOf(text)), id])),
  }
}

let built: Index | undefined
/** Built at the first use and kept: it is made of constants. */
function index(): Index {
  built ??= buildIndex()
  return built
}

function rank(words: readonly Word[], numbers: Numbers): Candidate[] {
  const { says, hints, alone } = index()
  const said = says.search(words, asks(words) ? 'strict' : undefined)
  const hinted =
    numbers.codes.size + numbers.subcodes.size + numbers.statuses.size ? hints.search(words, 'loose') : said
  const whole = words.length <= 8 ? alone.get(wordsAsText(words)) : undefined
  const found = entries().flatMap(([id, entry]) => {
    const number = strongest(entry, numbers)
    const own = said.get(id)
    const bySaying = own === undefined ? undefined : 40 + own * 20
    const wholly = id === whole ? 45 : undefined
    if (number === undefined) return candidate(id, 'words', Math.max(bySaying ?? 0, wholly ?? 0))
    const hint = hinted.get(id)
    if (entry.hints && hint === undefined) return candidate(id, 'words', bySaying ?? 0)
    // Of several entries with one number, those whose words are there come before the general one.
    return candidate(id, { number: number.number }, number.score + (entry.hints ? 4 : 0) + (hint ?? 0) * 10)
  })
  return found.sort((a, b) => b.score - a.score)
}

function candidate(id: DiagnosisId, by: Diagnosed['by'], score: number): Candidate[] {
  return score > 0 ? [{ id, by, score }] : []
}

/** The number of the text that speaks for an entry, with how loud it speaks. */
function strongest({ codes = [], statuses = [] }: Diagnosis, numbers: Numbers) {
  const subcode = codes.find((code) => numbers.subcodes.has(code))
  if (subcode !== undefined) return { number: subcode, score: 100 }
  const code = codes.find((each) => numbers.codes.has(each) && !vague.has(each))
  if (code !== undefined) return { number: code, score: 80 }
  const faint = codes.find((each) => numbers.codes.has(each))
  if (faint !== undefined) return { number: faint, score: 30 }
  const status = statuses.find((each) => numbers.statuses.has(each))
  return status === undefined ? undefined : { number: status, score: 20 }
}

const questionWords = new Set(
  'how what when can could may is are do does should will where who which wie was wann kann como quando posso qual'.split(
    ' ',
  ),
)
const aboutMeaning = new Set('mean means bedeutet heisst significa message error fehler erro'.split(' '))

/** A question speaks of the same things as an error: only the very words of one count then. */
function asks(words: readonly Word[]): boolean {
  const has = (list: ReadonlySet<string>) => (word: Word | undefined) => list.has(word?.forms[0] ?? '')
  return has(questionWords)(words[0]) && !words.some(has(aboutMeaning))
}
