/**
 * The rooms that are being written to, for all who write there on their own. Two at a time must not: one that looks for
 * a message of which nobody knows whether it arrived would take the other's for it.
 */
export interface RoomsAtWork {
  /** Rooms as `surface:room`. */
  busy(): string[]
  has(room: string): boolean
  /** Works in a room, after whoever is there now. */
  work(room: string, work: () => Promise<void>): Promise<void>
  /** Called when a room is free again. Returns the way to stop listening. */
  onFree(listener: () => void): () => void
}

export function roomsAtWork(): RoomsAtWork {
  const last = new Map<string, Promise<void>>()
  const listeners = new Set<() => void>()
  return {
    busy: () => [...last.keys()],
    has: (room) => last.has(room),
    work(room, work) {
      const before = last.get(room) ?? Promise.resolve()
      const turn = before.then(work, work).finally(() => {
        if (last.get(room) !== turn) return
        last.delete(room)
        for (const listener of listeners) listener()
      })
      last.set(room, turn)
      return turn
    },
    onFree(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
