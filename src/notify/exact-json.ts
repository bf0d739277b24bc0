/** A number of 16 digits or more where JSON may have one: such an id of Meta may not fit into a double. */
const longNumber = /[:[,]\s*-?\d{16}/

/**
 * Reads JSON without bending the ids in it: a whole number that JavaScript cannot hold comes back as the text of its
 * digits (meta.md 5.4, `message_template_id`). @throws SyntaxError
 */
export function parseExactly(json: string): unknown {
  return longNumber.test(json) ? JSON.parse(json, wholeDigits) : JSON.parse(json)
}

function wholeDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  const bent = typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
  return bent ? context?.source : value
}
