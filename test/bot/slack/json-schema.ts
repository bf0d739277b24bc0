import { z } from 'zod'

const schemaShape = z.object({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  required: z.array(z.string()).default([]),
  properties: z.record(z.string(), z.unknown()).default({}),
  patternProperties: z.record(z.string(), z.unknown()).default({}),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  pattern: z.string().optional(),
})

type Schema = z.infer<typeof schemaShape>

/** What is wrong with the value, as far as the keywords go that Slack's manifest schema uses. */
export function schemaFaults(root: unknown, value: unknown): string[] {
  const definitions = z.object({ definitions: z.record(z.string(), z.unknown()) }).parse(root).definitions

  const check = (rawSchema: unknown, given: unknown, at: string): string[] => {
    if (typeof rawSchema === 'boolean') return rawSchema ? [] : [`${at} is not allowed`]
    const schema = schemaShape.parse(rawSchema)
    if (schema.$ref) return check(definitions[schema.$ref.replace('#/definitions/', '')], given, at)
    const faults: string[] = []
    const types = schema.type === undefined ? [] : [schema.type].flat()
    if (types.length && !types.includes(typeOf(given)) && !(types.includes('number') && typeOf(given) === 'integer')) {
      return [`${at} is no ${types.join(' or ')}`]
    }
    if (schema.enum && !schema.enum.includes(given)) faults.push(`${at} is none of ${schema.enum.join(', ')}`)
    if (schema.anyOf && !schema.anyOf.some((one) => check(one, given, at).length === 0))
      faults.push(`${at} fits nothing`)
    if (typeof given === 'string') faults.push(...text(schema, given, at))
    if (Array.isArray(given)) {
      if (given.length < (schema.minItems ?? 0)) faults.push(`${at} has too few`)
      if (given.length > (schema.maxItems ?? Number.POSITIVE_INFINITY)) faults.push(`${at} has too many`)
      if (schema.items) faults.push(...given.flatMap((one, index) => check(schema.items, one, `${at}/${index}`)))
    } else if (typeof given === 'object' && given !== null) faults.push(...object(schema, given, at))
    return faults
  }

  const object = (schema: Schema, given: object, at: string): string[] => [
    ...schema.required.filter((key) => !(key in given)).map((key) => `${at}/${key} is missing`),
    ...Object.entries(given).flatMap(([key, one]) => {
      const own = schema.properties[key]
      if (own !== undefined) return check(own, one, `${at}/${key}`)
      const pattern = Object.entries(schema.patternProperties).find(([source]) => new RegExp(source).test(key))
      if (pattern) return check(pattern[1], one, `${at}/${key}`)
      return schema.additionalProperties === undefined ? [] : check(schema.additionalProperties, one, `${at}/${key}`)
    }),
  ]

  return check(root, value, '')
}

function text({ minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern }: Schema, given: string, at: string) {
  const length = [...given].length
  return [
    ...(length < minLength ? [`${at} is too short`] : []),
    ...(length > maxLength ? [`${at} is too long`] : []),
    ...(pattern && !new RegExp(pattern).test(given) ? [`${at} does not match ${pattern}`] : []),
  ]
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}
