/** What the page for sharing a permission is opened with (platform/360dialog.md 2.11). */
export interface PermissionRequest {
  clientId?: string
  /** Digits with country code. */
  number?: string
  email?: string
  name?: string
  /** Comes back with the client: the case, for example. */
  state?: string
  redirectUrl?: string
  /** `login` for a client that already has an account. */
  next?: string
}

/** The link by which a client shares the API-key permission of its numbers with the partner. No call is made. */
export function permissionLink(
  { dashboardUrl, partner }: { dashboardUrl: string; partner: string },
  request: PermissionRequest,
): string {
  const url = new URL(`${dashboardUrl.replace(/\/+$/, '')}/dashboard/app/${encodeURIComponent(partner)}/permissions`)
  const { clientId, redirectUrl, ...same } = request
  const query = { client_id: clientId, ...same, redirect_url: redirectUrl }
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value)
  return url.href
}
