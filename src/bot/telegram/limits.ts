/** Telegram's limits as Portdesk keeps to them (Bot API 10.3). Lengths of texts count UTF-16 units, the stricter way. */
export const telegramLimits = {
  /** A message after its markup was parsed. */
  text: 4096,
  /** Answer to a pressed button. */
  toast: 200,
  /** Bytes of `callback_data`. */
  callbackData: 64,
  /** Telegram publishes no number for keyboards; these stay far below what it is known to take. */
  buttons: 24,
  options: 80,
  label: 64,
  /** Two labels of at most this width share a row. */
  shortLabel: 16,
  placeholder: 64,
} as const

/** How much of one piece of a card is shown, so that a single long text cannot push out everything else. */
export const pieces = {
  title: 200,
  subtitle: 200,
  state: 200,
  paragraph: 1500,
  label: 100,
  value: 600,
  item: 300,
  note: 400,
  footer: 300,
} as const
