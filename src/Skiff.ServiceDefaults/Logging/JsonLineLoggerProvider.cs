using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Skiff.ServiceDefaults;

/// <summary>Writes log events as JSON, one a line, in the order in which they happen.</summary>
/// <param name="output">Where to.</param>
/// <param name="time">The clock.</param>
internal sealed class JsonLineLoggerProvider(Stream output, TimeProvider time) : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentDictionary<string, JsonLineLogger> _loggers = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> _line = new(1024);
    private readonly Lock _lock = new();

    internal IExternalScopeProvider? Scopes { get; private set; }

    internal TimeProvider Time => time;

    public ILogger CreateLogger(string categoryName) => _loggers.GetOrAdd(categoryName, static (name, provider) => new JsonLineLogger(provider, name), this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

    public void Dispose()
    {
        lock (_lock)
        {
            output.Dispose();
        }
    }

    /// <summary>Writes one line; a reader never sees half of it, nor two mixed.</summary>
    internal void Write<TState>(TState state, Action<ArrayBufferWriter<byte>, TState> compose)
    {
        lock (_lock)
        {
            _line.ResetWrittenCount();
            compose(_line, state);
            _line.Write("\n"u8);
            try
            {
                output.Write(_line.WrittenSpan);
                output.Flush();
            }
            catch (IOException)
            {
                // Whoever read the log is gone; serving matters more.
            }
            catch (ObjectDisposedException)
            {
                // The last words of a process that has closed its log.
            }
        }
    }
}
