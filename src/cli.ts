type Run = (args: string[]) => Promise<void>

/** Each command is loaded when it is called: most need little of the program. */
const commands: Record<string, { load(): Promise<Run>; says: string }> = {
  start: {
    load: async () => (await import('./commands/start.ts')).start,
    says: 'starts the desk; without credentials against the sandbox',
  },
  explain: {
    load: async () => (await import('./commands/explain.ts')).explain,
    says: 'tells what an error means: explain [--json] <text>',
  },
  routes: {
    load: async () => (await import('./commands/routes.ts')).routes,
    says: 'tells which room hears what; of one event: routes test <event.json> [--partner <id>]',
  },
  flows: {
    load: async () => (await import('./commands/flows.ts')).flows,
    says: 'writes docs/flows.md to the screen',
  },
}

const [name = 'help', ...args] = process.argv.slice(2)
const command = commands[name]
if (command) {
  try {
    const run = await command.load()
    await run(args)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
} else {
  const lines = Object.entries(commands).map(([word, { says }]) => `  ${word.padEnd(10)} ${says}`)
  console.log(`portdesk <command>\n\n${lines.join('\n')}`)
  if (name !== 'help') process.exitCode = 2
}

export {}
