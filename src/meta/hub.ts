import type { Cache } from './cache.ts'
import { circuit } from './circuit.ts'
import type { Problem } from './facts.ts'
import { type ClientOptions, platformHttp, type RefusedCall } from './http.ts'
import { type CancellationStyle, type HubChannels, hubChannels } from './hub/channels.ts'
import { type HubClients, hubClients } from './hub/clients.ts'
import { isAboutKey } from './hub/key-refused.ts'
import { type HubKeys, hubKeys } from './hub/keys.ts'
import type { HubLine } from './hub/line.ts'
import { type HubPartner, hubPartner } from './hub/partner.ts'
import {
  type HubPartnerChanges,
  hubPartnerChanges,
  type PartnerChangePaths,
  usualPartnerChangePaths,
} from './hub/partner-changes.ts'
import { type PermissionRequest, permissionLink } from './hub/permission-link.ts'
import { type HubCredentials, signIn } from './hub/sign-in.ts'
import { type HubTemplates, hubTemplates } from './hub/templates.ts'
import { type HubWabas, hubWabas } from './hub/wabas.ts'
import { pathOf } from './path.ts'

export interface HubOptions extends ClientOptions {
  /** With its `/api/v2`. */
  baseUrl: string
  /** 360dialog's id of the partner, `…PA`. */
  partner: string
  credentials: HubCredentials
  /** Hears of each call that the Hub refuses because of these, whoever made it. Never throws. */
  keyRefused?: ((problem: Problem) => Promise<unknown>) | undefined
  /** Keeps the list of clients for a minute, and the token of a partner that signs in with a password. */
  cache?: Cache | undefined
  /** Where clients open the Hub in a browser. */
  dashboardUrl?: string | undefined
  partnerChangePaths?: PartnerChangePaths | undefined
  cancellation?: CancellationStyle | undefined
}

/**
 * What one partner sees and does in 360dialog's Hub, grouped by subject. A thing that is not there is `undefined`;
 * everything else that goes wrong is a `PlatformError`.
 */
export interface Hub {
  channels: HubChannels
  clients: HubClients
  wabas: HubWabas
  templates: HubTemplates
  keys: HubKeys
  partner: HubPartner
  partnerChanges: HubPartnerChanges
  /** Builds the link by which a client shares its API-key permission; makes no call. */
  permissionLink(request: PermissionRequest): string
}

/** A client of 360dialog's Partner API for one partner (procedures.md 0.5). */
export function hubClient(options: HubOptions): Hub {
  const { baseUrl, partner, credentials, keyRefused, cache, now } = options
  const { dashboardUrl = 'https://hub.360dialog.com', cancellation = 'control' } = options
  const { partnerChangePaths = usualPartnerChangePaths } = options
  const { log, sleep, timeoutMs, circuit: fuse = circuit({ now }) } = options
  const refused = async (call: RefusedCall) => isAboutKey(call) && keyRefused?.(call.problem)
  const shared = { platform: 'hub' as const, baseUrl, now, log, sleep, timeoutMs, circuit: fuse, refused }
  const door = platformHttp({ ...shared, auth: () => ({}) })
  const { headers, renew } = signIn({ credentials, http: door, partner, now, cache })
  const line: HubLine = {
    http: platformHttp({ ...shared, auth: headers, renew }),
    partner,
    at: (...segments) => pathOf('hub', 'partners', partner, ...segments),
    cache,
  }
  const channels = hubChannels(line, { cancellation })
  return {
    channels,
    clients: hubClients(line),
    wabas: hubWabas(line, channels),
    templates: hubTemplates(line),
    keys: hubKeys(line),
    partner: hubPartner(line),
    partnerChanges: hubPartnerChanges(line, partnerChangePaths),
    permissionLink: (request) => permissionLink({ dashboardUrl, partner }, request),
  }
}
