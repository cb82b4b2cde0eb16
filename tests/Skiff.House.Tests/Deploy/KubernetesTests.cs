using System.Globalization;
using System.Text.Json.Nodes;

namespace Skiff.House.Tests.Deploy;

/// <summary>deploy/kubernetes, rendered by kubectl, against Kubernetes' own schemas and its restricted pod security standard.</summary>
public class KubernetesTests
{
    private const string Folder = "deploy/kubernetes";

    /// <summary>What a kubectl says that has a kustomize of its time in it. The one of Debian 12, 1.20, has a kustomize of 2019 and does not say.</summary>
    private const string Kustomize = "Kustomize Version: v5";

    private static readonly Schema Kubernetes = new("kubernetes");

    public static TheoryData<string> Kustomizations =>
    [
        Folder,
        .. Directory.EnumerateDirectories(Repository.FullPath(Folder + "/overlays")).Select(folder => $"{Folder}/overlays/{Path.GetFileName(folder)}").Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Kustomizations))]
    public async Task Kustomization_Schemas_AreMet(string folder)
    {
        var objects = await RenderAsync(folder);

        Assert.NotEmpty(objects);
        Repository.AssertNone(objects.SelectMany(item => Kubernetes.KindErrors(item).Select(error => $"{item["kind"]}/{item["metadata"]?["name"]} {error}")));
    }

    [Theory]
    [InlineData("{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {port: 80}}")]
    [InlineData("{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: '80'}]}}")]
    [InlineData("{apiVersion: v1, kind: Service, spec: {}}")]
    [InlineData("{apiVersion: apps/v1beta1, kind: Deployment, metadata: {name: a}}")]
    [InlineData("{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {}, template: {spec: {containers: [{image: a}]}}}}")]
    [InlineData("{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {maxUnavailable: [1]}}")]
    public void Object_Wrong_IsRefused(string yaml) => Assert.NotEmpty(Kubernetes.KindErrors(Assert.Single(Manifest.Parse(yaml))));

    [Theory]
    [MemberData(nameof(Kustomizations))]
    public async Task Pods_MeetTheRestrictedStandard(string folder)
    {
        foreach (var pod in await PodsAsync(folder))
        {
            Assert.True((bool?)pod["securityContext"]!["runAsNonRoot"]);
            Assert.Equal("RuntimeDefault", (string?)pod["securityContext"]!["seccompProfile"]!["type"]);
            Assert.False((bool?)pod["automountServiceAccountToken"]);
            var security = Assert.Single(pod["containers"]!.AsArray())!["securityContext"]!;
            Assert.False((bool?)security["allowPrivilegeEscalation"]);
            Assert.True((bool?)security["readOnlyRootFilesystem"]);
            Assert.Equal("ALL", (string?)Assert.Single(security["capabilities"]!["drop"]!.AsArray()));
        }
    }

    [Theory]
    [MemberData(nameof(Kustomizations))]
    public async Task Pods_AreAskedByTheThreeProbes_AndGivenTimeToDrain(string folder)
    {
        foreach (var pod in await PodsAsync(folder))
        {
            var container = pod["containers"]![0]!;
            Assert.Equal("/health/startup", Probe(container, "startupProbe"));
            Assert.Equal("/health/live", Probe(container, "livenessProbe"));
            Assert.Equal("/health/ready", Probe(container, "readinessProbe"));
            Assert.True((int)pod["terminationGracePeriodSeconds"]!.GetValue<long>() > Drain.Seconds);
        }
    }

    [Theory]
    [MemberData(nameof(Kustomizations))]
    public async Task References_AreToWhatIsThere(string folder)
    {
        var objects = await RenderAsync(folder);
        var names = objects.Select(item => $"{item["kind"]}/{item["metadata"]!["name"]}").ToHashSet(StringComparer.Ordinal);
        var deployments = names.Where(name => name.StartsWith("Deployment/", StringComparison.Ordinal)).ToArray();

        Assert.Equal(deployments.Length, names.Count(name => name.StartsWith("HorizontalPodAutoscaler/", StringComparison.Ordinal)));
        Assert.Equal(deployments.Length, names.Count(name => name.StartsWith("PodDisruptionBudget/", StringComparison.Ordinal)));
        Assert.Equal(deployments.Length, names.Count(name => name.StartsWith("NetworkPolicy/", StringComparison.Ordinal)));
        Assert.All(objects.SelectMany(Manifest.All).Select(node => node is JsonObject ? node["scaleTargetRef"] : null).OfType<JsonNode>(),
            target => Assert.Contains($"{target["kind"]}/{target["name"]}", names));
        Assert.All(objects.SelectMany(Manifest.All).Select(node => node is JsonObject ? node["claimName"] : null).OfType<JsonNode>(),
            claim => Assert.Contains($"PersistentVolumeClaim/{claim}", names));
        Assert.All(objects.Where(item => (string?)item["kind"] is not "Namespace"), item => Assert.Equal("skiff", (string?)item["metadata"]!["namespace"]));
    }

    [Fact]
    public async Task Gateway_AsksForEachServersAddress()
    {
        var objects = await RenderAsync(Folder);
        var gateway = (await PodsAsync(Folder)).Select(pod => pod["containers"]![0]!).Single(container => (string?)container["name"] == "gateway");
        var address = new Uri((string)gateway["env"]!.AsArray().Single(variable => (string?)variable!["name"] == "MODEL_API_BASE_URL")!["value"]!);
        var service = objects.Single(item => (string?)item["kind"] == "Service" && (string?)item["metadata"]!["name"] == address.Host);

        Assert.Equal("None", (string?)service["spec"]!["clusterIP"]);
        Assert.Equal(address.Port.ToString(CultureInfo.InvariantCulture), service["spec"]!["ports"]![0]!["port"]!.ToString());
    }

    private static string? Probe(JsonNode container, string name) => (string?)container[name]?["httpGet"]?["path"];

    private static async Task<List<JsonNode>> PodsAsync(string folder) =>
        [.. (await RenderAsync(folder)).Where(item => (string?)item["kind"] == "Deployment").Select(item => item["spec"]!["template"]!["spec"]!)];

    private static async Task<List<JsonNode>> RenderAsync(string folder)
    {
        await Tool.SkipUnlessAsync(Kustomize, "kubectl", "version", "--client");
        var (exitCode, output, error) = await Tool.RunAsync("kubectl", "kustomize", folder);
        Assert.True(exitCode == 0, error);
        return Manifest.Parse(output);
    }
}
