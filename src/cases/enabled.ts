import type { DeskConfig } from '../config.ts'

/** What the desk's set-up switches on, by the names that flows look for. A case keeps what it was opened with. */
export function enabledBy({ cancellation, apiKey }: Pick<DeskConfig, 'cancellation' | 'apiKey'>): string[] {
  return [
    ...(cancellation?.byApi ? ['cancel-by-api'] : []),
    ...(apiKey?.approval === false ? ['api-key-without-approval'] : []),
  ]
}
