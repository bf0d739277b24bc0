/** The rows of the little world: what 360dialog and Meta would remember. Plain JSON, because they live in the journal. */

/** A 360dialog partner (360dialog.md 2.5). */
export interface PartnerRow {
  id: string
  brand_name: string
  country: string
  /** Who signs in at `POST /token`; the password is the partner's API key. */
  email: string
  /** Partner payment: the partner pays for its clients. */
  payment_required: boolean
  /** Meta's business portfolio of the partner. */
  business: string
  partner_redirect_url: string
  auto_approve: boolean
  /** The payment processor it bills through; clients cannot change between two of them. */
  billing_system: string
  /** Where its events go when it is not the bot's own door. */
  webhook_url?: string
  /** The partner's own credit, one row per currency, lower-case codes. */
  balance: { currency: string; total: number }[]
}

/** A 360dialog client account (360dialog.md 3.2). */
export interface ClientRow {
  id: string
  partner_id: string
  name: string
  organisation: string
  status: string
  max_channels: number
  partner_payload: string | null
  contact_info: Record<string, string | null>
  contact_user: { name: string; email: string; phone: string | null }
  meta_info: Record<string, string | null>
  created_at: string
  modified_at: string
  /** Meta's business portfolio; the Hub shows it with the client's WABAs only. */
  business_id: string
}

/** A WABA as 360dialog keeps it (360dialog.md 3.3). */
export interface WabaRow {
  id: string
  partner_id: string
  client_id: string
  name: string
  namespace: string
  /** Meta's WABA id. */
  external_id: string
  timezone_id: string
  fb_business_id: string
  fb_account_status: string
  status: string
  on_behalf_of_business_info: { id: string; name: string; status: string; type: string }
  settings: Record<string, string> | null
  created_at: string
}

/** One number in the Hub, without the client and the WABA that its JSON embeds (360dialog.md 3.1). */
export interface ChannelRow {
  id: string
  partner_id: string
  client_id: string
  waba_account_id: string
  account_mode: string
  availability_status: string
  billing_started_at: string | null
  cancelled_at: string | null
  created_at: string
  current_limit: string | null
  current_quality_rating: string | null
  external_id: string | null
  has_inbox: boolean
  hub_status: string
  integration: { app_id: string; enabled: boolean; state: string }
  is_migrated: boolean
  is_oba: boolean
  is_on_biz_app: boolean
  meta_status: string | null
  modified_at: string
  profile_info: Record<string, string | null>
  project: Record<string, string | null>
  setup_info: SetupInfo
  status: string
  terminated_at: string | null
  type: string
  version: string
}

interface SetupInfo {
  /** Digits with country code, spelt as 360dialog stored it. */
  phone_number: string
  phone_name: string | null
  default_language: string
  ivr: boolean
  verification_method: string
  was_in_use: boolean
}

/** A node of Meta's Graph: its id and the fields that it would tell. A field that is not there is not told. */
export type NodeRow = { id: string } & Record<string, unknown>

/** Meta's phone number node (meta.md 1). */
export type NumberRow = NodeRow & { waba_id: string; display_phone_number: string; status: string }

/** Meta's WABA node (meta.md 2). */
export type AccountRow = NodeRow & { name: string; ownership_type: string; business_id: string }

/** Meta's business portfolio (meta.md 2). */
export type BusinessRow = NodeRow & { name: string; verification_status: string }

/** A message template, with `status` in Meta's upper case. */
export interface TemplateRow {
  id: string
  external_id: string
  partner_id: string
  waba_account_id: string
  name: string
  language: string
  category: string
  status: string
  components: Record<string, unknown>[]
  namespace: string
  rejected_reason: string | null
  quality_score: { reasons: null; score: string } | null
  created_at: string
  modified_at: string
  /** In the wrong category: a copy is rejected when Meta looks again. */
  misfiled?: boolean
  /** Times of its edits in milliseconds. */
  edits?: number[]
}

/** What the levers and the page know about a channel beside the platforms' own fields. */
export interface AsideRow {
  /** Channel id. */
  id: string
  balance: number
  /** Lower case, as 360dialog writes it. */
  currency: string
  last_renewal: { amount: number; date: string } | null
  /** The client shared the API-key permission of this number with its partner. */
  shared: boolean
  /** What makes the number special. */
  note: string
}
