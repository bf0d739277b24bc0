import { z } from 'zod'
import type { PhoneNumber } from '../facts.ts'
import { given, id, maybeFlag, maybeText, maybeTime } from '../loose.ts'
import { PlatformError } from '../problem.ts'
import { everyone, type GraphLine, madeId, type Node } from './line.ts'

/** A number for a WABA, in the parts that Meta wants. */
export interface NumberParts {
  /** Country calling code, digits. */
  cc: string
  /** The rest of the number, digits. */
  phoneNumber: string
}

/** Numbers as Meta sees them (platform/meta.md 3.1–3.3). */
export interface GraphNumbers {
  /** MK-PN. */
  read(id: string): Promise<PhoneNumber>
  /** MK-PNS, all pages. */
  ofWaba(wabaId: string): Promise<PhoneNumber[]>
  /** Adds a new number to a WABA; answers its phone number id. */
  add(wabaId: string, number: NumberParts & { verifiedName: string; preverifiedId?: string }): Promise<string>
  /**
   * Begins to move a number into a WABA; answers its id there. The source serves it until `register`. Leaving a solution
   * also needs the names.
   */
  migrate(wabaId: string, number: NumberParts & { verifiedName?: string; displayPhoneNumber?: string }): Promise<string>
  /** Sends the six-digit code to the number. `language`: `en_US`. */
  requestCode(id: string, way: { method: 'SMS' | 'VOICE'; language: string }): Promise<void>
  verifyCode(id: string, code: string): Promise<void>
  /**
   * Registers the number on Cloud API: the switch-over of a migration. The PIN becomes the number's PIN, or must be it. At
   * most 10 times in 72 h for one number.
   */
  register(id: string, options: { pin: string; dataLocalizationRegion?: string }): Promise<void>
  /** Counts against the same limit as `register`, as some read it. */
  deregister(id: string): Promise<void>
  /** Sets or changes the PIN. There is no call that takes it away. */
  setPin(id: string, pin: string): Promise<void>
}

export function graphNumbers(line: GraphLine): GraphNumbers {
  const addTo = async (wabaId: string, body: object) => line.post([wabaId, 'phone_numbers'], { schema: madeId, body })
  return {
    read: (id) => line.node(id, phoneNumber),
    ofWaba: (wabaId) => everyone(line.walk(wabaId, 'phone_numbers', phoneNumber)),
    add: (wabaId, { cc, phoneNumber: phone_number, verifiedName, preverifiedId }) =>
      addTo(wabaId, { cc, phone_number, verified_name: verifiedName, ...given({ preverified_id: preverifiedId }) }),
    migrate: (wabaId, { cc, phoneNumber: phone_number, verifiedName, displayPhoneNumber }) =>
      addTo(wabaId, {
        cc,
        phone_number,
        migrate_phone_number: true,
        ...given({ verified_name: verifiedName, display_phone_number: displayPhoneNumber }),
      }),
    requestCode: (id, { method, language }) =>
      line.change([id, 'request_code'], { body: { code_method: method, language } }),
    verifyCode: async (id, code) =>
      line.change([id, 'verify_code'], { body: { code: sixDigits(code, 'code', `/${id}/verify_code`) } }),
    register: async (id, { pin, dataLocalizationRegion }) =>
      line.change([id, 'register'], {
        body: {
          messaging_product: 'whatsapp',
          pin: sixDigits(pin, 'PIN', `/${id}/register`),
          ...given({ data_localization_region: dataLocalizationRegion }),
        },
      }),
    deregister: (id) => line.change([id, 'deregister']),
    setPin: async (id, pin) => line.change([id], { body: { pin: sixDigits(pin, 'PIN', `/${id}`) } }),
  }
}

/** Six digits, also in groups. Anything else is refused here: each try at Meta counts. */
function sixDigits(text: string, what: string, path: string): string {
  const digits = text.replace(/[\s-]/g, '')
  if (/^\d{6}$/.test(digits)) return digits
  const answered = `not asked: a ${what} has six digits`
  throw new PlatformError({ kind: 'Rejected', asked: `POST graph ${path}`, answered })
}

/** MK-PN (platform/meta.md 1). */
export const phoneNumber: Node<PhoneNumber> = {
  fields: [
    ...['display_phone_number', 'verified_name', 'name_status', 'new_name_status', 'status', 'is_pin_enabled'],
    ...['platform_type', 'account_mode', 'is_on_biz_app', 'code_verification_status', 'quality_rating'],
    ...['health_status', 'is_official_business_account', 'whatsapp_business_manager_messaging_limit'],
    'last_onboarded_time',
  ],
  schema: z
    .looseObject({
      id,
      display_phone_number: maybeText,
      verified_name: maybeText,
      name_status: maybeText,
      new_name_status: maybeText,
      status: maybeText,
      is_pin_enabled: maybeFlag,
      platform_type: maybeText,
      account_mode: maybeText,
      is_on_biz_app: maybeFlag,
      is_official_business_account: maybeFlag,
      code_verification_status: maybeText,
      quality_rating: maybeText,
      health_status: z.looseObject({ can_send_message: maybeText }).nullish(),
      whatsapp_business_manager_messaging_limit: maybeText,
      last_onboarded_time: maybeTime,
    })
    .transform((row) =>
      given({
        id: row.id,
        displayPhoneNumber: row.display_phone_number,
        verifiedName: row.verified_name,
        nameStatus: row.name_status,
        newNameStatus: row.new_name_status,
        status: row.status,
        isPinEnabled: row.is_pin_enabled,
        platformType: row.platform_type,
        accountMode: row.account_mode,
        isOnBizApp: row.is_on_biz_app,
        isOba: row.is_official_business_account,
        quality: row.quality_rating,
        codeVerificationStatus: row.code_verification_status,
        canSendMessage: row.health_status?.can_send_message,
        messagingLimit: row.whatsapp_business_manager_messaging_limit,
        lastOnboardedAt: row.last_onboarded_time,
      }),
    ),
}
