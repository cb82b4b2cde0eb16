using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Skiff.ServiceDefaults;

/// <summary>
/// Decides by <c>X-API-Key</c> who may call. Several keys are valid at the same time, so that one can be replaced without a moment in which neither is;
/// keys from a file come and go with the file. Only hashes are kept, and compared in constant time.
/// </summary>
public sealed partial class ApiKeys : IDisposable
{
    /// <summary>The header that holds a key.</summary>
    public const string HeaderName = "X-API-Key";

    /// <summary>The name of every key that was given none.</summary>
    public const string Unnamed = ApiKeySet.Unnamed;

    private readonly ApiKeyOptions _options;
    private readonly ApiKeySet _fixed;
    private readonly WatchedFiles<ApiKeySet>? _file;

    /// <summary>Reads the keys, and goes on watching their file.</summary>
    /// <param name="options">Where they are.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Is told when keys change; never a key.</param>
    /// <exception cref="FormatException">A key that is not in a file is malformed.</exception>
    public ApiKeys(ApiKeyOptions options, TimeProvider time, ILogger<ApiKeys> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _fixed = ApiKeySet.Parse(options.Keys ?? string.Empty);
        _file = options.File is not { } path ? null : new WatchedFiles<ApiKeySet>(
            [path],
            static contents => ApiKeySet.Parse(Encoding.UTF8.GetString(contents[0])),
            keys => Log.Loaded(logger, keys.Count, path, string.Join(", ", keys.Names)),
            problem => Log.Kept(logger, path, problem),
            time);
    }

    /// <summary>Whether callers need a key.</summary>
    public bool IsAskedFor => _options.IsAskedFor;

    /// <summary>Decides about a request.</summary>
    /// <param name="headers">Its headers.</param>
    /// <param name="name">The key's name, where it is valid: for logs and metrics, in which the key itself never is.</param>
    public ApiKeyOutcome Check(IHeaderDictionary headers, out string? name)
    {
        ArgumentNullException.ThrowIfNull(headers);
        name = null;
        var fromFile = _file?.Current;
        if (_fixed.Count == 0 && fromFile is not { Count: > 0 })
        {
            return ApiKeyOutcome.NoneConfigured;
        }

        var sent = headers[HeaderName];
        if (sent.Count != 1 || string.IsNullOrWhiteSpace(sent[0]))
        {
            return ApiKeyOutcome.Missing;
        }

        name = (_fixed.Find(sent[0]!) ?? fromFile?.Find(sent[0]!))?.Name;
        return name is null ? ApiKeyOutcome.Wrong : ApiKeyOutcome.Accepted;
    }

    /// <summary>What a refused caller is told.</summary>
    public string Explain(ApiKeyOutcome outcome) => outcome switch
    {
        ApiKeyOutcome.Missing => $"the header {HeaderName} must hold one API key",
        ApiKeyOutcome.Wrong => $"the key in {HeaderName} is not valid",
        _ => $"no API keys are configured, so every call is refused: set {_options.Variable} or {_options.Variable}_FILE",
    };

    /// <summary>The status of a refusal.</summary>
    public static int Status(ApiKeyOutcome outcome) =>
        outcome == ApiKeyOutcome.NoneConfigured ? StatusCodes.Status500InternalServerError : StatusCodes.Status401Unauthorized;

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private static partial class Log
    {
        [LoggerMessage(EventIds.KeysLoaded, LogLevel.Information, "{Count} API keys from {Path}: {Names}")]
        internal static partial void Loaded(ILogger logger, int count, string path, string names);

        [LoggerMessage(EventIds.KeysKept, LogLevel.Error, "The API keys in {Path} cannot be read; those before stay: {Problem}")]
        internal static partial void Kept(ILogger logger, string path, string problem);
    }
}
