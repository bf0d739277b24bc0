import type { CaseView } from '../cases/case-view.ts'
import { caseLabel } from '../cases/label.ts'
import type { OwnItem } from '../flows/engine/fold.ts'
import { mayRemove } from '../flows/engine/own-items.ts'
import type { Button, Card, Item } from './card.ts'
import type { Form } from './form.ts'
import { encodePress, type Press } from './press.ts'
import type { Texts } from './texts.ts'
import { showPerson } from './words.ts'

/** The items that people added themselves, as lines of a checklist: who added each, and who ticked it. */
export const ownItems = (view: CaseView, texts: Texts, now: number): Item[] =>
  (view.state.items ?? []).map((item) => ({
    mark: item.ticked ? 'done' : 'open',
    title: item.text,
    notes: notesOf(view, item, texts, now),
  }))

function notesOf({ side }: CaseView, { by, at, ticked, partner }: OwnItem, texts: Texts, now: number): string[] {
  const who = (key: string, deed: Pick<OwnItem, 'by' | 'at'>) =>
    texts.t(`desk.items.${key}`, { by: showPerson(deed.by, side, texts), relative: texts.relative(deed.at, now) })
  return [
    who('added', { by, at }),
    ...(ticked ? [who('ticked', ticked)] : []),
    ...(partner === undefined ? [texts.t('desk.items.inside')] : []),
  ]
}

/** The way to the items, once there are some. */
export function itemsButton(view: CaseView, texts: Texts): Button[] {
  const count = view.state.items?.length ?? 0
  return count ? [button(view, texts.t('desk.buttons.items', { count }), 'items')] : []
}

export const addItemButton = (view: CaseView, texts: Texts): Button =>
  button(view, texts.t('desk.buttons.add-item'), 'add-item')

/** The items of a case with a button for each: to tick it, or to take it away. */
export function itemsCard(view: CaseView, texts: Texts, now: number, removing = false): Card {
  const items = view.state.items ?? []
  const removable = items.filter((item) => mayRemove(view.role, item))
  const press = (verb: Press['verb'], { id, text }: OwnItem) =>
    button(view, texts.t(`desk.buttons.${verb}`, { item: text }), verb, String(id))
  return {
    title: texts.t('desk.items.title', { case: caseLabel(view.id) }),
    ...(items.length === 0 && { text: [texts.t('desk.items.none')] }),
    items: ownItems(view, texts, now),
    buttons: removing
      ? [
          ...removable.map((item) => press('remove-item', item)),
          button(view, texts.t('desk.buttons.back'), 'items', 'here'),
        ]
      : [
          ...items.map((item) => press(item.ticked ? 'untick-item' : 'tick-item', item)),
          addItemButton(view, texts),
          ...(removable.length ? [button(view, texts.t('desk.buttons.remove-items'), 'remove-items')] : []),
        ],
  }
}

/** Asks for the words of a new item. */
export function itemForm(view: CaseView, texts: Texts): Form {
  const say = (key: string) => texts.t(`desk.form.item.${key}`)
  return {
    ref: { form: 'item', case: view.id },
    title: say('title'),
    fields: [{ id: 'item', kind: 'text', label: say('label'), hint: say(`hint-${view.side}`) }],
    submit: say('submit'),
    cancel: texts.t('desk.form.cancel'),
  }
}

const button = ({ id, state }: CaseView, label: string, verb: Press['verb'], target?: string): Button => ({
  label,
  press: encodePress({ verb, case: id, seq: state.seq, ...(target !== undefined && { target }) }),
})
