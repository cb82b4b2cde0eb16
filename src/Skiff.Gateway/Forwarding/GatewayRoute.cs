using Microsoft.AspNetCore.Http;

namespace Skiff.Gateway;

/// <summary>A path of the gateway, and what it becomes at the model server.</summary>
internal sealed class GatewayRoute
{
    private GatewayRoute(string name, string pattern)
    {
        Name = name;
        Pattern = pattern;
    }

    /// <summary>The routes. Whatever is not among them is 404.</summary>
    internal static IReadOnlyList<GatewayRoute> All { get; } =
    [
        new("predict", "/predict") { Method = "POST", Envelope = "result", ServerPath = "/predict" },
        new("models", "/admin/models") { Method = "GET", Envelope = "models", ServerPath = "/models" },
        new("latest", "/admin/models/latest") { Method = "GET", Envelope = "latestModel", ServerPath = "/models/latest" },
        new("v1", "/v1/{**rest}"),
        new("v2", "/v2/{**rest}"),
    ];

    /// <summary>Its name, for metrics and logs.</summary>
    internal string Name { get; }

    /// <summary>The pattern of its path, for spans.</summary>
    internal string Pattern { get; }

    /// <summary>The method that it takes; null for whatever the model server takes.</summary>
    internal string? Method { get; private init; }

    /// <summary>The key of the gateway's own answer that holds the model server's; null where that passes through as it is.</summary>
    internal string? Envelope { get; private init; }

    /// <summary>The path at the model server; null for the same.</summary>
    internal string? ServerPath { get; private init; }

    /// <summary>The route of a path; null for none.</summary>
    internal static GatewayRoute? Find(PathString path)
    {
        var text = path.Value ?? string.Empty;
        return Trim(text) switch
        {
            "/predict" => All[0],
            "/admin/models" => All[1],
            "/admin/models/latest" => All[2],
            _ when path.StartsWithSegments("/v1", StringComparison.Ordinal) => All[3],
            _ when path.StartsWithSegments("/v2", StringComparison.Ordinal) => All[4],
            _ => null,
        };
    }

    /// <summary>Whether the same request may be sent to a second model server after a first has failed: whatever only looks or predicts.</summary>
    internal static bool IsRepeatable(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        || HttpMethods.IsHead(request.Method)
        || (HttpMethods.IsPost(request.Method) && IsPrediction(Trim(request.Path.Value ?? string.Empty)));

    private static bool IsPrediction(ReadOnlySpan<char> path) => path is "/predict" || path.EndsWith(":predict") || path.EndsWith("/infer");

    private static ReadOnlySpan<char> Trim(string path) => path.Length > 1 && path[^1] == '/' ? path.AsSpan(0, path.Length - 1) : path;
}
