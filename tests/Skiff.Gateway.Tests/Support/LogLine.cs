using Microsoft.Extensions.Logging;

namespace Skiff.Gateway.Tests.Support;

/// <summary>One line of the log.</summary>
internal sealed record LogLine(
    string Category, LogLevel Level, string Message, IReadOnlyDictionary<string, object?> Fields, string? TraceId, Exception? Exception);
