/** Where readings may rest for a short while. It never decides anything; a Keyv fits with a thin wrapper. */
export interface Cache {
  get(key: string): Promise<unknown>
  set(key: string, value: unknown, ttlMs: number): Promise<unknown>
}
