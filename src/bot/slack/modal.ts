import { z } from 'zod'
import type { Card } from '../card.ts'
import type { Form } from '../form.ts'
import { cardsBlocks } from './blocks.ts'
import { fieldBlocks } from './fields.ts'
import { blockLimits as limits } from './limits.ts'
import { oneLine } from './mrkdwn.ts'
import { type Origin, packMetadata } from './origin.ts'
import type { HomeView, ModalView } from './slack-types.ts'
import { paragraph, plain } from './text-objects.ts'

/** Form modals carry it, so that a submission of anything else is not mistaken for one. */
export const formCallback = 'form'

/** A form as a modal. `origin` is where the answer goes that has no place in the modal. */
export function formView(form: Form, origin?: Origin): ModalView {
  const intro = (form.intro ?? []).slice(0, 5).map(paragraph)
  const fields = form.fields.flatMap(fieldBlocks)
  // A warning never stands without its field: what is cut off is asked next time.
  const room = limits.view.blocks.max_items - intro.length
  const last = fields.slice(0, room).findLastIndex(({ type }) => type === 'input')
  return {
    type: 'modal',
    callback_id: formCallback,
    title: plain(oneLine(form.title), limits.view.title.max_length),
    submit: plain(form.submit, limits.view.submit.max_length),
    close: plain(form.cancel, limits.view.close.max_length),
    private_metadata: packMetadata({ ref: form.ref, origin }),
    blocks: fields.length ? [...intro, ...fields.slice(0, last + 1)] : [...intro, paragraph('')],
  }
}

/** Cards in a modal that only shows them. */
export function cardsView(cards: Card[], origin?: Origin): ModalView {
  const [first] = cards
  return {
    type: 'modal',
    callback_id: 'cards',
    title: plain(oneLine(first?.title ?? 'Portdesk'), limits.view.title.max_length),
    private_metadata: packMetadata({ origin }),
    blocks: cardsBlocks(cards),
  }
}

/** A modal that says that something is being worked on. */
export const waitingView = (text: string): ModalView => ({
  type: 'modal',
  callback_id: 'waiting',
  title: plain('Portdesk', limits.view.title.max_length),
  blocks: [paragraph(`⏳ ${text}`)],
})

/** Cards as the App Home of one person. */
export const homeView = (cards: Card[]): HomeView => ({
  type: 'home',
  blocks: cards.length ? cardsBlocks(cards) : [paragraph('')],
})

const option = z.object({ value: z.string() })
const stateSchema = z.object({
  values: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        value: z.string().nullish(),
        selected_date: z.string().nullish(),
        selected_option: option.nullish(),
        selected_options: z.array(option).nullish(),
      }),
    ),
  ),
})

/** What was filled in, by field id. Fields left blank are left out; a list nobody chose from is an empty one. */
export function readValues(state: unknown): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = {}
  for (const [id, { value, selected_date, selected_option, selected_options }] of elementsIn(state)) {
    const one = value ?? selected_date ?? selected_option?.value
    if (one?.trim()) values[id] = one
    else if (selected_options) values[id] = selected_options.map((chosen) => chosen.value)
  }
  return values
}

const elementsIn = (state: unknown) => Object.values(stateSchema.parse(state).values).flatMap(Object.entries<Element>)
type Element = z.infer<typeof stateSchema>['values'][string][string]
