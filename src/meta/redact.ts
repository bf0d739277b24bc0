const hidden = '[hidden]'

const secretNames = /pin|password|passcode|secret|token|api_?key|authorization|otp/i

const patterns: [RegExp, string][] = [
  [/\bEAA[0-9A-Za-z]{8,}/g, hidden],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, hidden],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${hidden}`],
  [
    /\b(access_token|input_token|client_secret|api_?key|secret|password|pin|otp)(["']?\s*[:=]\s*["']?)[^\s"'&,}]+/gi,
    `$1$2${hidden}`,
  ],
  [/\bpin\s+\d{4,8}\b/gi, `PIN ${hidden}`],
]

/** Takes secrets out of a text: the given ones wherever they stand, and everything that looks like one. */
export function redact(text: string, secrets: readonly string[] = []): string {
  const known = secrets.filter((secret) => secret.length >= 4)
  const without = known.reduce((left, secret) => left.replaceAll(secret, hidden), text)
  return patterns.reduce((left, [pattern, instead]) => left.replace(pattern, instead), without)
}

/** The secrets of one call: the values of its authentication headers, and what its body holds under secret names. */
export function secretsOf(auth: Record<string, string>, body?: unknown): string[] {
  const fromAuth = Object.values(auth).flatMap((value) => [value, ...value.split(' ').slice(1)])
  return [...fromAuth, ...secretsIn(body)]
}

function secretsIn(value: unknown, name = ''): string[] {
  if (typeof value === 'string' || typeof value === 'number') return secretNames.test(name) ? [String(value)] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => secretsIn(inner, Array.isArray(value) ? name : key))
}
