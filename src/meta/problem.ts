import type { Problem } from './facts.ts'

/**
 * A platform call that did not give what was asked. The message says what was asked and what came back; neither it nor
 * the problem holds a token, a key or a PIN, so both are safe to log and to show.
 */
export class PlatformError extends Error {
  override readonly name = 'PlatformError'
  readonly problem: Problem
  /** Finds the call in the log. */
  readonly trace: string | undefined
  /** The request left us and no clear refusal came back: what it was to change may have happened. */
  readonly mayHaveHappened: boolean

  constructor(problem: Problem, circumstances: { trace?: string; mayHaveHappened?: boolean } = {}) {
    super(sentence(problem))
    this.problem = problem
    this.trace = circumstances.trace
    this.mayHaveHappened = circumstances.mayHaveHappened ?? false
  }
}

function sentence({ asked, answered, words }: Problem): string {
  return words === undefined ? `${asked}: ${answered}` : `${asked}: ${answered} (${words})`
}
