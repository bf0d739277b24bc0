import { toast } from './toast.js'

/** Asks the control API; the answer's JSON. Throws an `Error` with the API's own sentence. */
export async function get(path) {
  return read(await fetch(path))
}

/**
 * Sends to the control API. A refusal is shown as a toast and answered with `undefined`, so that callers only say what
 * happens when it worked.
 */
export async function post(path, body) {
  try {
    return await read(
      await fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
  } catch (error) {
    toast(error.message, 'error')
    return undefined
  }
}

async function read(response) {
  const text = await response.text()
  let answer
  try {
    answer = JSON.parse(text)
  } catch {
    answer = { error: text.slice(0, 200) }
  }
  if (!response.ok) throw new Error(answer.error ?? `The sandbox answered ${response.status}.`)
  return answer
}
