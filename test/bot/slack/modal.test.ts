import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Form, FormField } from '../../../src/bot/form.ts'
import { formView, readValues } from '../../../src/bot/slack/modal.ts'
import { packMetadata, unpackMetadata } from '../../../src/bot/slack/origin.ts'
import { checkedView } from '../../../src/sandbox/slack/check-blocks.ts'
import { currentValues } from '../../../src/sandbox/slack/form-values.ts'

const options = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ value: `o${index}`, label: `Option ${index}` }))

const form = (...fields: FormField[]): Form => ({
  ref: { form: 'open', flow: 'port-out' },
  title: 'Move a number to another partner',
  intro: ['What is it about?'],
  fields,
  submit: 'Open the case',
  cancel: 'Not now',
})

const asJson = (value: unknown): Record<string, unknown> => JSON.parse(JSON.stringify(value))
const elements = (view: { blocks: unknown }) =>
  (view.blocks as { type: string; element?: { type: string } }[]).flatMap(({ element }) => element?.type ?? [])

const anyField: fc.Arbitrary<FormField> = fc
  .record({
    kind: fc.constantFrom(
      'text' as const,
      'long-text' as const,
      'choice' as const,
      'choices' as const,
      'date' as const,
    ),
    label: fc.string({ unit: 'binary', maxLength: 3000 }),
    hint: fc.string({ unit: 'binary', maxLength: 2500 }),
    placeholder: fc.string({ maxLength: 300 }),
    count: fc.nat(120),
    value: fc.oneof(
      fc.string({ maxLength: 4000 }),
      fc.constantFrom('o1', '2026-11-23'),
      fc.constant<string[]>(['o1', 'o3']),
    ),
    error: fc.string({ maxLength: 4000 }),
    optional: fc.boolean(),
  })
  .map(({ count, ...field }) => ({ id: 'x', ...field, options: options(count) }))

describe('a form in Slack', () => {
  it('keeps within the limits whatever it asks', () => {
    fc.assert(
      fc.property(fc.array(anyField, { maxLength: 70 }), fc.string(), (fields, title) => {
        const numbered = fields.map((field, index) => ({ ...field, id: `q${index}` }))
        const view = asJson(formView({ ...form(...numbered), title }))
        expect(() => checkedView(view, 'modal')).not.toThrow()
      }),
      { numRuns: 60 },
    )
  })

  it('chooses the input by kind and by how many options there are', () => {
    const view = formView(
      form(
        { id: 'number', kind: 'text', label: 'Number' },
        { id: 'why', kind: 'long-text', label: 'Why' },
        { id: 'few', kind: 'choice', label: 'Few', options: options(4) },
        { id: 'many', kind: 'choice', label: 'Many', options: options(5) },
        { id: 'some', kind: 'choices', label: 'Some', options: options(10) },
        { id: 'lots', kind: 'choices', label: 'Lots', options: options(11) },
        { id: 'day', kind: 'date', label: 'Day' },
      ),
    )
    expect(elements(view)).toEqual([
      'plain_text_input',
      'plain_text_input',
      'radio_buttons',
      'static_select',
      'checkboxes',
      'multi_static_select',
      'datepicker',
    ])
    expect(view.title.text).toBe('Move a number to anothe…')
  })

  it('says what was wrong above the field', () => {
    const view = formView(form({ id: 'number', kind: 'text', label: 'Number', error: 'No <number>' }))
    expect(view.blocks[1]).toMatchObject({ type: 'section', text: { text: '⚠️ No &lt;number&gt;' } })
    expect(view.blocks[2]).toMatchObject({ type: 'input', block_id: 'number', element: { action_id: 'number' } })
  })

  it('gives back what was filled in already', () => {
    const fields: FormField[] = [
      { id: 'number', kind: 'text', label: 'Number', value: '+4930123' },
      { id: 'own', kind: 'choice', label: 'Owner', options: options(3), value: 'o2' },
      { id: 'lines', kind: 'choices', label: 'Lines', options: options(20), value: ['o1', 'o9', 'gone'] },
      { id: 'day', kind: 'date', label: 'Day', value: '2026-11-23' },
    ]
    const view = asJson(formView(form(...fields)))
    expect(readValues({ values: currentValues(view.blocks) })).toEqual({
      number: '+4930123',
      own: 'o2',
      lines: ['o1', 'o9'],
      day: '2026-11-23',
    })
  })

  it('leaves blank fields out', () => {
    const fields: FormField[] = [
      { id: 'number', kind: 'text', label: 'Number' },
      { id: 'own', kind: 'choice', label: 'Owner', options: options(3) },
      { id: 'lines', kind: 'choices', label: 'Lines', options: options(3) },
      { id: 'day', kind: 'date', label: 'Day' },
    ]
    const view = asJson(formView(form(...fields)))
    expect(readValues({ values: currentValues(view.blocks) })).toEqual({ lines: [] })
  })
})

describe('what a view remembers', () => {
  it('is its form and where it was opened', () => {
    const ref = { form: 'reason' as const, verb: 'decline' as const, case: 142, step: 'release' }
    const origin = { channel: 'C0CASES', thread: '1.2', url: 'https://hooks.example/1' }
    expect(unpackMetadata(packMetadata({ ref, origin }))).toEqual({ ref, origin })
  })

  it('is nothing when it is not ours', () => {
    expect(unpackMetadata('{"form":"open"')).toEqual({})
    expect(unpackMetadata('{"form":"answers","case":"7; drop"}').ref).toBeUndefined()
  })
})
