/** The few sentences that only Telegram needs, by the reader's language. */
export interface TelegramTexts {
  /** A button that nobody knows any more. */
  unknownButton(language: string): string
  /** What the button was about is over. */
  tooLate(language: string): string
  /** A question that is answered already, or is somebody else's. */
  questionOver(language: string): string
  /** `command` without the slash. */
  unknownCommand(language: string, command: string): string
  /** A new command ended a half-filled form. */
  formEnded(language: string, title: string): string
  /** The person ended the form. */
  cancelled(language: string, title: string): string
  /** Label of the button that leaves a field empty. */
  skip(language: string): string
  /** What is shown in the place of an answer that was left out. */
  skipped(language: string): string
  /** Label of the button that keeps the value that is there. */
  keep(language: string, value: string): string
  /** Label of the button after several choices. */
  done(language: string): string
  /** In groups: answer by a reply to this message, `/cancel` ends it. */
  replyHint(language: string): string
  /** One of the options has to be chosen. */
  pickOne(language: string): string
  /** A photo, a voice message and so on cannot be read. */
  onlyText(language: string): string
  /** Something went wrong; `id` finds it in the log. */
  sorry(language: string, id: string): string
}
