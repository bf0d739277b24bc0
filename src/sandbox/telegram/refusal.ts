/** Why a person of the sandbox cannot do that: the sentence that the control API answers. */
export class Refusal extends Error {
  readonly status: 400 | 404 | 409

  constructor(status: Refusal['status'], sentence: string) {
    super(sentence)
    this.name = 'Refusal'
    this.status = status
  }
}
