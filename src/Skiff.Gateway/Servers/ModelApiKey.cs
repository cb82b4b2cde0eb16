using System.Text;
using Microsoft.Extensions.Logging;
using Skiff.ServiceDefaults;

namespace Skiff.Gateway;

/// <summary>The key that the model servers ask for, from a file that is read again when it changes.</summary>
internal sealed partial class ModelApiKey : IDisposable
{
    private readonly WatchedFiles<string>? _file;

    public ModelApiKey(GatewayOptions options, TimeProvider time, ILogger<ModelApiKey> logger)
    {
        _file = options.ModelApiKeyFile is not { } path ? null : new WatchedFiles<string>(
            [path],
            static contents => Encoding.UTF8.GetString(contents[0]).Trim() is { Length: > 0 } key ? key : throw new FormatException("it is empty"),
            static _ => { },
            problem => Log.Kept(logger, path, problem),
            time);
    }

    /// <summary>The key; null where there is none.</summary>
    internal string? Current => _file?.Current;

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private static partial class Log
    {
        [LoggerMessage(EventIds.ModelKeyKept, LogLevel.Error, "The model servers' API key in {Path} cannot be read; the one before stays: {Problem}")]
        internal static partial void Kept(ILogger logger, string path, string problem);
    }
}
