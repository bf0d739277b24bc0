export type StoreProblemCode =
  | 'folder-in-use'
  | 'database-address'
  | 'database-unreachable'
  | 'database-unreadable'
  | 'redis-unreachable'

/** A store that cannot be opened. The message is meant for the operator, says what to do, and carries no password. */
export class StoreProblem extends Error {
  readonly code: StoreProblemCode

  constructor(code: StoreProblemCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreProblem'
    this.code = code
  }
}

/**
 * Name of the unique constraint or primary key that refused a row, undefined for every other error.
 * Both drivers put the database's error under drizzle's, so callers need not know either.
 */
export function conflictOf(error: unknown): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && at.code === '23505') return 'constraint' in at ? String(at.constraint) : 'unknown'
  }
  return undefined
}
