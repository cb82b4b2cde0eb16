using System.IO.Compression;
using System.Text;

namespace Skiff.Python.Tests.Unicode;

/// <summary>Reads what tools/unicode/generate_reference.py recorded.</summary>
internal static class ReferenceFile
{
    internal static string[] ReadLines(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Unicode", "Data", name);
        using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var reader = new StreamReader(file, Encoding.ASCII);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
    }
}
