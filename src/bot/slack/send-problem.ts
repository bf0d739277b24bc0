import { webApi } from '@slack/bolt'
import { SendError, type SendProblem } from '../surface.ts'

const gone = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'thread_not_found',
  'cannot_reply_to_message',
])
const passing = new Set(['ratelimited', 'service_unavailable', 'request_timeout'])
/** Slack says that a part of what was asked may have been done before. */
const halfDone = new Set(['internal_error', 'fatal_error'])

const unfit = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'invalid_metadata_format',
  'metadata_too_large',
])

const invite = 'the bot is not in this channel; invite it there with /invite @portdesk'
const reinstall = 'install the app again and set SLACK_BOT_TOKEN to its new token'

/** What a person has to do about it. */
const broken: Record<string, string> = {
  channel_not_found: `there is no such channel, or ${invite}`,
  not_in_channel: invite,
  is_archived: 'this channel is archived; unarchive it or name another one in portdesk.yaml',
  invalid_auth: `Slack does not accept the bot token; ${reinstall}`,
  not_authed: `Slack got no bot token; ${reinstall}`,
  token_revoked: `the bot token was revoked; ${reinstall}`,
  token_expired: `the bot token has expired; ${reinstall}`,
  account_inactive: `the app was removed from the workspace; ${reinstall}`,
  missing_scope: 'the app lacks a scope; install it again with the scopes of manifest.yml',
  restricted_action: 'a workspace setting keeps the bot from posting here; ask a workspace admin',
}

/** Why a call to Slack failed, in the terms of the courier. */
export function sendProblem(error: unknown): SendProblem {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return { kind: 'retry', words: 'Slack asks to slow down', afterMs: error.retryAfter * 1000 }
  }
  if (error instanceof webApi.WebAPIHTTPError) {
    return { kind: 'retry', words: `Slack answers HTTP ${error.statusCode}`, unsure: true }
  }
  const code = slackCode(error)
  if (code === undefined) return { kind: 'retry', words: 'Slack cannot be reached', unsure: true }
  if (gone.has(code)) return { kind: 'gone', words: code }
  // A message that Slack does not take is no fault of the channel: others still get through.
  if (unfit.has(code)) return { kind: 'retry', words: `Slack refuses the message: ${code}` }
  if (passing.has(code)) return { kind: 'retry', words: code }
  if (halfDone.has(code)) return { kind: 'retry', words: code, unsure: true }
  return { kind: 'broken', words: broken[code] ? `${broken[code]} (${code})` : `Slack refuses it: ${code}` }
}

/** Slack's error code, when Slack itself refused. */
export const slackCode = (error: unknown): string | undefined =>
  error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined

/** Runs a call to Slack. @throws SendError */
export async function sending<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (cause) {
    throw new SendError(sendProblem(cause), { cause })
  }
}
