import type { Sandbox } from '../../src/sandbox/index.ts'

/** Somebody else calls Meta with the same access: `POST /{path}`. Answers what came back. */
export async function postToGraph(sandbox: Sandbox, path: string, body: object): Promise<unknown> {
  const { GRAPH_API_URL, GRAPH_TOKEN } = sandbox.env
  const answer = await fetch(`${GRAPH_API_URL}/v26.0/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${GRAPH_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return answer.json()
}
