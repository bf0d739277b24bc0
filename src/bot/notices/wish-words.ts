import { families } from '../../notify/families.ts'
import type { Subject } from '../../notify/notice.ts'
import type { MuteScope, Subscription } from '../../notify/notices.ts'
import type { Texts } from '../texts.ts'
import { showSubject } from './notice-words.ts'

/** What a mute silences, in a few words. */
export function showScope({ subject, kind, source }: MuteScope, texts: Texts): string {
  const parts = [
    ...(subject === undefined ? [] : [showSubject(subjectOf(subject), undefined, texts)]),
    ...(kind === undefined ? [] : [showKind(kind, texts)]),
    ...(source === undefined ? [] : [texts.t(`notice-desk.sources.${source}`)]),
  ]
  return parts.join(' · ')
}

function subjectOf(key: string): Subject {
  const at = key.indexOf(':')
  return { type: key.slice(0, at) as Subject['type'], id: key.slice(at + 1) }
}

/** A kind by its title; a pattern as it was typed. */
export function showKind(kind: string, texts: Texts): string {
  const title = `notices.kinds.${kind}.title`
  return texts.has(title) ? texts.t(title) : kind
}

const byFamily: readonly [string, readonly string[]][] = Object.entries(families)

/** What a room asked to hear, in a few words: `templates, quality · critical · DE · "Acme"`. */
export function showMatch({ kinds = [], severities = [], countries = [], text }: Subscription['match'], texts: Texts) {
  const whole = byFamily.filter(([, globs]) => globs.every((glob) => kinds.includes(glob)))
  const everything = whole.find(([, globs]) => globs.includes('*'))
  const named = everything ? [everything] : whole
  const rest = kinds.filter((kind) => !whole.some(([, globs]) => globs.includes(kind)))
  const parts = [
    [
      ...named.map(([family]) => texts.t(`notice-desk.families.${family}`)),
      ...rest.map((kind) => showKind(kind, texts)),
    ].join(', '),
    severities.map((severity) => texts.t(`notice-desk.states.${severity}`)).join(', '),
    countries.join(', '),
    text === undefined ? '' : `"${text}"`,
  ]
  return parts.filter(Boolean).join(' · ')
}
