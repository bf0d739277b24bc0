import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { severities } from '../../src/notify/notice.ts'
import { day, hour, minute, noon, room, second, telling } from './group-kit.ts'

const ana = { id: 'slack:U0ANA', name: 'Ana' }

describe('what a room is told about one group, and when', () => {
  it('waits a little, so that a burst is one message', () => {
    const alerts = room(telling())
    for (let n = 0; n < 4; n += 1) alerts.hears(noon + n * second, { topic: `template:${n}` })
    alerts.until(noon + 4 * minute)
    expect(alerts.told).toEqual([[5, 'root']])
    expect(Object.keys(alerts.group().lines)).toHaveLength(4)
  })

  it('speaks of more below it, once in an interval', () => {
    const alerts = room(telling())
    for (let n = 0; n < 100; n += 1) alerts.hears(noon + n * 10 * second)
    alerts.until(noon + 30 * minute)
    expect(alerts.told).toEqual([
      [5, 'root'],
      [305, 'news'],
      [605, 'news'],
      [905, 'news'],
      [1205, 'news'],
    ])
    expect(alerts.group().count).toBe(100)
  })

  it('says at once that it became critical, and only once', () => {
    const alerts = room(telling())
    alerts.hears(noon)
    alerts.hears(noon + 20 * second, { severity: 'critical', topic: 'account' })
    alerts.hears(noon + 30 * second, { severity: 'critical', topic: 'account' })
    alerts.until(noon + 4 * minute)
    expect(alerts.told).toEqual([
      [5, 'root'],
      [20, 'worse'],
    ])
  })

  it('repeats what nobody acknowledges, as often as the route wants', () => {
    const alerts = room(telling({ repeat: 30 * minute, repeats: 2 }))
    alerts.hears(noon, { severity: 'critical' })
    alerts.until(noon + 5 * hour)
    expect(alerts.told.map(([, what]) => what)).toEqual(['root', 'repeat', 'repeat'])
  })

  it('leaves who acknowledged in peace until it is time to be reminded', () => {
    const alerts = room(telling({ repeat: 30 * minute, remind: 4 * hour, repeats: 1 }))
    alerts.hears(noon, { severity: 'critical' })
    alerts.acts(noon + 10 * minute, (group) => ({ ...group, acknowledged: { by: ana, at: noon + 10 * minute } }))
    alerts.until(noon + day)
    expect(alerts.told).toEqual([
      [5, 'root'],
      [(4 * hour + 10 * minute) / second, 'reminder'],
    ])
  })

  it('forgets the acknowledgement when it gets worse than what was acknowledged', () => {
    const alerts = room(telling())
    alerts.hears(noon)
    alerts.acts(noon + minute, (group) => ({ ...group, acknowledged: { by: ana, at: noon + minute } }))
    alerts.hears(noon + 2 * minute, { topic: 'templates' })
    expect(alerts.group().acknowledged?.by).toEqual(ana)
    alerts.hears(noon + 3 * minute, { topic: 'account', severity: 'critical' })
    expect(alerts.group().acknowledged).toBeUndefined()
  })

  it('is silent while snoozed, and comes back by itself', () => {
    const alerts = room(telling({ repeat: 30 * minute }))
    alerts.hears(noon)
    alerts.acts(noon + minute, (group) => ({ ...group, snoozed: { by: ana, until: noon + 8 * hour } }))
    alerts.hears(noon + hour, { topic: 'templates' })
    alerts.until(noon + 8 * hour)
    expect(alerts.told).toEqual([
      [5, 'root'],
      [(8 * hour) / second, 'back'],
    ])
    expect(alerts.group().snoozed).toBeUndefined()
  })

  it('lets only what is critical through at night', () => {
    const quiet = { from: '20:00', to: '08:00', timeZone: 'UTC', weekends: false }
    const night = noon + 11 * hour
    const calm = room(telling({ quiet }))
    calm.hears(night)
    calm.until(night + 8 * hour)
    expect(calm.told).toEqual([])
    calm.until(night + 9 * hour + second)
    expect(calm.told).toEqual([[(20 * hour) / second, 'root']])
    const alarm = room(telling({ quiet }))
    alarm.hears(night, { severity: 'critical' })
    alarm.until(night + minute)
    expect(alarm.told.map(([, what]) => what)).toEqual(['root'])
  })

  it('closes when the problem has ended, and says so', () => {
    const alerts = room(telling())
    alerts.hears(noon)
    alerts.hears(noon + 10 * minute, { kind: 'quality-back', mood: 'relief', severity: 'info' })
    alerts.until(noon + hour)
    expect(alerts.told.map(([, what]) => what)).toEqual(['root', 'resolved'])
    expect(alerts.closed()).toBe(true)
  })

  it('closes news that nobody has to solve after the interval', () => {
    const alerts = room(telling({ wait: 15 * minute }))
    alerts.hears(noon, { mood: 'news', severity: 'info' })
    alerts.until(noon + 19 * minute)
    expect(alerts.closed()).toBe(false)
    alerts.until(noon + hour)
    expect(alerts.closed()).toBe(true)
    expect(alerts.told).toEqual([[900, 'root']])
  })

  it('collects for a digest, tells it once at its time, and begins anew', () => {
    const alerts = room(telling({ digest: { every: 'day', at: '09:00', timeZone: 'Europe/Berlin' } }))
    alerts.hears(noon, { mood: 'news', severity: 'info' })
    alerts.hears(noon + hour, { mood: 'news', severity: 'info', topic: 'other' })
    alerts.until(noon + 3 * day)
    expect(alerts.told).toEqual([[(20 * hour) / second, 'root']])
    expect(alerts.closed()).toBe(true)
  })

  it('never lets a late word take the place of a newer one', () => {
    const alerts = room(telling())
    alerts.hears(noon, { kind: 'quality-back', mood: 'relief', severity: 'info', at: noon })
    expect(alerts.hears(noon + second, { at: noon - hour })).toBe('late')
    expect(Object.values(alerts.group().lines).map(({ kind, count }) => [kind, count])).toEqual([['quality-back', 2]])
  })

  it('ends on the newest word of each topic, whatever the order in which they came', () => {
    const word = fc.record({
      topic: fc.constantFrom('quality', 'account', 'template:a:en'),
      mood: fc.constantFrom('problem' as const, 'relief' as const, 'news' as const),
      severity: fc.constantFrom(...severities),
      at: fc.integer({ min: 0, max: 3600 }),
    })
    fc.assert(
      fc.property(fc.uniqueArray(word, { selector: ({ at }) => at, minLength: 1, maxLength: 30 }), (words) => {
        const alerts = room(telling())
        words.forEach(({ at, ...what }, n) => {
          alerts.hears(noon + n * second, { ...what, at: noon + at * second })
        })
        alerts.until(noon + hour)
        for (const line of Object.values(alerts.group().lines)) {
          const newest = words.filter(({ topic }) => topic === line.topic).sort((a, b) => b.at - a.at)[0]
          expect([line.mood, line.at]).toEqual([newest?.mood, noon + (newest?.at ?? 0) * second])
        }
        const messages = alerts.told.filter(([at]) => at < 60).length
        expect(messages).toBeLessThanOrEqual(2)
      }),
      { numRuns: 100 },
    )
  })
})
