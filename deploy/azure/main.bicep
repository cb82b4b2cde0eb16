// Skiff on Azure Container Apps: the model server inside, the gateway in front of it, the model registry on an Azure Files share.
// docs/azure.md has the commands.

@description('Where everything is put.')
param location string = resourceGroup().location

@description('What the names of all resources begin with.')
@minLength(3)
@maxLength(11)
param name string = 'skiff'

@description('Tag of both images in the registry that this file makes.')
param imageTag string = '0.1.0'

@description('False at first: the images have to be pushed to the registry before anything can run from them.')
param deployApps bool = false

@description('Keys that clients send as X-API-Key, one a line, each as key or name:key.')
@secure()
param apiKeys string

@description('How many model servers run at least and at most.')
param modelReplicas { min: int, max: int } = { min: 2, max: 10 }

var suffix = uniqueString(resourceGroup().id)

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
  }
}

resource images 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
  name: '${name}${suffix}'
  location: location
  sku: { name: 'Basic' }
  properties: { adminUserEnabled: false }
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

// AcrPull: may read images and nothing else.
var acrPull = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')

resource mayPull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(images.id, identity.id, acrPull)
  scope: images
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: acrPull
  }
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: '${name}${suffix}'
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    allowBlobPublicAccess: false
  }

  resource files 'fileServices' = {
    name: 'default'

    resource share 'shares' = {
      name: 'model-registry'
      properties: { shareQuota: 10 }
    }
  }
}

resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${name}-environment'
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }

  resource registry 'storages' = {
    name: 'model-registry'
    properties: {
      azureFile: {
        accountName: storage.name
        accountKey: storage.listKeys().keys[0].value
        shareName: storage::files::share.name
        accessMode: 'ReadOnly'
      }
    }
  }
}

module apps 'apps.bicep' = if (deployApps) {
  name: '${name}-apps'
  params: {
    location: location
    environmentId: environment.id
    storageName: environment::registry.name
    identityId: identity.id
    imageServer: images.properties.loginServer
    imageTag: imageTag
    apiKeys: apiKeys
    modelReplicas: modelReplicas
  }
  dependsOn: [mayPull]
}

output imageServer string = images.properties.loginServer
output storageAccount string = storage.name
output url string = deployApps ? apps!.outputs.url : ''
