using System.Reflection;
using System.Text.Json.Nodes;

namespace Skiff.House.Tests.Deploy;

/// <summary>deploy/azure, compiled by Azure's own compiler, which knows every resource's type.</summary>
public class AzureTests
{
    private static readonly string Compiler = typeof(AzureTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "Bicep").Value!;

    [Fact]
    public async Task Bicep_CompilesWithoutAWarning()
    {
        var (exitCode, template, error) = await BicepAsync("build", "--stdout", "deploy/azure/main.bicep");

        Assert.Equal("", error);
        Assert.Equal(0, exitCode);
        var nodes = Manifest.All(JsonNode.Parse(template)!).OfType<JsonObject>().ToArray();
        Assert.Equal(2, nodes.Count(node => node["type"] is JsonValue type && type.ToString() == "Microsoft.App/containerApps"));
        Assert.All(nodes.Select(node => node["terminationGracePeriodSeconds"]).OfType<JsonNode>(), seconds => Assert.True((int)seconds > Drain.Seconds));
    }

    [Fact]
    public async Task Bicep_UnknownProperty_IsRefused()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.bicep");
        await File.WriteAllTextAsync(file, """
            resource app 'Microsoft.App/containerApps@2024-03-01' = {
              name: 'a'
              location: 'b'
              properties: { template: { container: [] } }
            }
            """, TestContext.Current.CancellationToken);
        try
        {
            Assert.NotEqual("", (await BicepAsync("build", "--stdout", file)).Error);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<(int ExitCode, string Output, string Error)> BicepAsync(params string[] arguments)
    {
        Assert.SkipUnless(File.Exists(Compiler), $"needs {Path.GetFileName(Compiler)} for Linux on x64");
        if (!OperatingSystem.IsWindows())
        {
            // Packages do not keep that a file is a program.
            File.SetUnixFileMode(Compiler, File.GetUnixFileMode(Compiler) | UnixFileMode.UserExecute);
        }

        return await Tool.RunAsync(Compiler, arguments);
    }
}
