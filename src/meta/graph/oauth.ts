import { z } from 'zod'
import { given, id, maybeFlag, maybeText } from '../loose.ts'
import { type Secret, secretOf } from '../secret.ts'
import type { GraphLine } from './line.ts'

/** The token that an Embedded Signup code was exchanged for. */
export interface ExchangedToken {
  token: Secret
  /** Seconds; absent for tokens that do not end. */
  expiresIn?: number
}

/** What a token may do (MK-DBG). */
export interface TokenInfo {
  isValid?: boolean
  appId?: string
  /** `USER`, `SYSTEM_USER`. */
  type?: string
  userId?: string
  /** ISO 8601; absent for tokens that do not end. */
  expiresAt?: string
  scopes: string[]
  /** The WABAs that were shared with it, the newest first. */
  wabaIds: string[]
}

/** Tokens (platform/meta.md 3.10). */
export interface GraphOauth {
  /** The code is good once and for 30 s: never repeated. */
  exchangeCode(exchange: { appId: string; appSecret: string; code: string }): Promise<ExchangedToken>
  /** MK-DBG. */
  debugToken(token: string): Promise<TokenInfo>
}

export function graphOauth(line: GraphLine): GraphOauth {
  return {
    exchangeCode: ({ appId, appSecret, code }) =>
      line.get(['oauth', 'access_token'], {
        schema: exchanged,
        params: { client_id: appId, client_secret: appSecret, code },
        unsigned: true,
        safe: false,
      }),
    debugToken: (token) => line.get(['debug_token'], { schema: tokenInfo, params: { input_token: token } }),
  }
}

export const exchanged = z.looseObject({ access_token: z.string().min(1), expires_in: z.number().nullish() }).transform(
  (row): ExchangedToken => ({
    token: secretOf(row.access_token),
    ...given({ expiresIn: row.expires_in ?? undefined }),
  }),
)

const wabaScope = 'whatsapp_business_management'

export const tokenInfo = z
  .looseObject({
    data: z.looseObject({
      app_id: maybeText,
      type: maybeText,
      user_id: maybeText,
      is_valid: maybeFlag,
      expires_at: z.number().nullish(),
      scopes: z.array(z.string()).nullish(),
      granular_scopes: z.array(z.looseObject({ scope: z.string(), target_ids: z.array(id).nullish() })).nullish(),
    }),
  })
  .transform(
    ({ data }): TokenInfo => ({
      ...given({
        isValid: data.is_valid,
        appId: data.app_id,
        type: data.type,
        userId: data.user_id,
        expiresAt: data.expires_at ? new Date(data.expires_at * 1000).toISOString() : undefined,
      }),
      scopes: data.scopes ?? [],
      wabaIds: data.granular_scopes?.find(({ scope }) => scope === wabaScope)?.target_ids ?? [],
    }),
  )
