/**
 * What the environment says.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function readConfig(env = process.env) {
  return {
    modelApiUrl: url('PYTHON_API_BASE_URL', env.PYTHON_API_BASE_URL || 'http://python-model-api:8000'),
    modelApiTimeoutMs: positive('PYTHON_API_TIMEOUT_MS', env.PYTHON_API_TIMEOUT_MS || '10000'),
    apiKeys: (env.API_KEYS ?? '').split(',').map((key) => key.trim()).filter(Boolean),
    host: env.HOST || '0.0.0.0',
    port: positive('PORT', env.PORT || '3000'),
    logLevel: env.LOG_LEVEL || 'info'
  }
}

function url(name, value) {
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new Error(`${name} must be an http:// or https:// address, not "${value}"`)
  }
  return value
}

function positive(name, value) {
  if (!/^[1-9][0-9]*$/.test(value)) {
    throw new Error(`${name} must be a positive whole number, not "${value}"`)
  }
  return Number(value)
}
