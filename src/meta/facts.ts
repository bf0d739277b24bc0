/**
 * What the platforms know about a subject, in the words that flows use. Everything is plain JSON: facts are kept in case
 * events. A field that a platform left out is `undefined`; an enum value that nobody told us about is kept as it came.
 */
export interface Facts {
  channel: Channel
  client: Client
  waba: Waba
  phone: PhoneNumber
  account: Account
  business: Business
  balance: Balance
  templates: TemplateCounts
  /** The template that a case is about, as the Hub tells it (LK-TPL). Needs `subject.template`. */
  template: TemplateSeen
  permission: Permission
  /** API keys of the number that are in use (platform/360dialog.md 2.3). */
  apiKeys: ApiKeys
  /** Every number of the client that the number belongs to (LK-CHCL). */
  numbers: Channel[]
  /** The open request of the number's client to change its partner (LK-PCR); absent when there is none. */
  partnerChange: PartnerChange
  /** Every request of the number's client to change its partner, also ended ones, newest first (LK-PCR). */
  changeRequests: PartnerChange[]
  /** The partner's own account at 360dialog (LK-PARTNER). */
  partner: Partner
  /** The account of the partner that the client moves to, from its own Hub. Needs `subject.newPartner`. */
  newPartner: Partner
  /** The client's numbers at the partner that it moves to (LK-CHCL). Needs `subject.newPartner`. */
  newNumbers: Channel[]
  /** Which of them have the API-key permission at the new partner (LK-PERM). Needs `subject.newPartner`. */
  newPermission: SharedNumbers
  /** Whether the number may send, and what keeps it from it (MK-PN `health_status`, the same as LK-HEALTH). */
  health: Health
  /** The WABA that the number moves to (MK-WABA): its age is `createdAt`. Needs `subject.destinationWaba`. */
  destination: Account
  /** Apps that get the webhooks of the WABA that the number moves to, or lives in (MK-SUB). */
  subscriptions: Subscriptions
  /** The partner's credit line for the WABA that the number moves to, or lives in (MK-CR). */
  credit: CreditAllocation
  /** Multi-partner solutions that the WABA is part of. */
  solutions: SolutionOfWaba[]
  /** Solutions of our app at Meta that an app of the partner takes part in (procedures.md 13 aw-q-sol). */
  ownSolutions: SolutionOfWaba[]
  /** The solution that the WABA is to join (MK-SOL). Needs `subject.solution`. */
  solution: Solution
  /** What became of the wish to take the WABA into a solution (MK-INT). Needs `subject.intent`. */
  intent: SolutionIntent
  /** The WABA as one that was shared with the partner's portfolio at Meta; absent when it was not. */
  shared: Account
  /** Every number of the WABA (MK-PNS). */
  wabaNumbers: PhoneNumber[]
  /** Templates of the WABA that the number moves to, and solutions that it is part of. */
  destinationTemplates: TemplateCounts
  destinationSolutions: SolutionOfWaba[]
  /** What the number's client has used since its newest payment (LK-BAL). */
  usage: Usage
  /** The number as it is in the WABA that it moves to; not there until the move has begun. */
  arriving: PhoneNumber
  /** Whether the client's website is live (procedures.md nm-c7). Needs `subject.website`. */
  website: WebsiteSeen
  /** Whether the number shows a catalog and a cart (LK-COM). */
  commerce: Commerce
}

export type FactName = keyof Facts

/** The 360dialog channel: one number in the Hub (procedures.md 0.5 LK-CH). */
export interface Channel {
  id: string
  clientId: string
  wabaId?: string
  /** Digits with country code. */
  phone: string
  name?: string
  status?: string
  hubStatus?: string
  accountMode?: string
  quality?: string
  limit?: string
  /** Meta's phone number id. */
  phoneNumberId?: string
  /** ISO 8601; set once a cancellation was asked for. */
  cancelledAt?: string
  /** ISO 8601; set once the subscription has ended. */
  terminatedAt?: string
  verificationMethod?: string
  isOba?: boolean
  createdAt?: string
}

/** The 360dialog client account (LK-CL). */
export interface Client {
  id: string
  name?: string
  organisation?: string
  status?: string
  email?: string
  country?: string
  maxChannels?: number
  /** The partner's own note on the client. */
  partnerPayload?: string
}

/** The WABA as the Hub sees it (LK-WABA). */
export interface Waba {
  id: string
  /** Meta's WABA id. */
  externalId?: string
  name?: string
  status?: string
  fbAccountStatus?: string
  fbBusinessId?: string
  namespace?: string
  timezoneId?: string
  onBehalfOf?: { id?: string; name?: string; status?: string; type?: string }
}

/** The number as Meta sees it (MK-PN). */
export interface PhoneNumber {
  id: string
  displayPhoneNumber?: string
  verifiedName?: string
  nameStatus?: string
  newNameStatus?: string
  status?: string
  /** Two-step verification; absent when Meta does not tell (procedures.md 3). */
  isPinEnabled?: boolean
  platformType?: string
  accountMode?: string
  isOnBizApp?: boolean
  isOba?: boolean
  quality?: string
  codeVerificationStatus?: string
  /** `AVAILABLE`, `LIMITED`, `BLOCKED`. */
  canSendMessage?: string
  /** Of the whole portfolio: `TIER_250`, `TIER_2K` … */
  messagingLimit?: string
  /** ISO 8601; when the number came into its WABA. */
  lastOnboardedAt?: string
}

/** The WABA as Meta sees it (MK-WABA). */
export interface Account {
  id: string
  name?: string
  /** `CLIENT_OWNED`, `ON_BEHALF_OF`, `SELF`. */
  ownershipType?: string
  ownerBusinessId?: string
  ownerBusinessName?: string
  reviewStatus?: string
  verificationStatus?: string
  currency?: string
  timezoneId?: string
  primaryFundingId?: string
  messagingLimit?: string
  /** ISO 8601. */
  createdAt?: string
  /** Of its templates, with underscores. */
  namespace?: string
  /** Of the partner-owned kind. */
  onBehalfOf?: { id?: string; name?: string; status?: string; type?: string }
}

/** Meta's business portfolio (MK-BIZ). */
export interface Business {
  id: string
  name?: string
  verificationStatus?: string
}

/** Money of one number (LK-BALCH). Meaningful for clients on direct payment only. */
export interface Balance {
  /** Minor units of `currency`. */
  amountMinor: number
  /** ISO 4217, upper case. */
  currency: string
  lastRenewalAt?: string
  /** The newest payment, in minor units. */
  lastRenewalMinor?: number
}

/** What a client was charged for since its newest payment. Of the client as a whole: numbers are not told apart. */
export interface Usage {
  /** ISO 8601; the newest payment. */
  since: string
  /** Undefined when only the day of the payment itself has charges: they may have been before it. */
  billable?: boolean
}

/** A multi-partner solution. */
export interface SolutionOfWaba {
  id: string
  name?: string
  /** `DRAFT`, `INITIATED`, `ACTIVE`, `REJECTED`, `DEACTIVATED`. */
  status?: string
  /** Apps of its owner and of its partners. */
  appIds?: string[]
}

/** A solution by itself. */
export interface Solution extends SolutionOfWaba {
  /** `PENDING_ACTIVATION`, `PENDING_DEACTIVATION`, `NONE`. */
  pendingRequest?: string
}

/** The wish to move a WABA into, between or out of solutions (platform/meta.md 3.4). */
export interface SolutionIntent {
  id: string
  /** `INITIATED`, `ACCEPTED`, `COMPLETED`, `REJECTED`. */
  status?: string
  solutionId?: string
  /** Meta's id of the WABA that was made for the move. */
  destinationWaba?: string
}

/** Templates of a WABA (LK-TPL). Readings of older cases hold no quality. */
export interface TemplateCounts {
  total: number
  byStatus: Record<string, number>
  /** `GREEN`, `YELLOW`, `RED`; `UNKNOWN` for those without any. */
  byQuality?: Record<string, number>
  /** Those that come along when the number moves: approved and of high quality (procedures.md 0.8 K3). */
  eligible?: number
  /** Names of those, and of the others with what keeps them: a status or a quality. The first 25 of each. */
  coming?: string[]
  staying?: { name: string; why: string }[]
}

/** What became of one template (LK-TPL). */
export interface TemplateSeen {
  name: string
  language?: string
  /** In capitals: `SUBMITTED`, `PENDING`, `APPROVED`, `REJECTED` … */
  status?: string
  /** Why Meta rejected it: `INVALID_FORMAT` … */
  reason?: string
  /** ISO 8601; when it was last changed, by whomever. */
  changedAt?: string
}

/** A client's request to be served by another partner (LK-PCR). */
export interface PartnerChange {
  id: string
  /** `created`, `pending`, `completed`, `failed`. */
  status?: string
  /** The whole client moves, not only some numbers. */
  isFullMigration?: boolean
  sourceClientId?: string
  targetClientId?: string
  sourcePartnerId?: string
  targetPartnerId?: string
  channelIds?: string[]
  createdAt?: string
}

/** A partner's account at 360dialog (LK-PARTNER). */
export interface Partner {
  id: string
  name?: string
  /** Host of the webhook address; the rest of it may be secret. */
  webhookHost?: string
  /** Where clients come back to after sharing a permission (procedures.md 6 ak-c2). */
  redirectUrl?: string
  /** Requests to change to this partner need no approval (procedures.md 4 pc-c7). */
  autoApprove?: boolean
  /** A hint that the partner pays for its clients; 360dialog calls the field deprecated. */
  paymentRequired?: boolean
}

/** Whether messages can be sent (platform/meta.md 1 health_status). */
export interface Health {
  /** `AVAILABLE`, `LIMITED`, `BLOCKED`: the worst of the entities. */
  canSendMessage?: string
  entities: HealthEntity[]
}

export interface HealthEntity {
  /** `PHONE_NUMBER`, `WABA`, `BUSINESS`, `APP`, `MESSAGE_TEMPLATE`. */
  type?: string
  id?: string
  canSendMessage?: string
  /** With `LIMITED`. */
  info?: string[]
  /** With `BLOCKED`. */
  errors?: { code?: number; description?: string; solution?: string }[]
}

/** A website as somebody outside sees it. */
export interface WebsiteSeen {
  host: string
  reachable: boolean
  /** HTTP status. */
  status?: number
  /** What is wrong with it. */
  words?: string
}

/** Whether a catalog and a cart are shown for a number (LK-COM). */
export interface Commerce {
  isCartEnabled?: boolean
  isCatalogVisible?: boolean
}

/** Apps that Meta sends the events of a WABA to (MK-SUB). */
export interface Subscriptions {
  count: number
  apps: { id?: string; name?: string }[]
}

/** A credit line shared with the business that owns a WABA (MK-CR, platform/meta.md 3.7). */
export interface CreditAllocation {
  id: string
  receivingBusinessId?: string
  /** The credential that must be the WABA's `primary_funding_id` for the line to pay. */
  receivingCredentialId?: string
  /** `DELETED` once revoked. */
  requestStatus?: string
  /** What pays for the WABA now. */
  primaryFundingId?: string
  /** Whether this line pays for the WABA; undefined when Meta does not tell both ids. */
  isActive?: boolean
}

/** Whether the client shared the API-key permission of this number (procedures.md 0.3). */
export interface Permission {
  apiKey: 'shared' | 'missing'
}

/** Numbers whose API-key permission a client shared, by whatever the Hub names them with. */
export interface SharedNumbers {
  channels: string[]
  /** Digits. */
  phones: string[]
}

/** The keys of one number, without their values. */
export interface ApiKeys {
  count: number
  ids: string[]
}

/** One look-up's result, with where it came from and when. */
export type Reading<T> =
  | { state: 'known'; value: T; asOf: string; source: Source; cached?: boolean }
  /** The platform answered that there is no such thing. */
  | { state: 'absent'; asOf: string; source: Source }
  /** It cannot be asked: an id or a token is missing. */
  | { state: 'unknown'; asOf: string; why: 'no-id' | 'no-token' }
  /** It could not be found out. `problem` is safe to show; `retryAfterMs` when the platform named a wait. */
  | { state: 'error'; asOf: string; source: Source; problem: Problem }

export type Source = 'hub' | 'graph' | 'web'

/** Why a platform call failed, in a closed set that flows and texts can switch on. */
export interface Problem {
  kind: 'NotFound' | 'NotAllowed' | 'RateLimited' | 'Unavailable' | 'Rejected'
  /** What was asked, without secrets: `GET hub /partners/…/channels`. */
  asked: string
  /** What came back, in short and without secrets: `HTTP 500`, `no answer within 10 s`. */
  answered: string
  code?: number
  subcode?: number
  /** The platform's own words, when it sent some. */
  words?: string
  retryAfterMs?: number
}

export type Readings = { [N in FactName]?: Reading<Facts[N]> }

/** What a case or a look-up is about. */
export interface Subject {
  /** Digits with country code. */
  phone: string
  /** Our id of the partner whose number it is. */
  partner: string
  /** Meta's id of the WABA that the number moves to, where a case is about a move. */
  destinationWaba?: string
  /** Meta's id of the WABA that a case is about, wherever its numbers are by now. */
  waba?: string
  /** Meta's ids of the solution that it is to join, and of the wish for that. */
  solution?: string
  intent?: string
  /** Meta's ids of the WABA and of the business of a number that is not at 360dialog. */
  sourceWaba?: string
  business?: string
  /** Of a client that has no number at 360dialog yet. */
  email?: string
  website?: string
  /** A template as a person named it: `order_update, de`. */
  template?: string
  /** Our id of the partner that the client moves to, where a case is about that. */
  newPartner?: string
  /** 360dialog's id of the number's client, as it was known before the number went elsewhere. */
  client?: string
}
