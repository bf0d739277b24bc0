import type { FactName } from '../meta/facts.ts'
import { ask } from './engine/define.ts'
import type { Question, View } from './engine/types.ts'

/** Whose case it is has been told, or nobody has to tell: what the platforms know can be asked for. */
export const partnerTold = ({ partners, answers, facts }: View): boolean =>
  partners.length === 0 || answers.partner !== undefined || facts.channel !== undefined

/**
 * Whose case it is, where no number at 360dialog tells it: asked when the desk itself opened the case. `finds` are the
 * facts that are looked up again in that partner's Hub.
 */
export const askPartner = (ref: string, finds: readonly FactName[]): Question =>
  ask.choice('partner', ({ partners }) => partners, {
    ref,
    by: ['support'],
    finds,
    when: ({ partners, facts }) => partners.length > 0 && facts.channel === undefined,
  })
