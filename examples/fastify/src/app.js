import Fastify, { LogController } from 'fastify'
import { apiKeys } from './plugins/api-keys.js'
import { errors } from './plugins/errors.js'
import { modelApi } from './plugins/model-api.js'
import { requestId, requestIdOf, traceIdOf } from './plugins/request-id.js'
import { adminRoutes } from './routes/admin.js'
import { healthRoutes } from './routes/health.js'
import { predictRoutes } from './routes/predict.js'

/**
 * The gateway, ready to listen or to be injected requests into.
 *
 * @param {ReturnType<import('./config.js').readConfig>} config
 * @param {import('pino').DestinationStream} [logStream] where the log goes; standard output if nowhere else
 */
export async function buildApp(config, logStream) {
  const app = Fastify({
    logger: { level: config.logLevel, stream: logStream },
    genReqId: requestIdOf,
    logController: new LogController({ requestIdLogLabel: 'requestId' }),
    // Every line of a request carries the id of its trace, as those of the model server do.
    childLoggerFactory: (logger, bindings, options, request) =>
      logger.child({ ...bindings, traceId: traceIdOf(request) }, options),
    // A text is a text: 5 is not taken for "5", as FastAPI does not take it either.
    ajv: { customOptions: { coerceTypes: false } }
  })

  await app.register(requestId)
  await app.register(errors)
  await app.register(modelApi, { url: config.modelApiUrl, timeoutMs: config.modelApiTimeoutMs })
  await app.register(healthRoutes)
  await app.register(async (guarded) => {
    await guarded.register(apiKeys, { keys: config.apiKeys })
    await guarded.register(predictRoutes)
    await guarded.register(adminRoutes, { prefix: '/admin' })
  })
  return app
}
