import { z } from 'zod'
import type { FormRef } from '../form.ts'
import { blockLimits } from './limits.ts'

/** Where a person was when a view opened: later answers go there. */
const originSchema = z.object({
  channel: z.string(),
  thread: z.string().optional(),
  /** A `response_url`: five answers within half an hour, also in channels that the bot is not in. */
  url: z.string().optional(),
})

export type Origin = z.infer<typeof originSchema>

const id = z.string().min(1).max(255)
const refSchema = z.discriminatedUnion('form', [
  z.object({ form: z.literal('open'), flow: id }),
  z.object({ form: z.literal('answers'), case: z.int().positive() }),
  z.object({ form: z.literal('item'), case: z.int().positive() }),
  z.object({ form: z.literal('quiet'), notice: z.int().positive() }),
  z.object({ form: z.literal('reason'), verb: z.enum(['decline', 'skip']), case: z.int().positive(), step: id }),
]) satisfies z.ZodType<FormRef>

const metadataSchema = z.object({ origin: originSchema.optional() }).loose()

interface Metadata {
  ref?: FormRef
  origin?: Origin | undefined
}

/** `private_metadata` of a view: the form's reference with the origin beside it. */
export function packMetadata({ ref, origin }: Metadata): string {
  const whole = JSON.stringify({ ...ref, origin })
  return whole.length <= blockLimits.view.private_metadata.max_length ? whole : JSON.stringify({ ...ref })
}

/** Reads it back; whatever is not ours is left out. */
export function unpackMetadata(text: string): Metadata {
  const raw = parsed(text)
  const ref = refSchema.safeParse(raw)
  const metadata = metadataSchema.safeParse(raw)
  return { ...(ref.success && { ref: ref.data }), ...(metadata.success && { origin: metadata.data.origin }) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
