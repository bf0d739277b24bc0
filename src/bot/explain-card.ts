import { type Diagnosed, diagnose, diagnoseProblem, type Problem } from '../cases/explain.ts'
import type { Flow } from '../flows/engine/types.ts'
import type { Button, Card } from './card.ts'
import { helpTopic, type Topic } from './help-topics.ts'
import { encodePress } from './press.ts'
import type { Texts } from './texts.ts'

/**
 * What a pasted error means, who has to act and what to do next; or the help on a topic. Never repeats the paste: it may
 * hold secrets. Pure.
 */
export function explainCard(text: string, texts: Texts, flows: readonly Flow[]): Card {
  if (text.trim() === '') return { title: texts.t('desk.explain.usage') }
  const asked = helpTopic(text, { whole: true })
  if (asked) return topicCard(asked, text, texts, flows)
  const found = diagnose(text)
  if (!found) {
    const named = helpTopic(text, { whole: false })
    if (named) return topicCard(named, text, texts, flows)
    return { title: texts.t('desk.explain.none'), text: [texts.t('desk.explain.hint')] }
  }
  const recognised = texts.t(`desk.explain.by.${found.by === 'words' ? 'words' : 'number'}`, {
    number: found.by === 'words' ? '' : found.by.number,
  })
  return {
    title: texts.t('desk.explain.title'),
    text: [
      texts.t(`diagnoses.${found.id}.meaning`),
      texts.t('desk.explain.next', { next: texts.t(`diagnoses.${found.id}.next`) }),
    ],
    fields: [{ label: texts.t('desk.explain.who'), value: movers(found, texts) }],
    buttons: buttonsFor(found.flow, text, texts, flows),
    footer: [recognised],
  }
}

/** What to do about a call that failed with a known error; nothing when waiting is all there is to do. */
export function nextStep(problem: Problem | string, texts: Texts): string[] {
  const found = typeof problem === 'string' ? diagnose(problem) : diagnoseProblem(problem)
  return found && found.who[0] !== 'bot' ? [texts.t(`diagnoses.${found.id}.next`)] : []
}

/** `client or old provider`. */
function movers({ who }: Diagnosed, texts: Texts): string {
  if (who[0] === 'bot') return texts.t('desk.explain.nobody')
  const names = who.map((one) => texts.t([`desk.owners.${one}`, `desk.explain.outside.${one}`]))
  return new Intl.ListFormat(texts.language, { type: 'disjunction' }).format(names)
}

/** A topic by its own words, or by the procedure that answers it. */
function topicCard(topic: Topic, text: string, texts: Texts, flows: readonly Flow[]): Card {
  const buttons = buttonsFor(topic.flow, text, texts, flows)
  const { title, about } = topicWords(topic, texts)
  return { title, text: [about], ...(buttons.length && { buttons }) }
}

/** What a topic is called, and what is said about it. */
export function topicWords({ id, flow }: Topic, texts: Texts): { title: string; about: string } {
  return {
    title: texts.t([`help-topics.${id}.title`, `${flow}.title`]),
    about: texts.t([`help-topics.${id}.text`, `${flow}.about`]),
  }
}

function buttonsFor(flow: string | undefined, text: string, texts: Texts, flows: readonly Flow[]): Button[] {
  const number = numberIn(text)
  if (flow === 'channel-status') {
    const press = encodePress({ verb: 'status', ...(number && { target: number }) })
    return [{ label: texts.t('desk.buttons.status'), press }]
  }
  const related = flows.find(({ id }) => id === flow)
  if (!related) return []
  const press = encodePress({ verb: 'new', target: related.id, ...(number && { value: number }) })
  return [{ label: texts.t(`${related.id}.title`), press }]
}

/** The digits of the first telephone number with a plus in front, when the paste has one. */
function numberIn(text: string): string | undefined {
  const digits = /\+\s?(\d[\d\s().-]{5,20}\d)/.exec(text)?.[1]?.replace(/\D/g, '')
  return digits && digits.length >= 7 && digits.length <= 15 ? digits : undefined
}
