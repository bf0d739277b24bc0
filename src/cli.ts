import { routes } from './commands/routes.ts'
import { start } from './commands/start.ts'

const commands: Record<string, { run(args: string[]): Promise<void>; says: string }> = {
  start: { run: start, says: 'starts the desk; without credentials against the sandbox' },
  routes: { run: routes, says: 'tells which room hears what' },
}

const [name = 'help', ...args] = process.argv.slice(2)
const command = commands[name]
if (command) {
  try {
    await command.run(args)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
} else {
  const lines = Object.entries(commands).map(([word, { says }]) => `  ${word.padEnd(10)} ${says}`)
  console.log(`portdesk <command>\n\n${lines.join('\n')}`)
  if (name !== 'help') process.exitCode = 2
}
