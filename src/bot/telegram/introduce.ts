import { isDeepStrictEqual } from 'node:util'
import type { Api } from 'grammy'
import type { Update, UserFromGetMe } from 'grammy/types'
import { SendError } from '../surface.ts'
import { calling } from './send-error.ts'

/** A command as Telegram offers it to people, without the slash. */
export interface MenuEntry {
  command: string
  description: string
}

export interface IntroduceOptions {
  apiRoot: string
  menu: MenuEntry[]
  /** Without it the bot polls. */
  webhook: { url: string; secret: string } | undefined
  allowed: readonly Exclude<keyof Update, 'update_id'>[]
}

/**
 * Tells Telegram how the bot wants to be reached and which commands it has; may be repeated at every start.
 * @throws Error with a sentence for the admin when Telegram does not take it.
 */
export async function introduce(
  api: Api,
  { apiRoot, menu, webhook, allowed }: IntroduceOptions,
): Promise<UserFromGetMe> {
  try {
    const me = await calling(api.getMe())
    // Telegram is strict about how often a menu is set.
    if (!isDeepStrictEqual(await calling(api.getMyCommands()), menu)) await calling(api.setMyCommands(menu))
    if (webhook) {
      const options = { secret_token: webhook.secret, allowed_updates: allowed }
      await calling(api.setWebhook(webhook.url, options))
    } else {
      await calling(api.deleteWebhook())
    }
    return me
  } catch (error) {
    if (!(error instanceof SendError)) throw error
    throw new Error(`The Telegram bot cannot start with ${apiRoot}: ${error.problem.words}`, { cause: error.cause })
  }
}
