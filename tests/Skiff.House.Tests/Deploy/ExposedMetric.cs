using System.Text.RegularExpressions;

namespace Skiff.House.Tests.Deploy;

/// <summary>A family of metrics that a program declares, read from its code.</summary>
internal sealed partial record ExposedMetric(string Name, string Type, IReadOnlyList<string> Labels)
{
    private const string Process = "src/Skiff.ServiceDefaults/Metrics/MetricRegistry.cs";

    /// <summary>Those of the model server.</summary>
    public static IReadOnlyList<ExposedMetric> ModelServer { get; } = [.. Declared("src/Skiff.Server/Inference/ServerMetrics.cs"), .. Declared(Process)];

    /// <summary>Those of the gateway.</summary>
    public static IReadOnlyList<ExposedMetric> Gateway { get; } = [.. Declared("src/Skiff.Gateway/Hosting/GatewayMetrics.cs"), .. Declared(Process)];

    /// <summary>The name of each series that some program exposes, with the labels that it has.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Series { get; } = ModelServer.Union(Gateway)
        .SelectMany(metric => metric.SeriesNames().Select(series => (series.Name, series.Labels)))
        .DistinctBy(series => series.Name)
        .ToDictionary(series => series.Name, series => series.Labels, StringComparer.Ordinal);

    /// <summary>What code declares.</summary>
    public static IEnumerable<ExposedMetric> Parse(string code) =>
        from match in Declaration().Matches(code)
        let labels = from capture in match.Groups["label"].Captures select capture.Value
        select new ExposedMetric(match.Groups["name"].Value, TypeOf(match.Groups["kind"].Value), [.. labels]);

    public bool Equals(ExposedMetric? other) => other is not null && Name == other.Name && Type == other.Type && Labels.SequenceEqual(other.Labels);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    private static ExposedMetric[] Declared(string file)
    {
        var code = Repository.Read(file);
        var declared = Parse(code).ToArray();
        Assert.NotEmpty(declared);
        Assert.Equal(Call().Count(code), declared.Length);
        return declared;
    }

    private static string TypeOf(string kind) => kind switch
    {
        "Histogram" => "histogram",
        "Gauge" => "gauge",
        _ => "counter",
    };

    private IEnumerable<(string Name, IReadOnlyList<string> Labels)> SeriesNames() => Type == "histogram"
        ? [(Name + "_bucket", [.. Labels, "le"]), (Name + "_sum", Labels), (Name + "_count", Labels)]
        : [(Name, Labels)];

    // A call with a text, not the declaration of the method itself.
    [GeneratedRegex(@"\b(?:Counter|Histogram|Gauge|Total)\(\s*""")]
    private static partial Regex Call();

    [GeneratedRegex(@"\b(?<kind>Counter|Histogram|Gauge|Total)\(\s*""(?<name>[a-z0-9_]+)"",\s*""[^""]*""(?:,\s*\w*Bounds)?(?:,\s*\[?(?:""(?<label>[a-z]+)""(?:,\s*)?)+\]?)?")]
    private static partial Regex Declaration();
}
