using System.Text;
using Microsoft.AspNetCore.Http;

namespace Skiff.Server;

/// <summary>The paths of the older protocol: <c>/v1/models/{m}</c> and <c>/v1/models/{m}:predict</c>.</summary>
internal sealed class V1Routes(ModelCache cache, V1PredictEndpoint predict)
{
    private const string Models = "/v1/models";
    private const string Predict = ":predict";
    private const string Versions = "/versions/";

    /// <summary>Answers a request below <c>/v1/</c>.</summary>
    internal Task RouteAsync(HttpContext context, string path)
    {
        var request = context.Request;
        if (path == Models)
        {
            return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? ListAsync(context) : RefuseMethod(context, "GET, HEAD");
        }

        if (!path.StartsWith(Models + "/", StringComparison.Ordinal))
        {
            return JsonAnswer.WriteErrorAsync(context, StatusCodes.Status404NotFound, $"there is nothing at {path}");
        }

        var isPredict = path.EndsWith(Predict, StringComparison.Ordinal);
        var name = path[(Models.Length + 1)..(isPredict ? path.Length - Predict.Length : path.Length)];
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        string? version = null;
        if (slash >= 0)
        {
            if (!name.AsSpan(slash).StartsWith(Versions, StringComparison.Ordinal))
            {
                return JsonAnswer.WriteErrorAsync(context, StatusCodes.Status404NotFound, $"there is nothing at {path}");
            }

            version = name[(slash + Versions.Length)..];
            name = name[..slash];
        }

        if (isPredict)
        {
            return HttpMethods.IsPost(request.Method) ? predict.InvokeAsync(context, name, version) : RefuseMethod(context, "POST");
        }

        return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? ModelAsync(context, name) : RefuseMethod(context, "GET, HEAD");
    }

    private static Task RefuseMethod(HttpContext context, string allowed)
    {
        context.Response.Headers.Allow = allowed;
        return JsonAnswer.WriteErrorAsync(context, StatusCodes.Status405MethodNotAllowed, $"{context.Request.Path} takes {allowed}");
    }

    private Task ListAsync(HttpContext context) =>
        JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, cache.Table.Models, static (json, models) =>
        {
            json.WriteStartObject();
            json.WriteStartArray("models"u8);
            foreach (var model in models)
            {
                json.WriteStringValue(model.Name);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    private Task ModelAsync(HttpContext context, string name)
    {
        if (cache.Table.Find(Encoding.UTF8.GetBytes(name)) is not { } model)
        {
            return JsonAnswer.WriteErrorAsync(context, StatusCodes.Status404NotFound, DataPlane.UnknownModel(name).Message);
        }

        var isReady = cache.FindAnswering(model) is not null;
        var status = isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return JsonAnswer.WriteAsync(context, status, (model.Name, isReady), static (json, state) =>
        {
            json.WriteStartObject();
            json.WriteString("name"u8, state.Name);
            json.WriteBoolean("ready"u8, state.isReady);
            json.WriteEndObject();
        });
    }
}
