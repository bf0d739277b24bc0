import type { Concerned } from '../cases/heard.ts'
import type { Notice, Reading } from './notice.ts'

const migrating = ['number-migration', 'number-migration-onprem', 'migrate-between-solutions']

/**
 * What open cases make of a notice (procedures.md 17.2): some are expected while a case runs, some stop a migration, and
 * what moves a case on is told there. Pure.
 */
export function inContext(notice: Notice, contexts: readonly Concerned[]): Notice {
  const concerned = contexts.filter(({ about }) => meet(about, notice.about))
  const within = (flows: readonly string[]) => concerned.some(({ flow }) => flows.includes(flow))
  const expected = concerned.flatMap(({ expects = [] }) => expects.filter(({ kind }) => kind === notice.kind))
  if (expected.length) return { ...notice, severity: notice.severity === 'info' ? 'info' : 'warning', expected }
  if (notice.kind === 'coexistence' && within(migrating)) return { ...notice, severity: 'warning', mood: 'problem' }
  const inCaseOf = [...new Set(concerned.flatMap(({ partner }) => partner ?? []))]
  return notice.completes && inCaseOf.length ? { ...notice, inCaseOf } : notice
}

const meet = (a: Reading['about'], b: Reading['about']) =>
  a.phones.some((phone) => b.phones.includes(phone)) ||
  a.channels.some((id) => b.channels.includes(id)) ||
  a.wabas.some((id) => b.wabas.includes(id))
