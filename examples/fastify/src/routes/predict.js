const body = {
  type: 'object',
  required: ['text'],
  properties: {
    text: { type: 'string' },
    version: { type: 'string', nullable: true }
  }
}

export async function predictRoutes(app) {
  app.post('/predict', { schema: { body } }, async (request) => {
    const { text, version } = request.body
    const result = await app.modelApi(request, 'POST', '/predict', { text, version })
    return { source: 'fastify', requestId: request.id, result }
  })
}
