using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Skiff.ServiceDefaults;

/// <summary>The keys that are valid now. Immutable.</summary>
internal sealed class ApiKeySet
{
    /// <summary>The name of a key that was given none.</summary>
    internal const string Unnamed = "unnamed";

    private const int LongestName = 64;
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    private readonly ApiKey[] _keys;

    private ApiKeySet(ApiKey[] keys)
    {
        _keys = keys;
    }

    internal int Count => _keys.Length;

    internal IEnumerable<string> Names => _keys.Select(static k => k.Name).Distinct(StringComparer.Ordinal);

    /// <summary>Reads keys: separated by commas or line ends, each as <c>key</c> or <c>name:key</c>.</summary>
    /// <exception cref="FormatException">A key is empty, or its name is none; the message does not hold the key.</exception>
    internal static ApiKeySet Parse(params IEnumerable<string> texts)
    {
        var keys = new List<ApiKey>();
        foreach (var line in texts.SelectMany(static t => t.Split('\n')).Select(static l => l.Trim()).Where(static l => !l.StartsWith('#')))
        {
            foreach (var entry in SettingValue.List(line, ','))
            {
                keys.Add(ParseEntry(entry, keys.Count + 1));
            }
        }

        return new ApiKeySet([.. keys]);
    }

    /// <summary>The key that was sent, if it is one of these. Takes the same time whichever it is, and when it is none.</summary>
    internal ApiKey? Find(string sent)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(sent, hash);
        ApiKey? found = null;
        foreach (var key in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, key.Hash))
            {
                found ??= key;
            }
        }

        return found;
    }

    private static ApiKey ParseEntry(string entry, int place)
    {
        var name = Unnamed;
        var colon = entry.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0)
        {
            name = entry[..colon].TrimEnd();
            entry = entry[(colon + 1)..].TrimStart();
            if (name.Length is 0 or > LongestName || name.AsSpan().ContainsAnyExcept(NameCharacters))
            {
                throw new SettingException(
                    $"what stands before the colon of key {place} is not a name of 1 to {LongestName} characters of A-Za-z0-9._-; a key that holds a colon needs a name in front");
            }
        }

        if (entry.Length == 0)
        {
            throw new SettingException($"key {place} is empty");
        }

        var hash = new byte[SHA256.HashSizeInBytes];
        Hash(entry, hash);
        return new ApiKey(name, hash);
    }

    private static void Hash(string key, Span<byte> destination)
    {
        const int Short = 256;
        var length = Encoding.UTF8.GetMaxByteCount(key.Length);
        var rented = length > Short ? ArrayPool<byte>.Shared.Rent(length) : null;
        var bytes = rented ?? stackalloc byte[Short];
        var written = Encoding.UTF8.GetBytes(key, bytes);
        SHA256.HashData(bytes[..written], destination);
        CryptographicOperations.ZeroMemory(bytes[..written]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
