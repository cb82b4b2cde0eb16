import fp from 'fastify-plugin'
import { Pool } from 'undici'
import { HttpError } from '../http-error.js'

const connections = 64

/**
 * The model server, as `app.modelApi(request, method, path, body)`: the JSON that it answers, or an HttpError: 502 with its status and body when it
 * fails, 504 when it does not answer in time.
 */
export const modelApi = fp(async (app, { url, timeoutMs }) => {
  const { origin, pathname } = new URL(url)
  const prefix = pathname.replace(/\/$/, '')
  const pool = new Pool(origin, { connections })
  app.addHook('onClose', () => pool.close())

  app.decorate('modelApi', async (request, method, path, body) => {
    const { status, text } = await send(pool, timeoutMs, {
      method,
      path: prefix + path,
      headers: headersFor(request, body),
      body: body && JSON.stringify(body)
    })
    const answer = parse(text)
    if (status !== 200 || answer === undefined) {
      throw new HttpError(502, `The model server answered with status ${status}.`, { upstream: { status, body: answer ?? text } })
    }
    return answer
  })
}, { name: 'model-api' })

async function send(pool, timeoutMs, options) {
  try {
    const { statusCode, body } = await pool.request({ ...options, signal: AbortSignal.timeout(timeoutMs) })
    return { status: statusCode, text: await body.text() }
  } catch (error) {
    if (error.name === 'TimeoutError') {
      throw new HttpError(504, `The model server did not answer within ${timeoutMs} ms.`)
    }
    throw new HttpError(502, `The model server could not be asked: ${error.code ?? error.message}.`)
  }
}

/** One id and one trace, from the client through here to the model server. */
function headersFor(request, body) {
  const headers = { accept: 'application/json', 'x-request-id': request.id }
  if (body) {
    headers['content-type'] = 'application/json'
  }
  for (const name of ['traceparent', 'tracestate']) {
    if (request.headers[name]) {
      headers[name] = request.headers[name]
    }
  }
  return headers
}

function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
