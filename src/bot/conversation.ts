import { z } from 'zod'

/** Where a person is in a conversation: the question that was opened again. May expire; then the case's own question counts. */
const focusSchema = z.object({ case: z.number(), question: z.string() })
export type Focus = z.infer<typeof focusSchema>

export interface Conversations {
  focus(room: string, person: string): Promise<Focus | undefined>
  setFocus(room: string, person: string, focus: Focus | undefined): Promise<void>
}

/** The part of a Keyv that conversations use. */
export interface Memory {
  get(key: string): Promise<unknown>
  set(key: string, value: unknown): Promise<unknown>
  delete(key: string): Promise<unknown>
}

export function conversationsIn(memory: Memory): Conversations {
  const key = (room: string, person: string) => `focus:${room}:${person}`
  return {
    async focus(room, person) {
      const found = focusSchema.safeParse(await memory.get(key(room, person)))
      return found.success ? found.data : undefined
    },
    async setFocus(room, person, focus) {
      await (focus ? memory.set(key(room, person), focus) : memory.delete(key(room, person)))
    },
  }
}
