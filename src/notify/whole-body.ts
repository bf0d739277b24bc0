import type { IncomingMessage } from 'node:http'

/**
 * Collects the body of a request as its bytes came and hands it on in the same turn as its last byte. Above `maxSize`
 * bytes it hands on `undefined` at once and reads no further. Never calls when the other side hung up before the end.
 */
export function wholeBody(
  request: IncomingMessage,
  maxSize: number,
  done: (body: Uint8Array | undefined) => void,
): void {
  if (Number(request.headers['content-length']) > maxSize) {
    done(undefined)
    return
  }
  const chunks: Uint8Array[] = []
  let size = 0
  const hear = (chunk: Uint8Array) => {
    size += chunk.length
    chunks.push(chunk)
    if (size <= maxSize) return
    request.off('data', hear).off('end', end).pause()
    done(undefined)
  }
  const end = () => {
    const [only] = chunks
    done(chunks.length === 1 && only ? only : Buffer.concat(chunks))
  }
  // Without a listener an abort would end the process.
  request
    .on('data', hear)
    .on('end', end)
    .on('error', () => undefined)
}
