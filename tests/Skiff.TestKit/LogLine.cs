using Microsoft.Extensions.Logging;

namespace Skiff.TestKit;

/// <summary>One line of a log, as <see cref="LogLines"/> keeps it.</summary>
/// <param name="Category">Who wrote it.</param>
/// <param name="Level">Its level.</param>
/// <param name="Message">Its text.</param>
/// <param name="Fields">The values of the text by name.</param>
/// <param name="TraceId">The trace that it was written in; null for none.</param>
/// <param name="Exception">What it tells of, if anything.</param>
public sealed record LogLine(
    string Category, LogLevel Level, string Message, IReadOnlyDictionary<string, object?> Fields, string? TraceId, Exception? Exception);
