import type { RefusedCall } from '../http.ts'

/**
 * Whether the Hub refuses the partner itself: a 401 always, a 403 where a call names nothing but the partner. Elsewhere a
 * client's permission may be missing (platform/360dialog.md 5).
 */
export const isAboutKey = ({ path, status }: RefusedCall): boolean =>
  status === 401 || /^\/partners\/[^/]+(\/[^/]+)?$/.test(path)
