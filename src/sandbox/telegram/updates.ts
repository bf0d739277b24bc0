import type { World } from './world.ts'

/** An update that the bot has not confirmed yet. */
export interface UpdateRow {
  id: number
  chat: number
  update: { update_id: number } & Record<string, unknown>
}

export interface Updates {
  /** Queues an update, unless the bot did not ask for that kind. */
  add(kind: string, chat: number, content: unknown): void
  /** Unconfirmed updates, oldest first. */
  pending(): UpdateRow[]
  confirm(id: number): void
  /** Confirms all with a lower id. */
  confirmBelow(id: number): void
  clear(): void
  allow(kinds: readonly string[]): void
  allowed(): string[]
  /** Called after each new update. Returns the way to stop listening. */
  onNew(listener: () => void): () => void
}

/** Kinds that come only to bots that name them. */
const onRequest = ['chat_member', 'message_reaction', 'message_reaction_count']

/** The queue of updates. Rows live in the journal until they are confirmed. */
export function updateQueue(world: World): Updates {
  const rows = world.ground.journal.table<UpdateRow>('telegram.updates')
  const settings = world.ground.journal.table<string[]>('telegram.allowed-updates')
  const listeners = new Set<() => void>()
  const wanted = (kind: string) => {
    const kinds = settings.get('kinds') ?? []
    return kinds.length > 0 ? kinds.includes(kind) : !onRequest.includes(kind)
  }
  const confirm = (id: number) => rows.delete(String(id))
  return {
    add(kind, chat, content) {
      if (!wanted(kind)) return
      const id = 700_000_000 + world.next('update')
      rows.set(String(id), { id, chat, update: { update_id: id, [kind]: content } })
      for (const listener of listeners) listener()
    },
    pending: () => rows.values(),
    confirm,
    confirmBelow(id) {
      for (const row of rows.values()) if (row.id < id) confirm(row.id)
    },
    clear() {
      for (const row of rows.values()) confirm(row.id)
    },
    allow: (kinds) => settings.set('kinds', [...kinds]),
    allowed: () => settings.get('kinds') ?? [],
    onNew(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
