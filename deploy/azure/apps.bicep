// The two programs, in the environment that main.bicep makes.

param location string
param environmentId string
param storageName string
param identityId string
param imageServer string
param imageTag string
@secure()
param apiKeys string
param modelReplicas { min: int, max: int }

resource modelApi 'Microsoft.App/containerApps@2024-03-01' = {
  name: 'python-model-api'
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    environmentId: environmentId
    configuration: {
      activeRevisionsMode: 'Single'
      registries: [{ server: imageServer, identity: identityId }]
      ingress: {
        external: false
        targetPort: 8000
        transport: 'http'
        // Inside the environment the gateway calls it in clear text.
        allowInsecure: true
      }
    }
    template: {
      // Above the 5 s of serving on and the 25 s of finishing that follow SIGTERM.
      terminationGracePeriodSeconds: 40
      containers: [
        {
          name: 'model-api'
          image: '${imageServer}/python-model-api:${imageTag}'
          resources: { cpu: json('0.5'), memory: '1Gi' }
          volumeMounts: [{ volumeName: 'registry', mountPath: '/app/registry' }]
          probes: [
            { type: 'Startup', httpGet: { path: '/health/startup', port: 8000 }, periodSeconds: 10, failureThreshold: 10 }
            { type: 'Liveness', httpGet: { path: '/health/live', port: 8000 }, periodSeconds: 10 }
            { type: 'Readiness', httpGet: { path: '/health/ready', port: 8000 }, periodSeconds: 5 }
          ]
        }
      ]
      volumes: [{ name: 'registry', storageType: 'AzureFile', storageName: storageName }]
      scale: {
        minReplicas: modelReplicas.min
        maxReplicas: modelReplicas.max
        rules: [{ name: 'concurrency', http: { metadata: { concurrentRequests: '10' } } }]
      }
    }
  }
}

resource gateway 'Microsoft.App/containerApps@2024-03-01' = {
  name: 'gateway'
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    environmentId: environmentId
    configuration: {
      activeRevisionsMode: 'Single'
      registries: [{ server: imageServer, identity: identityId }]
      secrets: [{ name: 'api-keys', value: apiKeys }]
      ingress: {
        external: true
        targetPort: 3000
        transport: 'auto'
      }
    }
    template: {
      terminationGracePeriodSeconds: 40
      containers: [
        {
          name: 'gateway'
          image: '${imageServer}/skiff-gateway:${imageTag}'
          resources: { cpu: json('0.25'), memory: '0.5Gi' }
          env: [
            { name: 'MODEL_API_BASE_URL', value: 'http://${modelApi.name}' }
            { name: 'API_KEYS_FILE', value: '/mnt/secrets/api-keys' }
          ]
          volumeMounts: [{ volumeName: 'secrets', mountPath: '/mnt/secrets' }]
          probes: [
            { type: 'Startup', httpGet: { path: '/health/startup', port: 3000 }, periodSeconds: 10, failureThreshold: 10 }
            { type: 'Liveness', httpGet: { path: '/health/live', port: 3000 }, periodSeconds: 10 }
            { type: 'Readiness', httpGet: { path: '/health/ready', port: 3000 }, periodSeconds: 5 }
          ]
        }
      ]
      volumes: [{ name: 'secrets', storageType: 'Secret', secrets: [{ secretRef: 'api-keys', path: 'api-keys' }] }]
      scale: {
        minReplicas: 2
        maxReplicas: 5
        rules: [{ name: 'concurrency', http: { metadata: { concurrentRequests: '100' } } }]
      }
    }
  }
}

output url string = 'https://${gateway.properties.configuration.ingress.fqdn}'
