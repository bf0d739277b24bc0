/** A time as 360dialog writes it: UTC, whole seconds, `2026-04-10T08:00:00Z`. */
export const zuluTime = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
