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
  permission: Permission
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
}

export interface TemplateCounts {
  total: number
  byStatus: Record<string, number>
}

/** Whether the client shared the API-key permission of this number (procedures.md 0.3). */
export interface Permission {
  apiKey: 'shared' | 'missing'
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

export type Source = 'hub' | 'graph'

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
}
