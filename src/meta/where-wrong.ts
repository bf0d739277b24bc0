import type { z } from 'zod'

/** The field that could not be read and what was expected of it: `partner_channels.1.id: expected string`. Shows no value. */
export function whereWrong(error: z.ZodError): string {
  const [issue] = error.issues
  if (issue === undefined) return 'the answer: unreadable'
  const { path, message } = deepest(issue)
  return `${path.join('.') || 'the answer'}: ${message}`
}

interface Found {
  path: PropertyKey[]
  message: string
}

/** Of several shapes that an answer may have, the one that fits furthest tells best what is wrong. */
function deepest(issue: z.core.$ZodIssue): Found {
  const own = { path: issue.path, message: issue.message }
  if (issue.code !== 'invalid_union') return own
  const inner = issue.errors.flatMap(([first]) => (first === undefined ? [] : [deepest(first)]))
  const best = inner.sort((a, b) => b.path.length - a.path.length)[0]
  return best === undefined ? own : { path: [...issue.path, ...best.path], message: best.message }
}
