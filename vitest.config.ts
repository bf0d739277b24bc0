import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Stories wait for servers more than they compute.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A busy machine may be slow; what does not come true fails all the same.
    expect: { poll: { timeout: 15_000, interval: 5 } },
    snapshotFormat: { escapeString: false },
  },
})
