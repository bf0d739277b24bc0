import { topicWords } from '../bot/explain-card.ts'
import { helpTopic } from '../bot/help-topics.ts'
import { openTexts } from '../bot/texts.ts'
import { diagnose } from '../cases/explain.ts'

const usage = 'Say which error, for example: portdesk explain "133016" (with --json for programs)'

/** `portdesk explain [--json] <text>`: what an error means, who has to act and what to do next, or a topic in words. */
export async function explain(args: string[]): Promise<void> {
  const text = args.filter((word) => word !== '--json').join(' ')
  console.log(args.includes('--json') ? JSON.stringify(explained(text)) : inWords(text))
}

interface Explained {
  /** The id of the error; everything is null when the text holds none that we know. */
  match: string | null
  meaning: string | null
  who: string | null
  next: string | null
  flow: string | null
}

/** The answer as programs read it. */
function explained(text: string): Explained {
  const found = diagnose(text)
  if (!found) return { match: null, meaning: null, who: null, next: null, flow: null }
  const texts = englishTexts()
  return {
    match: found.id,
    meaning: texts.t(`diagnoses.${found.id}.meaning`),
    who: found.who[0],
    next: texts.t(`diagnoses.${found.id}.next`),
    flow: found.flow ?? null,
  }
}

const englishTexts = () => openTexts(new URL('../../locales/', import.meta.url))('en', 'UTC')

function topicIn(text: string, whole: boolean): string | undefined {
  const topic = helpTopic(text, { whole })
  if (!topic) return undefined
  const { title, about } = topicWords(topic, englishTexts())
  return `${title}\n${about}`
}

function inWords(text: string): string {
  if (text.trim() === '') return usage
  const asked = topicIn(text, true)
  if (asked) return asked
  const { match, meaning, who, next, flow } = explained(text)
  if (match === null) return topicIn(text, false) ?? 'No error that we know is in that text.'
  return [meaning, `Who has to act: ${who}`, `Next: ${next}`, ...(flow ? [`Procedure: ${flow}`] : [])].join('\n')
}
