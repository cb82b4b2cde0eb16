using System.Text.Json.Nodes;

namespace Skiff.House.Tests.Deploy;

/// <summary>deploy/compose against the Compose Specification, and against what docs/compose.md promises of it.</summary>
public class ComposeTests
{
    private static readonly Schema Specification = new("compose-spec");

    private static readonly JsonNode File = Assert.Single(Manifest.Read("deploy/compose/compose.yaml"));

    public static TheoryData<string> Services => [.. File["services"]!.AsObject().Select(service => service.Key)];

    [Fact]
    public void Compose_Specification_IsMet() => Repository.AssertNone(Specification.Errors(File));

    [Theory]
    [InlineData("services: {a: {image: b, memory: 1g}}")]
    [InlineData("services: {a: {image: b, depends_on: {c: {condition: service_ready}}}}")]
    [InlineData("services: {a: {image: b, cap_drop: ALL}}")]
    [InlineData("service: {a: {image: b}}")]
    public void Compose_WrongFile_IsRefused(string yaml) => Assert.NotEmpty(Specification.Errors(Assert.Single(Manifest.Parse(yaml))));

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_IsConfined(string name)
    {
        var service = Service(name);

        Assert.True((bool?)service["read_only"]);
        Assert.Equal("ALL", (string?)Assert.Single(service["cap_drop"]!.AsArray()));
        Assert.Equal("no-new-privileges:true", (string?)Assert.Single(service["security_opt"]!.AsArray()));
        Assert.NotNull(service["mem_limit"]);
        Assert.NotNull(service["pids_limit"]);
        Assert.Null(service["privileged"]);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_ForeignImage_IsOfOneVersion(string name)
    {
        var service = Service(name);

        Assert.True(service["build"] is not null || ((string)service["image"]!).Contains(':', StringComparison.Ordinal));
    }

    [Fact]
    public void ModelApi_IsInsideOnly_AndMayBeSeveral()
    {
        var service = Service("model-api");

        Assert.Null(service["ports"]);
        Assert.Null(service["container_name"]);
        Assert.Null(service["hostname"]);
        Assert.Equal("python-model-api", (string?)service["networks"]!["models"]!["aliases"]![0]);
        Assert.True((bool?)File["networks"]!["models"]!["internal"]);
        Assert.True((bool?)service["volumes"]![0]!["read_only"]);
    }

    [Fact]
    public void Gateway_StartsAfterTheModelServerIsHealthy()
    {
        Assert.Equal("service_healthy", (string?)Service("gateway")["depends_on"]!["model-api"]!["condition"]);
        Assert.Equal("/app/skiff", (string?)Service("model-api")["healthcheck"]!["test"]![1]);
    }

    [Fact]
    public void Observability_IsAskedFor() =>
        Assert.Equal(["grafana", "otel-collector", "prometheus"],
            File["services"]!.AsObject().Where(service => service.Value!["profiles"] is not null).Select(service => service.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void MountedFilesOfTheTree_Exist() =>
        Repository.AssertNone(
            from node in Manifest.All(File).OfType<JsonValue>()
            where node.TryGetValue(out string? text) && text.StartsWith('.') && text.Contains(':', StringComparison.Ordinal)
            let path = ((string)node!).Split(':')[0]
            where !Path.Exists(Repository.FullPath("deploy/compose/" + path))
            select path);

    private static JsonNode Service(string name) => File["services"]![name]!;
}
