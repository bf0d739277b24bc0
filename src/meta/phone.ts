import { parsePhoneNumberFromString, validatePhoneNumberLength } from 'libphonenumber-js'

export type ParsedPhone =
  | {
      ok: true
      /** Digits with country code. */
      digits: string
      /** ISO 3166 alpha-2; absent for numbers that belong to no single country. */
      country?: string
    }
  | { ok: false; reason: 'empty' | 'not-a-number' | 'no-country' | 'too-short' | 'too-long' }

/** The digits of a text, whatever script they are written in. */
export function digitsOf(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x0966))
    .replace(/[^0-9]/g, '')
}

/**
 * Reads a phone number in any usual spelling: `+49 (0)30 123`, `0049…`, bare digits with country code, `tel:` and
 * `wa.me` links. A number without its country code cannot be told from another and is refused.
 */
export function parsePhone(text: string): ParsedPhone {
  const written = bare(text)
  if (written === '') return { ok: false, reason: 'empty' }
  if (!/^\+?[\p{Nd}\s()[\]./\-‐-―−·~]+$/u.test(written)) return { ok: false, reason: 'not-a-number' }
  const digits = digitsOf(written)
  if (digits === '') return { ok: false, reason: 'not-a-number' }
  if (written.startsWith('+')) return international(`+${asciiDigits(written)}`)
  if (digits.startsWith('00')) return international(`+${asciiDigits(written).replace(/^\D*0\D*0/, '')}`)
  if (digits.startsWith('0')) return { ok: false, reason: 'no-country' }
  return international(`+${asciiDigits(written)}`)
}

function international(text: string): ParsedPhone {
  const number = parsePhoneNumberFromString(text)
  if (number?.isPossible()) {
    const digits = number.number.slice(1)
    return { ok: true, digits, ...(number.country === undefined ? {} : { country: number.country }) }
  }
  // WhatsApp still writes Mexican numbers with the mobile 1 that the country gave up in 2019.
  const mexican = /^521(\d{10})$/.exec(digitsOf(text))
  if (mexican?.[1] !== undefined) return international(`+52${mexican[1]}`)
  return { ok: false, reason: refusal(text) }
}

function refusal(text: string): 'no-country' | 'not-a-number' | 'too-short' | 'too-long' {
  const digits = digitsOf(text)
  if (digits.length > 15) return 'too-long'
  const length = validatePhoneNumberLength(text)
  if (length === 'TOO_SHORT' || digits.length < 7) return 'too-short'
  if (length === 'TOO_LONG') return 'too-long'
  return length === 'INVALID_COUNTRY' ? 'no-country' : 'not-a-number'
}

/** Invisible characters come along when a number is copied from a chat or a contact. */
function bare(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim()
    .replace(/^<tel:([^|>]*)(\|[^>]*)?>$/i, '$1')
    .replace(/^(tel:|(https?:\/\/)?(api\.whatsapp\.com\/send\/?\?phone=|wa\.me\/))/i, '')
    .trim()
}

function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => digitsOf(digit)).replace(/^\+/, '')
}

/**
 * The spellings of a number that mean the same phone. Brazilian mobile numbers live with and without the ninth digit;
 * all others have one spelling. The given one comes first.
 */
export function brazilVariants(digits: string): string[] {
  const mobile = /^(55\d{2})(9?)([6-9]\d{7})$/.exec(digits)
  if (mobile === null) return [digits]
  const [, area = '', nine, subscriber = ''] = mobile
  return [digits, nine === '9' ? area + subscriber : `${area}9${subscriber}`]
}

/** A number as people read it: `+49 30 1234567`. Keeps every digit. */
export function displayPhone(digits: string): string {
  const written = parsePhoneNumberFromString(`+${digits}`)?.formatInternational()
  return written !== undefined && digitsOf(written) === digits ? written : `+${digits}`
}
