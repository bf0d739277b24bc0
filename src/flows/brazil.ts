/**
 * A Brazilian mobile number with and without its extra 9, as people read it. The form that the WhatsApp profile shows is
 * the number's own and is kept: nobody adds or drops the 9 (procedures.md 1, "Brazil rule").
 */
export interface Spellings {
  with: string
  without: string
  /** How it was entered. */
  entered: 'with' | 'without'
}

export const isBrazilian = (digits: string): boolean => digits.startsWith('55')

/** After 55 come 2 digits of the area, then 8 digits or 9 digits that begin with a 9. */
export const hasBrazilianForm = (digits: string): boolean => /^55\d{2}(9\d{8}|\d{8})$/.test(digits)

/** Both spellings of a mobile number; undefined for landlines, which never had the 9, and for all other countries. */
export function spellingsOf(digits: string): Spellings | undefined {
  const [, area, nine, subscriber = ''] = /^55(\d{2})(9?)([6-9]\d{7})$/.exec(digits) ?? []
  if (area === undefined) return undefined
  const short = `${subscriber.slice(0, 4)}-${subscriber.slice(4)}`
  return {
    with: `+55 ${area} 9${short}`,
    without: `+55 ${area} ${short}`,
    entered: nine === '9' ? 'with' : 'without',
  }
}
