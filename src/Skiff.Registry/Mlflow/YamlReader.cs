using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Skiff.Registry;

/// <summary>
/// Reads a small YAML file into dictionaries, lists and texts. Bounded: YAML nests as deep as it likes, and an alias may stand for anything.
/// Tags, anchors and aliases name nothing here; MLflow writes none.
/// </summary>
internal static class YamlReader
{
    private const int MaxLength = 1 << 20;
    private const int MaxDepth = 32;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What is wrong with it, or null.</param>
    /// <returns>Its outermost mapping; null with <paramref name="problem"/>.</returns>
    internal static IReadOnlyDictionary<string, object?>? Read(string path, out string? problem)
    {
        if (new FileInfo(path) is not { Exists: true, Length: <= MaxLength })
        {
            problem = $"it is longer than {MaxLength} bytes, or gone";
            return null;
        }

        return Parse(File.ReadAllText(path), out problem);
    }

    /// <summary>Reads a text.</summary>
    internal static IReadOnlyDictionary<string, object?>? Parse(string yaml, out string? problem)
    {
        try
        {
            var parser = new Parser(new StringReader(yaml));
            parser.Consume<StreamStart>();
            if (parser.TryConsume<DocumentStart>(out _) && ReadNode(parser, 0) is Dictionary<string, object?> mapping)
            {
                problem = null;
                return mapping;
            }

            problem = "it is no mapping";
        }
        catch (YamlException e)
        {
            problem = RegistryProblem.Bound($"it is no YAML that can be read: {e.Message}");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The parser fails in more ways than its own exception on what no YAML writer writes; what these say names no place.
            problem = "it is no YAML that can be read";
        }

        return null;
    }

    private static object? ReadNode(Parser parser, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new YamlException(parser.Current!.Start, parser.Current.End, $"it is nested more than {MaxDepth} deep");
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return scalar.IsPlainImplicit && scalar.Value is "" or "null" or "~" ? null : scalar.Value;
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<object?>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(ReadNode(parser, depth + 1));
            }

            return items;
        }

        if (parser.TryConsume<MappingStart>(out _))
        {
            var entries = new Dictionary<string, object?>(StringComparer.Ordinal);
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = ReadNode(parser, depth + 1);
                var value = ReadNode(parser, depth + 1);
                if (key is string name)
                {
                    entries[name] = value;
                }
            }

            return entries;
        }

        parser.MoveNext();
        return null;
    }
}
