using System.Security.Cryptography;

namespace Skiff.ServiceDefaults;

/// <summary>
/// What small files hold (a certificate, keys), read again when they change. Their content is compared, not their times: a mounted Kubernetes secret
/// changes behind a link whose own time stays. What cannot be read leaves what was read before in place.
/// </summary>
/// <typeparam name="T">What is made of them. Immutable.</typeparam>
public sealed class WatchedFiles<T> : IDisposable
    where T : class
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly string[] _paths;
    private readonly Func<byte[][], T> _read;
    private readonly Action<T> _changed;
    private readonly Action<string> _kept;
    private readonly ITimer _timer;
    private byte[]? _sum;
    private string? _problem;
    private volatile T? _current;

    /// <summary>Reads the files for the first time, and goes on looking.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="read">Makes something of their bytes.</param>
    /// <param name="changed">Is told of everything that was read.</param>
    /// <param name="kept">Is told why something could not be read, once for the same reason.</param>
    /// <param name="time">The clock.</param>
    public WatchedFiles(string[] paths, Func<byte[][], T> read, Action<T> changed, Action<string> kept, TimeProvider time)
    {
        _paths = paths;
        _read = read;
        _changed = changed;
        _kept = kept;
        Look();
        _timer = time.CreateTimer(static state => ((WatchedFiles<T>)state!).Look(), this, LookInterval, LookInterval);
    }

    /// <summary>What was read last; null where nothing could be read yet.</summary>
    public T? Current => _current;

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    /// <summary>Looks for a change now.</summary>
    public void Look()
    {
        lock (_lock)
        {
            try
            {
                var contents = Array.ConvertAll(_paths, File.ReadAllBytes);
                var sum = Sum(contents);
                if (_sum is not null && sum.AsSpan().SequenceEqual(_sum))
                {
                    _problem = null;
                    return;
                }

                var current = _read(contents);
                _sum = sum;
                _problem = null;
                _current = current;
                _changed(current);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or FormatException)
            {
                if (_problem != e.Message)
                {
                    _problem = e.Message;
                    _kept(e.Message);
                }
            }
        }
    }

    // Not the contents themselves: they are secrets.
    private static byte[] Sum(byte[][] contents)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var content in contents)
        {
            hash.AppendData(BitConverter.GetBytes(content.Length));
            hash.AppendData(content);
        }

        return hash.GetHashAndReset();
    }
}
