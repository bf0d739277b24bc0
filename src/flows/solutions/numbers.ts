import type { Finding, View } from '../engine/types.ts'

const digitsOf = (text: unknown): string => String(text ?? '').replace(/\D/g, '')

/** Digits of every number in the WABA, as Meta shows them. */
const numbersOf = ({ facts }: View): string[] =>
  (facts.wabaNumbers ?? [])
    .map(({ displayPhoneNumber }) => digitsOf(displayPhoneNumber))
    .filter((digits) => digits !== '')

/** The number that is meant: the only one of the WABA, or the one that the case was opened with. */
export function numberOf(view: View): string | undefined {
  const numbers = numbersOf(view)
  if (numbers.length === 1) return numbers[0]
  const { channel } = view.facts
  const typed = digitsOf(view.answers.waba).replace(/^00/, '')
  if (channel?.phone === typed || numbers.includes(typed)) return typed
  return undefined
}

/** All of them, for the text of the question. */
export const numbersIn = (view: View): NonNullable<Finding['evidence']> => ({
  numbers:
    numbersOf(view)
      .map((digits) => `+${digits}`)
      .join(', ') || '?',
})

/** A number that is not in the WABA cannot move with it. */
export function ofThisAccount(view: View): string | undefined {
  const numbers = numbersOf(view)
  const given = digitsOf(view.answers.number)
  return numbers.length > 0 && !numbers.includes(given) ? 'not-in-account' : undefined
}
