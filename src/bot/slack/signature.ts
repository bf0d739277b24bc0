import { createHmac, timingSafeEqual } from 'node:crypto'

export interface Signed {
  /** Header `x-slack-request-timestamp`. */
  timestamp: string | undefined
  /** Header `x-slack-signature`. */
  signature: string | undefined
  /** The body as it came. */
  body: Uint8Array
}

/** Seconds that a request may be old, or ahead of us. */
const window = 300

/**
 * Whether Slack signed this request, now, with one of the secrets (two during a rotation). Every secret is compared in
 * constant time. `now` in milliseconds.
 */
export function isSigned({ timestamp, signature, body }: Signed, secrets: string[], now: number): boolean {
  if (!timestamp || !signature || !/^\d{1,12}$/.test(timestamp)) return false
  if (Math.abs(now / 1000 - Number(timestamp)) > window) return false
  const given = Buffer.from(signature)
  const matches = secrets.map((secret) => {
    const mac = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')
    const expected = Buffer.from(`v0=${mac}`)
    return expected.length === given.length && timingSafeEqual(expected, given)
  })
  return matches.includes(true)
}
