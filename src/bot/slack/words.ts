/** The few sentences that the Slack surface says by itself. `language` is missing for people whom the desk does not know. */
export interface SlackWords {
  /** Something went wrong inside; `id` finds it in the log. */
  sorry(language: string | undefined, id: string): string
  /** An accepted act takes a while. */
  oneMoment(language: string | undefined): string
  /** A form could not be opened in time, or lost its place; a button to try again follows. */
  tooLate(language: string | undefined): string
  /** A button that this version of the desk does not know. */
  oldButton(language: string | undefined): string
  /** `/portdesk` with a word that is no command; the help follows. */
  unknownCommand(language: string | undefined, word: string): string
}
