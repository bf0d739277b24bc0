import type { FormField } from '../form.ts'

type Value = string | string[]

/** A typed answer as the field's value; `undefined` when it names none of the options. */
export function typedValue(field: FormField, text: string): Value | undefined {
  if (field.kind === 'choice') return optionOf(field, text)
  if (field.kind !== 'choices') return text
  const named = text.split(/[,\n]/).map((part) => optionOf(field, part))
  const chosen = named.filter((value) => value !== undefined)
  return chosen.length === named.length ? chosen : undefined
}

/** What a button of the field means: an answer, or for `choices` another selection. `undefined`: not an answer. */
export function pressedChange(
  field: FormField,
  data: string,
  draft: Value | undefined,
): { value: Value } | { chosen: string[] } | undefined {
  const several = field.kind === 'choices'
  const chosen = [draft ?? field.value ?? []].flat()
  if (data === 'skip') return field.optional ? { value: several ? [] : '' } : undefined
  if (data === 'keep') return field.value === undefined ? undefined : { value: field.value }
  if (data === 'done') return several && (chosen.length > 0 || field.optional) ? { value: chosen } : undefined
  const option = /^\d{1,3}$/.test(data) ? field.options?.[Number(data)]?.value : undefined
  if (option === undefined) return undefined
  if (!several) return { value: option }
  return { chosen: chosen.includes(option) ? chosen.filter((one) => one !== option) : [...chosen, option] }
}

/** An option by its label or its number. */
function optionOf({ options = [] }: FormField, text: string): string | undefined {
  const wanted = text.trim().toLowerCase()
  const byLabel = options.find(({ label }) => label.trim().toLowerCase() === wanted)
  return (byLabel ?? (/^\d{1,3}$/.test(wanted) ? options[Number(wanted) - 1] : undefined))?.value
}
