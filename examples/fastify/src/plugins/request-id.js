import { randomUUID } from 'node:crypto'
import fp from 'fastify-plugin'

const acceptable = /^[A-Za-z0-9._-]{1,128}$/
const traceparent = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/

/** The caller's request id, or a new one where it sent none that is fit for a header and a log. */
export function requestIdOf(request) {
  const given = request.headers['x-request-id']
  return given !== undefined && acceptable.test(given) ? given : randomUUID()
}

/** The id of the trace that a request belongs to (W3C traceparent). */
export function traceIdOf(request) {
  return traceparent.exec(request.headers.traceparent)?.[1]
}

/** Answers every request with its id. */
export const requestId = fp(async (app) => {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
}, { name: 'request-id' })
