import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, loadavg, platform, totalmem } from 'node:os'
import { z } from 'zod'
import { serverVersion } from './stores.ts'

/** Where and with what a run was made. */
export interface Conditions {
  date: string
  revision: string
  machine: { cpu: string; cores: number; memoryGb: number; system: string; loadBefore: number }
  versions: Record<string, string>
}

const packages = ['@electric-sql/pglite', '@slack/bolt', 'drizzle-orm', 'grammy', 'hono', 'pg', 'pg-boss']

export async function conditions(): Promise<Conditions> {
  const postgres = await serverVersion()
  return {
    date: new Date().toISOString(),
    revision: revision(),
    machine: {
      cpu: cpus()[0]?.model.trim() ?? 'unknown',
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      system: platform(),
      loadBefore: loadavg()[2] ?? 0,
    },
    versions: { node: process.versions.node, ...(postgres && { postgres }), ...installed() },
  }
}

function revision(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8', stdio: 'pipe' }).trim()
  try {
    const changed = git('status', '--porcelain', '--', 'src', 'package-lock.json') !== ''
    return `${git('rev-parse', '--short', 'HEAD')}${changed ? ' with changes' : ''}`
  } catch {
    return 'unknown' // a copy without its history
  }
}

function installed(): Record<string, string> {
  const file = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')
  const lock = z
    .object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) })
    .parse(JSON.parse(file))
  return Object.fromEntries(packages.map((name) => [name, lock.packages[`node_modules/${name}`]?.version ?? '?']))
}
