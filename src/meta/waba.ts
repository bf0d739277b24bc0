import { z } from 'zod'
import type { Health } from './facts.ts'
import { health } from './graph/health.ts'
import { type ClientOptions, platformHttp } from './http.ts'
import { given, maybeText } from './loose.ts'

export interface MessagingOptions extends ClientOptions {
  baseUrl?: string
  /** The channel's own key. */
  apiKey: string
  /** Reading the profile here is verified, writing it is not. */
  profilePath?: string
}

/** The business profile that people see beside a number. */
export interface Profile {
  about?: string
  address?: string
  description?: string
  email?: string
  pictureUrl?: string
  websites?: string[]
  vertical?: string
}

/** 360dialog's Messaging API for one channel (platform/360dialog.md 6). */
export interface Messaging {
  /** LK-HEALTH. */
  health(): Promise<Health | undefined>
  /** LK-PROF. */
  profile(): Promise<Profile>
  /** Changes the given fields; an empty text clears one. */
  updateProfile(
    change: Pick<Profile, 'about' | 'address' | 'description' | 'email' | 'websites' | 'vertical'>,
  ): Promise<void>
}

const profileFields = ['about', 'address', 'description', 'email', 'profile_picture_url', 'websites', 'vertical']

export function messagingClient(options: MessagingOptions): Messaging {
  const { baseUrl = 'https://waba-v2.360dialog.io', apiKey, profilePath = '/whatsapp_business_profile' } = options
  const { now, log, sleep, circuit, timeoutMs } = options
  const auth = () => ({ 'D360-API-KEY': apiKey })
  const http = platformHttp({ platform: 'messaging', baseUrl, auth, now, log, sleep, circuit, timeoutMs })
  return {
    health: () => http.get('/health_status', { schema: health.schema }),
    profile: () => http.get(profilePath, { schema: profile, params: { fields: profileFields.join(',') } }),
    updateProfile: async (change) => {
      const body = { messaging_product: 'whatsapp', ...change }
      await http.post(profilePath, { schema: z.unknown(), body, safe: true })
    },
  }
}

/** LK-PROF: a list with one profile (platform/360dialog.md 6.3). */
export const profile = z
  .looseObject({
    data: z
      .array(
        z.looseObject({
          about: maybeText,
          address: maybeText,
          description: maybeText,
          email: maybeText,
          profile_picture_url: maybeText,
          websites: z.array(z.string()).nullish(),
          vertical: maybeText,
        }),
      )
      .min(1),
  })
  .transform(
    ({ data: [row] }): Profile =>
      given({
        about: row?.about,
        address: row?.address,
        description: row?.description,
        email: row?.email,
        pictureUrl: row?.profile_picture_url,
        websites: row?.websites ?? undefined,
        vertical: row?.vertical,
      }),
  )
