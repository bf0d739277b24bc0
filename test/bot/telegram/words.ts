import type { TelegramTexts } from '../../../src/bot/telegram/texts.ts'

/** The surface's own sentences, short. */
export const texts: TelegramTexts = {
  unknownButton: () => 'An unknown button',
  tooLate: () => 'That is over',
  questionOver: () => 'This question is over',
  unknownCommand: (_, command) => `I do not know "${command}"`,
  formEnded: (_, title) => `"${title}" was left`,
  cancelled: (_, title) => `"${title}" was cancelled`,
  skip: () => 'Skip',
  skipped: () => 'left out',
  keep: (_, value) => `Keep ${value}`,
  done: () => 'Done',
  replyHint: () => 'Reply to this message',
  pickOne: () => 'Pick one of these',
  onlyText: () => 'I read text only',
  sorry: (_, id) => `Sorry, that went wrong (${id})`,
}
