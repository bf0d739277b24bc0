import { type Word, wordsOf } from './error-words.ts'

/** Words that stand in every other sentence and prove little. */
const small = new Set(
  'a an and are as at be been by do does for from has have if in is it its of on or out so that the this to was with you your'.split(
    ' ',
  ),
)

/** Without any of these, a text says the opposite of a phrase that has one. */
const negations = new Set('no not never cannot missing without nothing unknown kein keine nicht nao sem'.split(' '))

/** Part of a message that is looked for. */
interface Phrase<Id> {
  id: Id
  words: readonly { word: number; weight: number }[]
  weight: number
  /** What share of its weight has to be there: the fewer words, the more of them. */
  least: number
  /** It has too few telling words to be sure of it in a question. */
  short: boolean
  negated: boolean
}

export interface Lexicon<Id> {
  /**
   * How well each owner's best phrase fits, from 0 to 1 and a little more for longer phrases. `strict`: only longer
   * phrases count, and only when next to nothing is missing; `loose`: more may be missing.
   */
  search(words: readonly Word[], how?: 'strict' | 'loose'): Map<Id, number>
}

const negates = (word: string) => negations.has(word)

const leastShare = { strict: 0.95, loose: 0.6 }

/** Letters from which on a word may have a typo. */
const shortest = 5

/**
 * Looks phrases up in texts. A phrase is found when enough of its words, weighed by how rare they are, stand close
 * together; a longer word may have a typo.
 */
export function lexicon<Id>(phrases: readonly (readonly [Id, string])[]): Lexicon<Id> {
  const vocabulary = new Map<string, number>()
  const owners = new Map<number, Set<Id>>()
  const spelled = phrases.map(([id, text]) => {
    const words = [...new Set(wordsOf(text).map(({ forms }) => forms[0] ?? ''))]
    const numbers = words.map((word) => vocabulary.get(word) ?? vocabulary.set(word, vocabulary.size).size - 1)
    for (const number of numbers) owners.set(number, (owners.get(number) ?? new Set()).add(id))
    return { id, words, numbers }
  })
  const known: Phrase<Id>[] = spelled.map(({ id, words, numbers }) => {
    const weighed = numbers.map((word, at) => {
      const rarity = Math.max(0.4, 1 / Math.sqrt(owners.get(word)?.size ?? 1))
      return { word, weight: small.has(words[at] ?? '') ? 0.2 : rarity }
    })
    const weight = weighed.reduce((sum, one) => sum + one.weight, 0)
    const telling = weighed.filter((one) => one.weight > 0.2).length
    const [least, short] = [telling <= 4 ? 0.85 : 0.74, telling < 4]
    return { id, words: weighed, weight, least, short, negated: words.some(negates) }
  })
  const typos = misspellings(vocabulary)

  const placesOf = (words: readonly Word[]) => {
    const places = new Map<number, number[]>()
    const read = new Map<string, readonly number[]>()
    words.forEach(({ forms }, at) => {
      for (const form of forms) {
        const known = read.get(form) ?? meant(form)
        read.set(form, known)
        for (const word of known) {
          const list = places.get(word)
          if (!list) places.set(word, [at])
          else if (list.at(-1) !== at) list.push(at)
        }
      }
    })
    return places
  }
  const meant = (form: string): readonly number[] => {
    const exact = vocabulary.get(form)
    if (exact !== undefined) return [exact]
    if (form.length < shortest || form.length > 24) return []
    return [...new Set([form, ...shortened(form)].flatMap((each) => typos.get(each) ?? []))]
  }

  return {
    search(words, how) {
      const places = placesOf(words)
      const best = new Map<Id, number>()
      const negated = words.some(({ forms }) => forms.some(negates))
      for (const phrase of known) {
        if ((phrase.negated && !negated) || (phrase.short && how === 'strict')) continue
        const fit = fitOf(phrase, places, words.length)
        const least = how ? leastShare[how] : phrase.least
        const counts = fit.share >= least || (fit.fragment && fit.share >= 0.45)
        if (!counts) continue
        const score = fit.share + Math.min(0.5, fit.weight / 20)
        if (score > (best.get(phrase.id) ?? 0)) best.set(phrase.id, score)
      }
      return best
    },
  }
}

interface Fit {
  /** Weight of the words found close together over the weight of all. */
  share: number
  weight: number
  /** The text is hardly more than a piece of the phrase. */
  fragment: boolean
}

function fitOf<Id>(phrase: Phrase<Id>, places: ReadonlyMap<number, number[]>, length: number): Fit {
  const hits = phrase.words.flatMap(({ word, weight }) => (places.get(word) ?? []).map((at) => ({ at, word, weight })))
  hits.sort((a, b) => a.at - b.at)
  const reach = phrase.words.length + Math.max(2, Math.ceil(phrase.words.length / 2))
  const inside = new Map<number, number>()
  let [weight, most, found, from] = [0, 0, 0, 0]
  for (const hit of hits) {
    const count = inside.get(hit.word) ?? 0
    inside.set(hit.word, count + 1)
    if (count === 0) weight += hit.weight
    for (let first = hits[from]; first && hit.at - first.at >= reach; first = hits[from]) {
      const left = (inside.get(first.word) ?? 1) - 1
      if (left > 0) inside.set(first.word, left)
      else {
        inside.delete(first.word)
        weight -= first.weight
      }
      from += 1
    }
    if (weight > most) [most, found] = [weight, inside.size]
  }
  return { share: most / phrase.weight, weight: most, fragment: found >= 4 && found >= length * 0.85 }
}

/** Every word of the vocabulary, and each without one letter: whoever drops, adds or swaps a letter still meets it. */
function misspellings(vocabulary: ReadonlyMap<string, number>): Map<string, number[]> {
  const found = new Map<string, number[]>()
  for (const [word, number] of vocabulary) {
    if (word.length < shortest || word.includes('_')) continue
    for (const form of [word, ...shortened(word)]) found.set(form, [...(found.get(form) ?? []), number])
  }
  return found
}

const shortened = (word: string) => Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1))
