/** Whether the gateway itself lives. Needs no key, and asks nobody. */
export async function healthRoutes(app) {
  app.get('/health', async (request) => ({ status: 'ok', source: 'fastify', requestId: request.id }))
}
