import { z } from 'zod'
import type { View } from './engine/types.ts'

/**
 * How many characters a field of the profile takes, of each website; two websites at most. From Meta's page "Business
 * profiles" (developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/business-profiles).
 * The line of business is chosen from a list in the Hub. The sentences about wrong lengths name the same numbers.
 */
export const profileLimits = { about: 139, description: 512, address: 256, email: 128, website: 256 } as const
const mostWebsites = 2

const limits: Readonly<Record<string, number | undefined>> = profileLimits
/** As people count: an emoji is one. */
const length = (text: string) => [...text].length
const given = ({ answers: { field, text } }: View) => ({ field: String(field), text: String(text ?? '') })
const websitesIn = (text: string) => text.split(/[\s,;]+/).filter(Boolean)
const parts = ({ field, text }: ReturnType<typeof given>) => (field === 'website' ? websitesIn(text) : [text])
const longest = (view: View) => Math.max(0, ...parts(given(view)).map(length))

/** Text key of what Meta would refuse: `too-long-about` …, `not-an-email`, `not-a-website`, `too-many-websites`. */
export function profileProblem(view: View): string | undefined {
  const { field, text } = given(view)
  if (text === '') return undefined
  if (longest(view) > (limits[field] ?? Number.POSITIVE_INFINITY)) return `too-long-${field}`
  if (field === 'email' && !z.email().safeParse(text).success) return 'not-an-email'
  if (field !== 'website') return undefined
  if (websitesIn(text).length > mostWebsites) return 'too-many-websites'
  const isAddress = (part: string) => z.url({ protocol: /^https?$/ }).safeParse(part).success
  return websitesIn(text).every(isAddress) ? undefined : 'not-a-website'
}
