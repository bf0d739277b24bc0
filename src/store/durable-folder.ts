import { closeSync, fsyncSync, openSync } from 'node:fs'
import type { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

type Setup = Awaited<ReturnType<NodeFS['init']>>
type Start = Parameters<NodeFS['init']>[1]

/** A file or folder PGlite has open: `nfd` is the real file descriptor, which folders do not have. */
interface OpenFile {
  nfd?: number
  node: object
}

interface NodeFiles {
  realPath(node: object): string
  stream_ops: { fsync?: (file: OpenFile) => number }
}

/**
 * PGlite's folder on disk, with an fsync that reaches the disk. PGlite's own ignores the request, so that a power cut
 * may cost not only the last commits but, as data may reach the disk before its log, the whole database.
 */
export class DurableFolder extends NodeFS {
  override async init(pglite: PGlite, start: Start): Promise<Setup> {
    const setup = await super.init(pglite, start)
    const preRun = setup.emscriptenOpts.preRun ?? []
    return {
      emscriptenOpts: {
        ...setup.emscriptenOpts,
        preRun: [...preRun, (mod) => letSync(mod.NODEFS as unknown as NodeFiles)],
      },
    }
  }
}

function letSync(files: NodeFiles): void {
  files.stream_ops.fsync = (file) => {
    if (file.nfd === undefined) syncFolder(files.realPath(file.node))
    else fsyncSync(file.nfd)
    return 0
  }
}

function syncFolder(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
