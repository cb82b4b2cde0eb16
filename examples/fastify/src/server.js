import { buildApp } from './app.js'
import { readConfig } from './config.js'

const config = readConfig()
const app = await buildApp(config)

for (const signal of ['SIGINT', 'SIGTERM']) {
  // Finishes what is under way, takes nothing new, and lets the process end by itself.
  process.once(signal, () => app.close())
}

await app.listen({ host: config.host, port: config.port })
