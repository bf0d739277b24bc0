import type { RefusedCall } from '../http.ts'

/**
 * Whether the Hub refuses the partner itself: a 401 always, a 403 where a call is for the partner, its numbers or its
 * clients. Elsewhere a client's permission may be missing (platform/360dialog.md 5), or something may be switched off for
 * a partner whose key works, such as its list of partner changes.
 */
export const isAboutKey = ({ path, status }: RefusedCall): boolean =>
  status === 401 || /^\/partners\/[^/]+(\/(channels|clients))?$/.test(path)
