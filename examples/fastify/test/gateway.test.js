import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { buildApp } from '../src/app.js'
import { readConfig } from '../src/config.js'
import { fakeModelApi, json } from './fake-model-api.js'

const key = 'a-key-of-the-tests'
const trace = '0af7651916cd43dd8448eb211c80319c'
const prediction = { version: '1.0.0', prediction: 'positive', metadata: {}, requestId: 'r' }

let open = []
afterEach(async () => {
  await Promise.all(open.map((one) => one.close()))
  open = []
})

async function gateway({ routes = {}, env = {}, pathPrefix = '' } = {}) {
  const upstream = await fakeModelApi(routes)
  const log = []
  const config = readConfig({ API_KEYS: `an-older-key, ${key}`, PYTHON_API_BASE_URL: upstream.url + pathPrefix, LOG_LEVEL: 'trace', ...env })
  const app = await buildApp(config, { write: (line) => log.push(line) })
  open.push(app, upstream)
  const call = async (method, url, { headers = { 'x-api-key': key }, body } = {}) => {
    const answer = await app.inject({ method, url, headers, body })
    return { status: answer.statusCode, headers: answer.headers, json: answer.json() }
  }
  return { call, asked: upstream.asked, log }
}

const predict = (call, body, headers = {}) => call('POST', '/predict', { headers: { 'x-api-key': key, ...headers }, body })

test('predict: passes text and version on and wraps the answer', async () => {
  const { call, asked } = await gateway({ routes: { 'POST /predict': json(200, prediction) } })

  const answer = await predict(call, { text: 'this is great', version: '1.0.0', more: true }, { 'x-request-id': 'id-1' })

  assert.equal(answer.status, 200)
  assert.deepEqual(answer.json, { source: 'fastify', requestId: 'id-1', result: prediction })
  assert.deepEqual(asked[0].body, { text: 'this is great', version: '1.0.0' })
})

test('predict: without a version sends none', async () => {
  const { call, asked } = await gateway({ routes: { 'POST /predict': json(200, prediction) } })

  await predict(call, { text: 'this is great' })

  assert.deepEqual(asked[0].body, { text: 'this is great' })
})

test('request id and trace: one of each in the header, the body, the log and the call to the model server', async () => {
  const { call, asked, log } = await gateway({ routes: { 'POST /predict': json(200, prediction) } })
  const traceparent = `00-${trace}-b7ad6b7169203331-01`

  const answer = await predict(call, { text: 'x' }, { 'x-request-id': 'from-the_caller.1', traceparent })

  assert.equal(answer.headers['x-request-id'], 'from-the_caller.1')
  assert.equal(answer.json.requestId, 'from-the_caller.1')
  assert.equal(asked[0].headers['x-request-id'], 'from-the_caller.1')
  assert.equal(asked[0].headers.traceparent, traceparent)
  const lines = log.map((line) => JSON.parse(line)).filter((line) => line.requestId)
  assert.ok(lines.length >= 2)
  assert.ok(lines.every((line) => line.requestId === 'from-the_caller.1' && line.traceId === trace))
})

for (const unfit of ['with blanks in it', 'a'.repeat(129), 'semi;colon', '']) {
  test(`request id: "${unfit.slice(0, 20)}" is replaced by one of our own`, async () => {
    const { call, asked } = await gateway({ routes: { 'POST /predict': json(200, prediction) } })

    const answer = await predict(call, { text: 'x' }, { 'x-request-id': unfit })

    assert.match(answer.headers['x-request-id'], /^[0-9a-f-]{36}$/)
    assert.equal(answer.json.requestId, answer.headers['x-request-id'])
    assert.equal(asked[0].headers['x-request-id'], answer.headers['x-request-id'])
  })
}

test('admin: wraps the versions and the latest one', async () => {
  const models = [{ version: '1.0.0', metadata: {}, serving: true }]
  const latest = { version: '1.0.0', metadata: {}, signature: {}, status: {} }
  const { call } = await gateway({ routes: { 'GET /models': json(200, models), 'GET /models/latest': json(200, latest) } })

  const all = await call('GET', '/admin/models')
  const last = await call('GET', '/admin/models/latest')

  assert.deepEqual(all.json, { source: 'fastify', requestId: all.headers['x-request-id'], models })
  assert.deepEqual(last.json, { source: 'fastify', requestId: last.headers['x-request-id'], latestModel: latest })
})

test('health: needs no key and asks nobody', async () => {
  const { call, asked } = await gateway({ env: { API_KEYS: '' } })

  const answer = await call('GET', '/health', { headers: {} })

  assert.equal(answer.status, 200)
  assert.equal(answer.json.status, 'ok')
  assert.equal(asked.length, 0)
})

for (const [name, headers] of [['missing', {}], ['wrong', { 'x-api-key': 'wrong' }], ['empty', { 'x-api-key': '' }], ['long', { 'x-api-key': 'a'.repeat(10_000) }]]) {
  test(`key: ${name} is 401 and reaches no model server`, async () => {
    const { call, asked } = await gateway()

    for (const [method, url] of [['POST', '/predict'], ['GET', '/admin/models'], ['GET', '/admin/models/latest']]) {
      const answer = await call(method, url, { headers, body: method === 'POST' ? { text: 'x' } : undefined })
      assert.equal(answer.status, 401)
      assert.equal(answer.json.requestId, answer.headers['x-request-id'])
    }
    assert.equal(asked.length, 0)
  })
}

test('key: each of several is taken, and none is in the log', async () => {
  const { call, log } = await gateway({ routes: { 'POST /predict': json(200, prediction) } })

  for (const one of ['an-older-key', key]) {
    assert.equal((await predict(call, { text: 'x' }, { 'x-api-key': one })).status, 200)
  }

  assert.ok(log.length > 0)
  assert.ok(log.every((line) => !line.includes('an-older-key') && !line.includes(key)))
})

test('key: none configured is 500 that says so', async () => {
  const { call } = await gateway({ env: { API_KEYS: ' , ' } })

  const answer = await predict(call, { text: 'x' })

  assert.equal(answer.status, 500)
  assert.match(answer.json.detail, /API_KEYS/)
})

for (const [name, body] of [['no text', {}], ['a number for a text', { text: 5 }], ['a number for a version', { text: 'x', version: 1 }]]) {
  test(`body: ${name} is 400 and reaches no model server`, async () => {
    const { call, asked } = await gateway()

    assert.equal((await predict(call, body)).status, 400)
    assert.equal(asked.length, 0)
  })
}

test('body: what is not JSON is 400', async () => {
  const { call } = await gateway()

  const answer = await call('POST', '/predict', { headers: { 'x-api-key': key, 'content-type': 'application/json' }, body: '{"text":' })

  assert.equal(answer.status, 400)
  assert.equal(answer.json.status, 400)
})

test('path: an unknown one is 404 with a request id', async () => {
  const { call } = await gateway()

  const answer = await call('GET', '/nowhere')

  assert.equal(answer.status, 404)
  assert.equal(answer.json.requestId, answer.headers['x-request-id'])
})

test('model server: its errors are 502 with its status and body', async () => {
  const refusal = { title: 'Not Found', status: 404, detail: 'No version 9.9.9.', requestId: 'r' }
  const { call } = await gateway({ routes: { 'POST /predict': json(404, refusal) } })

  const answer = await predict(call, { text: 'x', version: '9.9.9' })

  assert.equal(answer.status, 502)
  assert.deepEqual(answer.json.upstream, { status: 404, body: refusal })
})

test('model server: a page of HTML is 502, whatever its status says', async () => {
  const page = '<!DOCTYPE html>'
  const { call } = await gateway({ routes: { 'POST /predict': (_, response) => response.end(page) } })

  const answer = await predict(call, { text: 'x' })

  assert.equal(answer.status, 502)
  assert.deepEqual(answer.json.upstream, { status: 200, body: page })
})

test('model server: one that closes in the middle is 502', async () => {
  const { call } = await gateway({ routes: { 'POST /predict': (_, response) => response.socket.destroy() } })

  assert.equal((await predict(call, { text: 'x' })).status, 502)
})

test('model server: one that never answers is 504', async () => {
  const { call } = await gateway({ routes: { 'POST /predict': () => {} }, env: { PYTHON_API_TIMEOUT_MS: '50' } })

  assert.equal((await predict(call, { text: 'x' })).status, 504)
})

test('model server: one below a path is asked below that path', async () => {
  const { call, asked } = await gateway({ pathPrefix: '/models-api/', routes: { 'GET /models-api/models': json(200, []) } })

  assert.equal((await call('GET', '/admin/models')).status, 200)
  assert.equal(asked[0].path, '/models-api/models')
})

for (const [name, env] of [['PYTHON_API_BASE_URL', { PYTHON_API_BASE_URL: 'model-api:8000' }], ['PORT', { PORT: '-1' }], ['PYTHON_API_TIMEOUT_MS', { PYTHON_API_TIMEOUT_MS: 'soon' }]]) {
  test(`settings: a bad ${name} is named`, () => assert.throws(() => readConfig(env), new RegExp(name)))
}
