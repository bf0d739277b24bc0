/**
 * Fields about conversations with customers that say nothing about the number itself (procedures.md 17.2: ignore); those
 * of groups begin with `group_`.
 */
const notOurs = new Set([
  'automatic_events',
  'calls',
  'message_echoes',
  'messaging_handovers',
  'standby',
  'user_preferences',
])

/** Worth knowing that they came, whatever is in them: the number lives in the Business app (nm-c14). */
const bareSigns = new Set(['history', 'smb_app_state_sync', 'smb_message_echoes'])

/** Parts of a value that hold what customers write, or who they are, whatever field they come in. */
const confidential = new Set([
  'contacts',
  'history',
  'message_echoes',
  'messages',
  'state_sync',
  'statuses',
  'user_preferences',
])

/**
 * What may be stored of a change that Meta tells of; `undefined` when that is nothing. Messages of customers, their names
 * and their numbers never are: of messages only the failures remain, and which of our numbers they are about.
 */
export function discreet(field: string, value: unknown): unknown {
  if (notOurs.has(field) || field.startsWith('group_')) return undefined
  if (bareSigns.has(field)) return { metadata: ourNumber(value) }
  if (field !== 'messages') return isObject(value) && hasConfidential(value) ? withoutConfidential(value) : value
  if (!isObject(value)) return undefined
  const statuses = failures(value)
  const errors = listIn(value, 'errors')
  if (statuses.length === 0 && errors.length === 0) return undefined
  return { metadata: ourNumber(value), ...(statuses.length && { statuses }), ...(errors.length && { errors }) }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function listIn(value: Record<string, unknown>, key: string): unknown[] {
  const list = value[key]
  return Array.isArray(list) ? list : []
}

function hasConfidential(value: Record<string, unknown>): boolean {
  for (const part in value) if (confidential.has(part)) return true
  return false
}

function withoutConfidential(value: Record<string, unknown>): unknown {
  const open = Object.entries(value).filter(([part]) => !confidential.has(part))
  const statuses = failures(value)
  return { ...Object.fromEntries(open), ...(statuses.length && { statuses }) }
}

/** Without `id` and `recipient_id`: both tell the customer's number. */
function failures(value: Record<string, unknown>): unknown[] {
  return listIn(value, 'statuses').flatMap((told) => {
    if (!isObject(told) || listIn(told, 'errors').length === 0) return []
    const { status, timestamp, errors } = told
    return [{ status, timestamp, errors }]
  })
}

function ourNumber(value: unknown): unknown {
  if (!isObject(value) || !isObject(value.metadata)) return undefined
  const { display_phone_number, phone_number_id } = value.metadata
  return { display_phone_number, phone_number_id }
}
