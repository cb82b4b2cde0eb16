using System.Text.Json.Nodes;

namespace Skiff.House.Tests.Deploy;

/// <summary>deploy/kserve against the schemas of KServe's custom resources.</summary>
public class KServeTests
{
    private static readonly Schema KServe = new("kserve");

    public static TheoryData<string> Files => [.. Repository.Files("deploy/kserve", ".yaml")];

    private static JsonNode Runtime => Assert.Single(Manifest.Read("deploy/kserve/cluster-serving-runtime.yaml"));

    [Theory]
    [MemberData(nameof(Files))]
    public void File_Schemas_AreMet(string path) => Repository.AssertNone(Manifest.Read(path).SelectMany(KServe.KindErrors));

    [Theory]
    [InlineData("{apiVersion: serving.kserve.io/v1alpha1, kind: ClusterServingRuntime, metadata: {name: a}, spec: {}}")]
    [InlineData("{apiVersion: serving.kserve.io/v1alpha1, kind: ClusterServingRuntime, metadata: {name: a}, spec: {containers: [{name: a, arg: [b]}]}}")]
    [InlineData("{apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, metadata: {name: a}, spec: {predictor: {model: {modelFormat: {version: '1'}}}}}")]
    [InlineData("{apiVersion: serving.kserve.io/v1, kind: InferenceService, metadata: {name: a}, spec: {predictor: {}}}")]
    public void Object_Wrong_IsRefused(string yaml) => Assert.NotEmpty(KServe.KindErrors(Assert.Single(Manifest.Parse(yaml))));

    [Fact]
    public void Runtime_Port_IsDeclaredAndListenedOn()
    {
        var container = Runtime["spec"]!["containers"]![0]!;

        Assert.Equal("kserve-container", (string?)container["name"]);
        Assert.Equal(8080, (long?)container["ports"]![0]!["containerPort"]);
        Assert.Contains("--port=8080", container["args"]!.AsArray().Select(argument => (string?)argument));
        Assert.Contains("--registry=/mnt/models", container["args"]!.AsArray().Select(argument => (string?)argument));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void InferenceService_NamesTheRuntime_AndGivesTimeToDrain(string path)
    {
        foreach (var predictor in Manifest.Read(path).Where(item => (string?)item["kind"] == "InferenceService").Select(item => item["spec"]!["predictor"]!))
        {
            Assert.Equal((string?)Runtime["metadata"]!["name"], (string?)predictor["model"]!["runtime"]);
            Assert.True((long)predictor["terminationGracePeriodSeconds"]! > Drain.Seconds);
        }
    }
}
