/** Telegram's limits as the sandbox enforces them (Bot API 10.1; where it gives no number, the comment says so). */
export const limits = {
  /** Characters of a message after its markup was parsed. */
  text: 4096,
  caption: 1024,
  /** Bytes of `callback_data`. */
  callbackData: 64,
  /** Characters of the answer to a button press. */
  callbackAnswer: 200,
  /** Milliseconds in which a button press can be answered. Telegram does not document its deadline. */
  callbackAnswerMs: 30_000,
  /** Buttons of one inline keyboard, in all and per row: what bot authors report, not documented. */
  buttons: 100,
  buttonsPerRow: 8,
  commands: 100,
  commandName: /^[a-z0-9_]{1,32}$/,
  commandDescription: 256,
  description: 512,
  shortDescription: 120,
  secretToken: /^[A-Za-z0-9_-]{1,256}$/,
  maxConnections: 100,
  updatesPerCall: 100,
  /** Seconds that `getUpdates` waits at most. */
  pollSeconds: 50,
  /** Bytes of an upload, and how much of a text file is kept for the page. */
  upload: 50 * 1024 * 1024,
  keptFile: 256 * 1024,
  /** Milliseconds after which a bot cannot delete a message any more. */
  deleteMs: 48 * 3_600_000,
  /** Token buckets for messages and edits: refill per second, and what may come at once. */
  perChat: { perSecond: 1, burst: 30 },
  perGroup: { perSecond: 20 / 60, burst: 40 },
} as const
