namespace Skiff.Server.Tests;

internal static class Resource
{
    internal static string Read(string name)
    {
        using var stream = typeof(Resource).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    internal static IEnumerable<string> Lines(string name) => Read(name).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
