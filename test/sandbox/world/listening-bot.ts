import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Post {
  path: string
  headers: Record<string, string | string[] | undefined>
  /** The bytes as they came. */
  text: string
}

/** A bot that only listens for webhooks, and answers what the test says. */
export async function listeningBot({ answers = [] as number[] } = {}) {
  const posts: Post[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    posts.push({ path: request.url ?? '', headers: request.headers, text })
    response.writeHead(answers.shift() ?? 200).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
    bodies: () => posts.map(({ text }) => JSON.parse(text)),
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
