/** A JSON object whose inside is not known. */
export type Json = Record<string, unknown>

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The list of objects at that place, or an empty one. */
export const objects = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : [])

/** The string at that place, or `undefined`. */
export const string = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** What the text stands for as JSON, or `undefined`. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
