import { createServer } from 'node:http'

/**
 * A model server of our own making on a free port: answers what it is told to, and remembers what it was asked.
 *
 * @param {Record<string, (asked: object, response: import('node:http').ServerResponse) => void>} routes
 */
export async function fakeModelApi(routes) {
  const asked = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) {
      body += piece
    }
    const question = { method: request.method, path: request.url, headers: request.headers, body: body && JSON.parse(body) }
    asked.push(question)
    const route = routes[`${request.method} ${request.url}`] ?? json(404, { detail: 'Not Found' })
    route(question, response)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    asked,
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    }
  }
}

/** A route that answers with JSON. */
export function json(status, body) {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  }
}
