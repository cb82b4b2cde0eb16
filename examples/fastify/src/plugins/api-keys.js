import { createHash, timingSafeEqual } from 'node:crypto'
import fp from 'fastify-plugin'
import { HttpError } from '../http-error.js'

/** Lets only those in who send one of the keys as X-API-Key. */
export const apiKeys = fp(async (app, { keys }) => {
  const known = keys.map(digest)

  app.addHook('onRequest', async (request) => {
    if (known.length === 0) {
      throw new HttpError(500, 'No API keys are configured: set API_KEYS.')
    }
    if (!isKnown(known, request.headers['x-api-key'])) {
      throw new HttpError(401, 'X-API-Key is missing or not one of the configured keys.')
    }
  })
}, { name: 'api-keys' })

/** Digests have one length and every one of them is looked at, so the time taken says nothing about the keys. */
function isKnown(known, key) {
  const given = digest(key ?? '')
  return known.reduce((found, one) => timingSafeEqual(one, given) || found, false)
}

function digest(key) {
  return createHash('sha256').update(key).digest()
}
