/** What Meta says when it refuses something (meta.md 6). */
export interface Refusal {
  status: 400 | 403 | 404 | 500 | 503
  code: number
  subcode?: number
  message: string
  /** Heading and sentence for people. */
  title?: string
  text?: string
  /** `error_data.details` of the Cloud API's own codes. */
  details?: string
  /** What 360dialog's Client Hub shows instead, in its own words (procedures.md 1). */
  hub?: string
}

/** An `Invalid parameter` with a subcode, as the management calls answer. */
const invalid = (subcode: number, title: string, text: string, hub?: string): Refusal => ({
  status: 400,
  code: 100,
  subcode,
  message: 'Invalid parameter',
  title,
  text,
  ...(hub && { hub }),
})

const cannotMigrate = (text: string, hub?: string) => invalid(2388103, 'Cannot migrate phone number', text, hub)

/** Meta documents the reasons and not the sentences: the texts are the sandbox's. */
export const refusals = {
  twoStepOn: invalid(
    2388001,
    'Two-step verification is on',
    'Turn off two-step verification of this phone number before you migrate it.',
    'Two-factor authentication not yet disabled',
  ),
  notVerified: invalid(
    2388001,
    'Phone number is not verified',
    'Verify that you own this phone number with a code before you register it.',
  ),
  alreadyThere: invalid(
    2388012,
    'Phone number is already there',
    'This phone number is already in the destination WhatsApp Business account.',
    'The phone number you are trying to migrate has already been moved to your destination WhatsApp Account. Please log in to the 360Dialog Client Hub to continue.',
  ),
  noName: cannotMigrate(
    'The display name is missing, not approved, or has a change pending.',
    'Register Name should be present and approved',
  ),
  sourceNotApproved: cannotMigrate('The source WhatsApp Business account is not approved.'),
  sourceRequest: cannotMigrate(
    "The source account's request to message on behalf of its business is not approved.",
    'Message on behalf request not yet accepted',
  ),
  destinationRequest: cannotMigrate('The "messaging for" request of the destination account is not approved.'),
  destinationNotApproved: cannotMigrate('The destination WhatsApp Business account is not approved.'),
  notVerifiedBusiness: cannotMigrate('The business is not verified.'),
  otherBusiness: cannotMigrate(
    'The source and destination WhatsApp Business accounts need to represent the same business.',
    'The source and destination WhatsApp Business Accounts need to represent the same business. Please use the same Business ID as before when submitting the number for migration.',
  ),
  noPayment: cannotMigrate('The destination has no payment account and no credit line.'),
  noWebhook: cannotMigrate('No app of the destination is subscribed to webhooks.'),
  addDirectly: cannotMigrate(
    'This phone number can be added directly and does not need to be migrated.',
    'This phone number is eligible to be added directly, and does not need to be migrated. Please go to the 360Dialog Client Hub and add it as a new number',
  ),
  generic: cannotMigrate(
    'This phone number cannot be migrated now. Try again later.',
    'Something went wrong when trying to migrate your phone number. Please try again after some time. If that does not work, please contact our support via the 360Dialog Client Hub.',
  ),
  maintenance: invalid(2494100, 'Phone number in maintenance', 'Try again in some minutes.'),
  noCodeToAsk: invalid(2388091, 'Cannot request a code', 'This phone number is not being migrated or added.'),
  tooManyCodes: invalid(2388091, 'Too many codes', 'Too many codes were requested. Wait an hour.'),
  noCodeToCheck: invalid(2388093, 'Cannot verify the code', 'This phone number is not being migrated or added.'),
  templatesFull: invalid(2388019, 'Message template limit', 'This account has 250 message templates already.'),
  templateGoing: invalid(2388023, 'Template is being deleted', 'Wait 30 days, or use another name.'),
  templateThere: invalid(2388024, 'Template exists', 'There is a template of this name in this language already.'),
  taggedElsewhere: invalid(2593079, 'WABA is tagged', 'This account is tagged for another solution.'),
  noMobility: invalid(2593085, 'Not eligible', 'This account cannot be given to its business.'),
  mobilityFixed: invalid(2593085, 'Not eligible', 'This account was offered with another solution before.'),
} satisfies Record<string, Refusal>

/** A refusal of the Cloud API, which has a code and no subcode. */
export const cloud = (code: number, text: string, details: string, status: Refusal['status'] = 400): Refusal => ({
  status,
  code,
  message: `(#${code}) ${text}`,
  details,
})
