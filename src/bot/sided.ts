import type { Side } from '../cases/side.ts'
import type { Flow } from '../flows/engine/types.ts'
import type { Texts } from './texts.ts'

/** The texts of a procedure as one side reads them: what stands under `sides.<side>` in its file goes before the rest. */
export function sided(side: Side, { id }: Flow, texts: Texts): Texts {
  if (side === 'desk') return texts
  const start = `${id}.`
  const both = (key: string | readonly string[]) =>
    [key]
      .flat()
      .flatMap((one) => (one.startsWith(start) ? [`${id}.sides.${side}.${one.slice(start.length)}`, one] : one))
  return { ...texts, has: (key) => texts.has(both(key)), t: (key, params) => texts.t(both(key), params) }
}
