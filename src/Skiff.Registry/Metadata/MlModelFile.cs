using System.Text;

namespace Skiff.Registry;

/// <summary>
/// Reads of an MLflow model directory's <c>MLmodel</c> just the name of the pickle: <c>flavors: sklearn: pickled_model</c>, else
/// <c>flavors: python_function: model_path</c>. Block mappings with plain or quoted scalars, as MLflow writes them; other YAML names nothing.
/// </summary>
internal static class MlModelFile
{
    internal const string FileName = "MLmodel";

    private const int MaxLength = 1 << 20;

    /// <summary>The named file, or null when it names none.</summary>
    internal static string? ReadModelName(string path)
    {
        if (new FileInfo(path) is not { Exists: true, Length: <= MaxLength })
        {
            return null;
        }

        return ParseModelName(Encoding.UTF8.GetString(File.ReadAllBytes(path)));
    }

    internal static string? ParseModelName(string yaml)
    {
        string? sklearn = null;
        string? pythonFunction = null;
        string? flavor = null;
        var inFlavors = false;
        var flavorIndent = -1;
        foreach (var rawLine in yaml.AsSpan().EnumerateLines())
        {
            var line = rawLine.TrimEnd();
            var content = line.TrimStart(' ');
            if (content.IsEmpty || content[0] == '#')
            {
                continue;
            }

            var indent = line.Length - content.Length;
            if (indent == 0)
            {
                inFlavors = content is "flavors:";
                flavorIndent = -1;
                flavor = null;
                continue;
            }

            if (!inFlavors || !TrySplit(content, out var key, out var value))
            {
                continue;
            }

            if (flavorIndent < 0 || indent <= flavorIndent)
            {
                flavorIndent = indent;
                flavor = key.ToString();
            }
            else if (flavor == "sklearn" && key is "pickled_model")
            {
                sklearn ??= Unquote(value);
            }
            else if (flavor == "python_function" && key is "model_path")
            {
                pythonFunction ??= Unquote(value);
            }
        }

        return sklearn ?? pythonFunction;
    }

    private static bool TrySplit(ReadOnlySpan<char> line, out ReadOnlySpan<char> key, out ReadOnlySpan<char> value)
    {
        var colon = line.IndexOf(':');
        key = colon < 0 ? [] : line[..colon];
        value = colon < 0 ? [] : line[(colon + 1)..];
        var isMapping = colon > 0 && (value.IsEmpty || value[0] == ' ');
        value = value.Trim(' ');
        return isMapping;
    }

    private static string? Unquote(ReadOnlySpan<char> value)
    {
        if (value is ['\'' or '"', ..])
        {
            var end = value[1..].IndexOf(value[0]);
            return end < 0 ? null : value.Slice(1, end).ToString();
        }

        var comment = value.IndexOf(" #");
        var plain = comment < 0 ? value : value[..comment].TrimEnd(' ');
        return plain.IsEmpty || plain is "null" or "~" ? null : plain.ToString();
    }
}
