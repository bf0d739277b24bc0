import { Duplex } from 'node:stream'
import type { MessagePort } from 'node:worker_threads'

/** What `pg` speaks through instead of a socket: a port at whose other end PostgreSQL's protocol is understood. */
export class PortSocket extends Duplex {
  readonly #port: MessagePort

  constructor(port: MessagePort) {
    super()
    this.#port = port
    port.on('message', (bytes: Uint8Array<ArrayBuffer>) => this.push(Buffer.from(bytes.buffer)))
    port.on('close', () => this.push(null))
  }

  connect(): void {
    setImmediate(() => this.emit('connect'))
  }
  setNoDelay(): void {}
  ref(): void {
    this.#port.ref()
  }
  unref(): void {
    this.#port.unref()
  }

  override _read(): void {}
  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: () => void): void {
    this.#send([chunk])
    done()
  }
  override _writev(writes: { chunk: Uint8Array }[], done: () => void): void {
    this.#send(writes.map(({ chunk }) => chunk))
    done()
  }
  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#port.close()
    done(error)
  }

  /** In memory of their own, which changes hands without being copied. */
  #send(chunks: Uint8Array[]): void {
    const bytes = new Uint8Array(chunks.reduce((size, { length }) => size + length, 0))
    let at = 0
    for (const chunk of chunks) {
      bytes.set(chunk, at)
      at += chunk.length
    }
    this.#port.postMessage(bytes, [bytes.buffer])
  }
}
