import { existsSync, readFileSync } from 'node:fs'

/** A published specification as JSON, or `undefined` (with a notice) where it is not at hand. */
export function spec(name: string): unknown {
  const file = new URL(`../../../../shared/specs/${name}`, import.meta.url)
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  console.warn(`${name} is not here: it is not checked`)
  return undefined
}
