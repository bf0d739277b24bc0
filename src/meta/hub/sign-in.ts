import { z } from 'zod'
import type { Cache } from '../cache.ts'
import type { Http } from '../http.ts'

/** How a partner proves who it is: by API key, or by e-mail and password of its Hub account (platform/360dialog.md 1). */
export type HubCredentials = { apiKey: string } | { username: string; password: string }

export interface SignIn {
  headers(): Promise<Record<string, string>>
  /** Gets another token after a 401; an API key has no other. */
  renew?: (refused: Record<string, string>) => Promise<void>
}

interface SignInOptions {
  credentials: HubCredentials
  /** Reaches `POST /token`, without any proof of who we are. */
  http: Http
  partner: string
  now: () => number
  cache?: Cache | undefined
}

/** Kept that long when the Hub names no life; were it shorter, a 401 brings the next one. */
const usualSeconds = 3600

const token = z
  .looseObject({ access_token: z.string().min(1), expires_in: z.number().positive().nullish() })
  .transform((row) => ({ value: row.access_token, livesMs: (row.expires_in ?? usualSeconds) * 1000 }))

const kept = z.object({ value: z.string(), until: z.number() })
type Token = z.infer<typeof kept>

const marginMs = 60_000

/** Keeps a token until a minute before it ends and gets a new one in time; many callers cause one sign-in. */
export function signIn({ credentials, http, partner, now, cache }: SignInOptions): SignIn {
  if ('apiKey' in credentials) return { headers: async () => ({ 'X-API-Key': credentials.apiKey }) }
  const key = `hub:${partner}:token`
  let current: Token | undefined
  let running: Promise<Token> | undefined

  async function ask(): Promise<Token> {
    // Safe: a second token does not end the first. No refresh call is documented, so the refresh token is not used.
    const { value, livesMs } = await http.post('/token', { schema: token, body: credentials, safe: true })
    const fresh = { value, until: now() + livesMs - marginMs }
    if (livesMs > marginMs) await cache?.set(key, fresh, livesMs - marginMs).catch(() => undefined)
    return fresh
  }

  async function found(): Promise<Token> {
    const stored = kept.safeParse(await cache?.get(key).catch(() => undefined)).data
    return stored && stored.until > now() ? stored : ask()
  }

  function once(get: () => Promise<Token>): Promise<Token> {
    running ??= get()
      .then((fresh) => {
        current = fresh
        return fresh
      })
      .finally(() => {
        running = undefined
      })
    return running
  }

  const headersOf = ({ value }: Token) => ({ authorization: `Bearer ${value}` })
  return {
    async headers() {
      return headersOf(current && current.until > now() ? current : await once(found))
    },
    async renew(refused) {
      // Someone else may have renewed it while this call was on its way.
      if (current === undefined || headersOf(current).authorization === refused.authorization) await once(ask)
    },
  }
}
