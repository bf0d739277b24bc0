import { setFlagsFromString } from 'node:v8'

/**
 * Keeps V8 from allocating among the old objects what it took for long-lived during a burst. Such objects are garbage at once,
 * but whatever they point to is copied with each collection until the next large one: with the door under load, half of the
 * processes stood still for 12 to 30 ms three times a second (docs/performance.md).
 */
export function allocateYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring')
}
