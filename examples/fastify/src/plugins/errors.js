import { STATUS_CODES } from 'node:http'
import fp from 'fastify-plugin'

/** Every error in one shape, that of the model server: title, status, detail, requestId (RFC 9457). */
export const errors = fp(async (app) => {
  app.setErrorHandler((error, request, reply) => {
    const status = error.statusCode ?? 500
    request.log[status < 500 ? 'info' : 'error']({ err: error }, 'request refused')
    // What we did not throw ourselves may tell of our insides.
    const detail = error.statusCode ? error.message : 'Something went wrong; the log says what, under this request id.'
    return problem(request, reply, status, detail, error.members)
  })

  app.setNotFoundHandler((request, reply) => problem(request, reply, 404, `Nothing answers ${request.method} here.`))
}, { name: 'errors' })

function problem(request, reply, status, detail, members) {
  return reply
    .code(status)
    .type('application/problem+json')
    .send({ title: STATUS_CODES[status], status, detail, requestId: request.id, ...members })
}
