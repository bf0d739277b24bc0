/** A refusal of the Web API: `{ok: false, error, response_metadata: {messages}}`. */
export class SlackError extends Error {
  readonly code: string
  readonly messages: string[]
  constructor(code: string, messages: string[] = []) {
    super([code, ...messages].join(' '))
    this.code = code
    this.messages = messages
  }

  /** The body that Slack sends for it. */
  body() {
    return {
      ok: false,
      error: this.code,
      ...(this.messages.length && { errors: this.messages, response_metadata: { messages: this.messages } }),
    }
  }
}

/** A control request that makes no sense right now; the message is a sentence for the person who asked. */
export class Refusal extends Error {
  readonly status: 400 | 403 | 404 | 409
  constructor(status: 400 | 403 | 404 | 409, sentence: string) {
    super(sentence)
    this.status = status
  }
}
