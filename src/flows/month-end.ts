/** A cancelled subscription ends with the calendar month in which that was asked for (procedures.md 7). In UTC. */
export function lastDayOfMonth(at: number): string {
  return new Date(startOfNextMonth(at) - 1).toISOString().slice(0, 10)
}

/** When that month is over, ms since the epoch: from then on nothing can be taken back. */
export function startOfNextMonth(at: number): number {
  const day = new Date(at)
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1)
}
