import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

/** Where a run keeps its data: fresh and empty, gone after `drop`. */
export interface Place {
  kind: 'pglite' | 'postgres'
  title: string
  folder: string
  /** A database of its own on the server. */
  url?: string
  drop(): Promise<void>
}

const server = process.env.BENCH_DATABASE_URL || process.env.TEST_DATABASE_URL

/** The databases to measure: PGlite, and PostgreSQL where a server is named. */
export function kinds(): Place['kind'][] {
  if (server) return ['pglite', 'postgres']
  console.log('BENCH_DATABASE_URL is not set: PostgreSQL is skipped.')
  return ['pglite']
}

export async function freshPlace(kind: Place['kind']): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'portdesk-bench-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  if (kind === 'pglite' || !server) return { kind: 'pglite', title: 'PGlite', folder, drop: remove }
  const name = `portdesk_bench_${randomUUID().slice(0, 8)}`
  await onServer(`create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const drop = async () => {
    await onServer(`drop database if exists ${name} with (force)`)
    await remove()
  }
  return { kind, title: 'PostgreSQL', folder, url: url.href, drop }
}

/** What the server calls itself, `15.20`. */
export async function serverVersion(): Promise<string | undefined> {
  if (!server) return undefined
  return (await onServer('show server_version')).rows[0]?.server_version
}

async function onServer(statement: string) {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  return client.query<Record<string, string>>(statement).finally(() => client.end())
}
