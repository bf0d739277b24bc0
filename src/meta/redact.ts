const hidden = '[hidden]'

const secretNames =
  /pin|password|passcode|secret|token|api_?key|authorization|otp|^code$|^auth_code$|webhook_url|callback_u/i

const patterns: [RegExp, string][] = [
  [/\bEAA[0-9A-Za-z]{8,}/g, hidden],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, hidden],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${hidden}`],
  [
    /\b(access_token|refresh_token|input_token|client_secret|api_?key|secret|password|pin|otp)(["']?\s*[:=]\s*["']?)[^\s"'&,}]+/gi,
    `$1$2${hidden}`,
  ],
  [/\bpin\s+\d{4,8}\b/gi, `PIN ${hidden}`],
]

/** Takes secrets out of a text: the given ones wherever they stand, and everything that looks like one. */
export function redact(text: string, secrets: readonly string[] = []): string {
  // The longest first: a short secret inside a long one must not leave the rest of it standing.
  const known = secrets.filter((secret) => secret.length >= 4).sort((a, b) => b.length - a.length)
  const without = known.reduce(withoutSecret, text)
  return patterns.reduce((left, [pattern, instead]) => left.replace(pattern, instead), without)
}

/** A platform may repeat a secret as it stood in the address, in JSON, or with the digits of a code in groups. */
function withoutSecret(text: string, secret: string): string {
  if (/^\d+$/.test(secret)) return text.replace(new RegExp([...secret].join('[\\s-]?'), 'g'), hidden)
  const spellings = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret.toWellFormed())]
  return spellings.reduce((left, spelling) => left.replaceAll(spelling, hidden), text)
}

/** The secrets of one call: the values of its authentication headers, and what it sends under secret names. */
export function secretsOf(auth: Record<string, string>, ...sent: unknown[]): string[] {
  const fromAuth = Object.values(auth).flatMap((value) => [value, ...value.split(' ').slice(1)])
  return [...fromAuth, ...sent.flatMap((each) => secretsIn(each))]
}

function secretsIn(value: unknown, name = ''): string[] {
  if (typeof value === 'string' || typeof value === 'number') return secretNames.test(name) ? [String(value)] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => secretsIn(inner, Array.isArray(value) ? name : key))
}
