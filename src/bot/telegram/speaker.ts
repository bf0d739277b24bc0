/** Who spoke or pressed, where, and how to speak to them. */
export interface Speaker {
  chat: string
  user: { id: number; name: string }
  /** More people than this one may read along. */
  group: boolean
  /** Topic of a forum. */
  topic?: number
  language: string
}
