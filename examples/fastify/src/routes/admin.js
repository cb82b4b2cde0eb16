/** Which versions of the model there are, and which one answers. */
export async function adminRoutes(app) {
  app.get('/models', async (request) => {
    const models = await app.modelApi(request, 'GET', '/models')
    return { source: 'fastify', requestId: request.id, models }
  })

  app.get('/models/latest', async (request) => {
    const latestModel = await app.modelApi(request, 'GET', '/models/latest')
    return { source: 'fastify', requestId: request.id, latestModel }
  })
}
