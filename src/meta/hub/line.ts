import type { Cache } from '../cache.ts'
import type { Http } from '../http.ts'

/** What every group of the Hub client talks through. */
export interface HubLine {
  http: Http
  /** 360dialog's id of the partner. */
  partner: string
  /** A path behind `/partners/{p}`. */
  at(...segments: string[]): string
  cache?: Cache | undefined
}
