import type { Context } from 'hono'
import type { Bindings } from '../world/door.ts'
import { answer, badParameter, noField, problem } from './answers.ts'
import { type Node, pick } from './nodes.ts'

/** Answers one page of an edge with paging cursors (meta.md 1): `limit` 1 to 100, 25 by default, `after`, `before`. */
export function edge(c: Context<Bindings>, nodes: Node[]): Response {
  const limit = Number(c.req.query('limit') ?? 25)
  if (!Number.isInteger(limit) || limit < 1) return badParameter(c, 'Param limit must be an integer greater than zero')
  const size = Math.min(limit, 100)
  const after = position(c.req.query('after'))
  const before = position(c.req.query('before'))
  if (Number.isNaN(after) || Number.isNaN(before)) {
    return problem(c, { status: 400, code: 131059, message: '(#131059) Invalid paging cursor' })
  }
  const start = before !== undefined ? Math.max(0, before - size) : after !== undefined ? after + 1 : 0
  const end = before !== undefined ? before : start + size
  const data: unknown[] = []
  for (const node of nodes.slice(start, end)) {
    const picked = pick(node, c.req.query('fields'))
    if ('unknown' in picked) return noField(c, picked.unknown, node.kind.name)
    data.push(picked.shown)
  }
  return answer(c, data.length ? { data, paging: paging(c, { start, end, total: nodes.length }) } : { data })
}

function paging(c: Context<Bindings>, { start, end, total }: { start: number; end: number; total: number }) {
  const last = Math.min(end, total) - 1
  return {
    cursors: { before: cursor(start), after: cursor(last) },
    ...(last + 1 < total && { next: pageUrl(c, 'after', cursor(last)) }),
    ...(start > 0 && { previous: pageUrl(c, 'before', cursor(start)) }),
  }
}

function pageUrl(c: Context<Bindings>, side: 'after' | 'before', at: string): string {
  const url = new URL(c.req.url)
  for (const key of ['after', 'before', 'access_token']) url.searchParams.delete(key)
  url.searchParams.set(side, at)
  return url.href
}

const cursor = (index: number) => Buffer.from(`row:${index}`).toString('base64url')

function position(text: string | undefined): number | undefined {
  if (!text) return undefined
  const found = /^row:(\d+)$/.exec(Buffer.from(text, 'base64url').toString())
  return found ? Number(found[1]) : Number.NaN
}
