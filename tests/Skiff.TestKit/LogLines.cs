using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Skiff.TestKit;

/// <summary>Keeps what is logged.</summary>
public sealed class LogLines : ILoggerProvider
{
    /// <summary>What was kept, in the order in which it came.</summary>
    public ConcurrentQueue<LogLine> All { get; } = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
        // What was kept is still looked at.
    }

    private sealed class Logger(LogLines lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.All.Enqueue(new LogLine(
                category,
                logLevel,
                formatter(state, exception),
                (state as IEnumerable<KeyValuePair<string, object?>> ?? []).ToDictionary(static f => f.Key, static f => f.Value, StringComparer.Ordinal),
                Activity.Current?.TraceId.ToHexString(),
                exception));
    }
}
