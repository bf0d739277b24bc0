/** The numbers of a text that stand for an error. */
export interface Numbers {
  /** Meta's `code`. */
  codes: ReadonlySet<number>
  /** Meta's `error_subcode`, which says more than the code beside it. */
  subcodes: ReadonlySet<number>
  /** HTTP statuses from 400 on. */
  statuses: ReadonlySet<number>
}

/** A telephone number is full of digits that mean nothing. */
const phone = /\+\s?\d[\d\s().-]{6,20}\d|(?<![\w.,])0\d{2,5}[\s/-]+\d{4,9}(?!\d)/g
const subcodeKey = /sub_?-?code["'\\]*\s*[:=(]?\s*["'\\]*#?(\d{1,8})\b/gi
const hashed = /\(#\s?(\d{1,8})\)/g
const word = 'error|err|fehler|erro|kode|code|c[oó]digo'
const codeKey =
  /\b(?:errors?|fehler)?[_ .-]?(?:code|codes|c[oó]digo(?: de erro)?|kode)["'\\]*\s*(?:[:=(]|is|was|ist|é)?\s*["'\\]*#?(\d{1,8})\b/gi
const named = new RegExp(`\\b(?:${word})\\b["'\\\\:=\\s(#]{0,6}(\\d{3,8})\\b`, 'gi')
const pair = /\b(100|190)\s*\/\s*(\d{2,8})\b/g
/** From five digits on a number that we know stands for itself, but not as a part of a longer one or of an amount. */
const long = /(?<![\w.+,-])(\d{5,7})(?!\w)(?![.,]\d{1,3}(?!\d))/g
const countedBefore =
  /(?:invoice|order|ticket|rechnung|bestellung|fatura|pedido|booking|case|zip|plz|postcode|\bid|[€$£])\s*(?:no\.?|nr\.?|number|id|is|#)?[\s:#]*$/i
const countedAfter =
  /^\s*(?:eur|usd|brl|gbp|inr|euros?|dollars?|reais|messages?|msgs?|clients?|users?|numbers?|nachrichten|kunden|mensagens|clientes|[€$£%])(?!\p{L})/iu

const statusKey =
  /\b(?:https?(?:\/\d(?:\.\d)?)?|status(?:[_ ]?code)?|http[_ ]?(?:code|status)|error|err|fehler|erro|code|c[oó]digo)["'\\]*\s*[:=(]?\s*["'\\]*([45]\d\d)\b/gi
const statusWords =
  /\b([45]\d\d)\b[\s:,("'–-]{0,3}(?:bad request|unauthori[sz]ed|forbidden|not found|conflict|too many requests|internal server|bad gateway|service unavailable|gateway time|wrong payload|on account|on cancel|on key|when|while|bei|error)/gi
const request =
  /\b(?:get|post|put|patch|delete)\s[^\n/]{0,40}\/\S{0,200}[^\n]{0,160}?\s([45]\d\d)\b(?!\s*(?:ms|s|b|kb|bytes)\b)/gi
const answered =
  /(?:->|=>|→|answer(?:s|ed)|return(?:s|ed)|responded(?: with)?|\bgot|\bgets?|received|throws?|threw|\bhub|\bapi)\s+(?:an?\s+|with\s+)?(?:http\s*)?([45]\d\d)(?=\s*(?:$|[.,;:!?()"'/\n]|error|from|on|when|while|for|by|after|in\b|bei|ao|na|no\b))/gi

const bare = /^[\s#()[\]"'`]*(\d{3,8})[\s()[\]"'`.!?]*$/
const numbersOnly = /^[\s\d#()[\],;:/."'`-]+$/
const speaksOfErrors = /error|err\b|exception|fail|fehler|erro\b|falha|denied|permission|oauth|token|\(#/i

/**
 * The error numbers in a pasted text, of which `known` are the ones that mean something. Short numbers count only where
 * something says that they are codes; long ones anywhere, as whole numbers, except in telephone numbers and amounts.
 */
export function codesIn(text: string, known: ReadonlySet<number>): Numbers {
  const codes = new Set<number>()
  const subcodes = new Set<number>()
  const statuses = new Set<number>()
  const clean = text.replace(phone, ' ')
  const about = speaksOfErrors.test(clean)
  const take = (digits: string | undefined, into: Set<number>) => {
    const number = Number(digits)
    if (digits === undefined || !known.has(number)) return
    if ((number < 100 || (number >= 200 && number < 300)) && !about) return
    if (number >= 1_000_000) subcodes.add(number)
    else into.add(number)
  }
  for (const [, digits] of clean.matchAll(subcodeKey)) take(digits, subcodes)
  for (const [, digits] of clean.matchAll(hashed)) take(digits, codes)
  for (const [, digits] of clean.matchAll(codeKey)) if (!subcodes.has(Number(digits))) take(digits, codes)
  for (const [, digits] of clean.matchAll(named)) take(digits, codes)
  for (const [, first, second] of clean.matchAll(pair)) {
    codes.add(Number(first))
    if (known.has(Number(second))) subcodes.add(Number(second))
  }
  for (const { 1: digits = '', index } of clean.matchAll(long)) {
    const round = Number(digits) % 1000 === 0 && !about
    const before = clean.slice(Math.max(0, index - 24), index)
    const counted = countedBefore.test(before) || countedAfter.test(clean.slice(index + digits.length).slice(0, 16))
    if (!round && !counted) take(digits, codes)
  }
  for (const pattern of [statusKey, statusWords, request, answered]) {
    for (const [, digits] of clean.matchAll(pattern)) statuses.add(Number(digits))
  }
  lone(clean, { known, codes, subcodes, statuses })
  return { codes, subcodes, statuses }
}

/** A text that is nothing but a number, or a few of them. */
function lone(text: string, found: { known: ReadonlySet<number> } & Record<keyof Numbers, Set<number>>): void {
  const only = Number(bare.exec(text)?.[1])
  if (only >= 400 && only <= 599) found.statuses.add(only)
  else if (found.known.has(only) && (only < 200 || only >= 300)) {
    const into = only >= 1_000_000 ? found.subcodes : found.codes
    into.add(only)
  }
  // "100 2388103": the long one says that the short one is a code as well.
  const first = [...found.codes, ...found.subcodes].some((number) => number >= 10_000)
  if (first && numbersOnly.test(text) && /\b100\b/.test(text)) found.codes.add(100)
}
