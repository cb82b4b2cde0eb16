using Skiff.Models;
using Skiff.Pickle;

namespace Skiff.Sklearn;

/// <summary>Reads the files of a version, each once, and finds what an entry such as <c>bundle.pkl#model</c> addresses.</summary>
internal sealed class ArtifactReader(ModelSource source, PickleOptions options, CancellationToken cancellation)
{
    private readonly Dictionary<string, object?> _roots = [];

    /// <summary>Takes a file's content as read, so that it is not read again.</summary>
    public void Add(string file, PickleDocument document) => _roots.Add(file, document.Root);

    /// <summary>What an entry addresses.</summary>
    /// <exception cref="ModelLoadException">There is no such file or key, or the file is neither a pickle nor a booster's own.</exception>
    public object? Read(string entry)
    {
        var (file, key) = Split(entry);
        var root = Open(file);
        if (key is null)
        {
            return root;
        }

        if (root is not PyDict dict)
        {
            throw new ModelLoadException($"{entry}: {file} holds {Describe.Value(root)}, not a dict");
        }

        return dict.TryGetValue(key, out var value)
            ? value
            : throw new ModelLoadException($"{entry}: {file} has no key '{key}'; it has {string.Join(", ", dict.Entries.Select(e => e.Key).OfType<string>())}");
    }

    /// <summary>An entry's file and key.</summary>
    public static (string File, string? Key) Split(string entry)
    {
        var hash = entry.IndexOf('#');
        return hash < 0 ? (entry, null) : (entry[..hash], entry[(hash + 1)..]);
    }

    private object? Open(string file)
    {
        if (_roots.TryGetValue(file, out var known))
        {
            return known;
        }

        try
        {
            var path = Path.Combine(source.Directory, file);
            var root = BoosterFile.TryRead(path) ?? PickleReader.Read(path, options, cancellation).Root;
            _roots.Add(file, root);
            return root;
        }
        catch (ModelLoadException e)
        {
            throw new ModelLoadException($"{file}: {e.Message}", e);
        }
        catch (PickleException e)
        {
            throw new ModelLoadException($"{file}: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new ModelLoadException($"{file}: {e.Message}", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ModelLoadException($"{file}: {e.Message}", e);
        }
    }
}
