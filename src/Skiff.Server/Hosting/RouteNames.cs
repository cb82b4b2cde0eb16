using Microsoft.AspNetCore.Http;

namespace Skiff.Server;

/// <summary>
/// The patterns of the server's paths, for spans: what callers put into a path is cut out, so that there are few names. Only spans that somebody records
/// are named, which keeps this off the way of a request.
/// </summary>
internal static class RouteNames
{
    private const string V1Models = "/v1/models";
    private const string V2Models = "/v2/models/";
    private const string Predict = ":predict";

    /// <summary>The pattern of a request's path with the prefix before it; null where nothing is there.</summary>
    internal static string? Find(HttpContext context, string prefix)
    {
        var path = context.Request.Path.Value ?? string.Empty;
        if (!path.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var own = path[prefix.Length..];
        return Find(own.Length > 1 ? own.TrimEnd('/') : own) is { } route ? prefix + route : null;
    }

    private static string? Find(string path) => path switch
    {
        "/predict" or "/health" or "/health/live" or "/health/ready" or "/health/startup" or "/models" or "/models/latest" or "/metrics" or "/openapi.json"
            or "/docs" or V1Models or "/v2" or "/v2/health/live" or "/v2/health/ready" => path,
        _ when path.StartsWith("/models/", StringComparison.Ordinal) => "/models/{version}",
        _ when path.StartsWith(V2Models, StringComparison.Ordinal) => FindV2(path[V2Models.Length..].Split('/')),
        _ when path.StartsWith(V1Models + "/", StringComparison.Ordinal) => FindV1(path),
        _ => null,
    };

    private static string FindV1(string path)
    {
        var model = path.Contains("/versions/", StringComparison.Ordinal) ? "/v1/models/{model}/versions/{version}" : "/v1/models/{model}";
        return path.EndsWith(Predict, StringComparison.Ordinal) ? model + Predict : model;
    }

    private static string? FindV2(string[] parts)
    {
        var isVersion = parts.Length > 2 && parts[1] == "versions";
        var model = isVersion ? "/v2/models/{model}/versions/{version}" : "/v2/models/{model}";
        var rest = parts.AsSpan(isVersion ? 3 : 1);
        return rest switch
        {
            [] => model,
            ["infer" or "ready"] => $"{model}/{rest[0]}",
            _ => null,
        };
    }
}
