import type { SlackWords } from './slack/words.ts'
import type { TelegramTexts } from './telegram/texts.ts'
import type { TextsOf } from './texts.ts'

/** The sentences that surfaces say by themselves, from the same texts as everything else. */
export function slackWords(textsOf: TextsOf): SlackWords {
  const say = (language: string | undefined, key: string, params?: Record<string, string>) =>
    textsOf(language ?? 'en', 'UTC').t(`desk.surface.${key}`, params)
  return {
    sorry: (language, id) => say(language, 'sorry', { id }),
    oneMoment: (language) => say(language, 'wait'),
    tooLate: (language) => say(language, 'too-late'),
    oldButton: (language) => say(language, 'unknown-button'),
    unknownCommand: (language, word) => say(language, 'unknown-command', { word }),
  }
}

export function telegramTexts(textsOf: TextsOf): TelegramTexts {
  const say = (language: string, key: string, params?: Record<string, string>) =>
    textsOf(language, 'UTC').t(`desk.surface.${key}`, params)
  return {
    unknownButton: (language) => say(language, 'unknown-button'),
    tooLate: (language) => say(language, 'over'),
    questionOver: (language) => say(language, 'question-over'),
    unknownCommand: (language, word) => say(language, 'unknown-command', { word }),
    formEnded: (language, title) => say(language, 'form-ended', { title }),
    cancelled: (language, title) => say(language, 'form-cancelled', { title }),
    skip: (language) => say(language, 'skip'),
    skipped: (language) => say(language, 'skipped'),
    keep: (language, value) => say(language, 'keep', { value }),
    done: (language) => say(language, 'choices-done'),
    replyHint: (language) => say(language, 'reply-hint'),
    pickOne: (language) => say(language, 'pick-one'),
    onlyText: (language) => say(language, 'only-text'),
    sorry: (language, id) => say(language, 'sorry', { id }),
  }
}

/** Telegram's command menu. */
export function commandMenu(textsOf: TextsOf): { command: string; description: string }[] {
  const texts = textsOf('en', 'UTC')
  const listed = [
    'help',
    'status',
    'new',
    'cases',
    'export',
    'explain',
    'subscribe',
    'subscriptions',
    'mute',
    'mutes',
    'cancel',
  ]
  return listed.map((command) => ({
    command,
    description: texts.t(`desk.surface.menu.${command}`),
  }))
}
