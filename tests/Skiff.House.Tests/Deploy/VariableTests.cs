using System.Text.RegularExpressions;

namespace Skiff.House.Tests.Deploy;

/// <summary>A variable that a manifest sets but no program reads does nothing, silently.</summary>
public partial class VariableTests
{
    /// <summary>Of the gateway, and of OpenTelemetry.</summary>
    private static readonly string[] Others = ["MODEL_API_BASE_URL", "API_KEYS_FILE", "OTEL_EXPORTER_OTLP_ENDPOINT"];

    [Fact]
    public void Manifests_Variables_AreSettings()
    {
        var known = VariableName().Matches(Repository.Read("docs/configuration.md")).Select(match => match.Value).Concat(Others).ToHashSet(StringComparer.Ordinal);

        var manifests = from file in Repository.Files("deploy", ".yaml").Concat(Repository.Files("deploy", ".bicep"))
                        from match in Environment().Matches(Repository.Read(file))
                        let name = match.Groups["name"].Value
                        where !name.StartsWith("GF_", StringComparison.Ordinal) && !known.Contains(name)
                        select $"{file}: {name}";

        Repository.AssertNone(manifests);
    }

    [Theory]
    [InlineData("name: 'SKIFF_NONE', value", "SKIFF_NONE")]
    [InlineData("- name: SKIFF_NONE", "SKIFF_NONE")]
    [InlineData("      SKIFF_NONE: 1", "SKIFF_NONE")]
    public void Manifests_Variable_IsFound(string line, string name) => Assert.Equal(name, Environment().Match(line).Groups["name"].Value);

    [GeneratedRegex("(?<=`)[A-Z][A-Z0-9_]+(?=`)")]
    private static partial Regex VariableName();

    [GeneratedRegex(@"(?:name: '?|^\s+)(?<name>[A-Z][A-Z0-9]*_[A-Z0-9_]+)(?:'|:|\s*$)", RegexOptions.Multiline)]
    private static partial Regex Environment();
}
