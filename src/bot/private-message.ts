/** A message for one person alone. */
export interface PrivateMessage {
  text: string[]
  /** Shown so that it can be copied, and not forwarded where the chat platform can prevent that. */
  secret?: { value: string; copy: string }
}

/** Writes to a person in private: `user` is the chat platform's id of the person. @throws SendError */
export type WriteInPrivate = (user: string, message: PrivateMessage) => Promise<void>
