/** Every method of a client by its dotted name: `hub.channels.byId`. */
export function methodsOf(client: object, name: string): string[] {
  return Object.entries(client).flatMap(([key, value]) => {
    const path = `${name}.${key}`
    if (typeof value === 'function') return [path]
    return typeof value === 'object' && value !== null ? methodsOf(value, path) : []
  })
}
