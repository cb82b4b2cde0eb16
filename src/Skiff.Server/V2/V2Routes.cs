using System.Text;
using Microsoft.AspNetCore.Http;

namespace Skiff.Server;

/// <summary>The paths of the open inference protocol, version 2.</summary>
internal sealed class V2Routes(ModelCache cache, HealthPages health, V2InferEndpoint infer)
{
    private const string Models = "/v2/models/";
    private const string Versions = "versions";

    /// <summary>Answers a request to <c>/v2</c> or below.</summary>
    internal Task RouteAsync(HttpContext context, string path)
    {
        if (path.StartsWith(Models, StringComparison.Ordinal) && TrySplit(path[Models.Length..], out var model, out var version, out var action))
        {
            return action switch
            {
                "infer" => HttpMethods.IsPost(context.Request.Method) ? infer.InvokeAsync(context, model, version) : RefuseMethod(context, "POST"),
                "ready" => AsGet(context, () => ModelReadyAsync(context, model, version)),
                "" => AsGet(context, () => ModelAsync(context, model, version)),
                _ => RefusePath(context),
            };
        }

        return path switch
        {
            "/v2" => AsGet(context, () => V2Pages.ServerAsync(context)),
            "/v2/health/live" => AsGet(context, () => V2Pages.LiveAsync(context)),
            "/v2/health/ready" => AsGet(context, () => V2Pages.ReadyAsync(context, health.WhyNotReady() is null)),
            _ => RefusePath(context),
        };
    }

    // {m}, {m}/{action}, {m}/versions/{v}, {m}/versions/{v}/{action}
    private static bool TrySplit(string rest, out string model, out string? version, out string action)
    {
        version = null;
        action = string.Empty;
        var parts = rest.Split('/');
        model = parts[0];
        var next = 1;
        if (parts.Length > 2 && parts[1] == Versions)
        {
            version = parts[2];
            next = 3;
        }

        if (parts.Length > next)
        {
            action = parts[next++];
        }

        return model.Length > 0 && version is not "" && parts.Length == next && !(next > 1 && action.Length == 0 && version is null);
    }

    private static Task AsGet(HttpContext context, Func<Task> page) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? page() : RefuseMethod(context, "GET, HEAD");

    private static Task RefuseMethod(HttpContext context, string allowed)
    {
        context.Response.Headers.Allow = allowed;
        return JsonAnswer.WriteErrorAsync(context, StatusCodes.Status405MethodNotAllowed, $"{context.Request.Path} takes {allowed}");
    }

    private static Task RefusePath(HttpContext context) =>
        JsonAnswer.WriteErrorAsync(context, StatusCodes.Status404NotFound, $"there is nothing at {context.Request.Path}");

    private async Task ModelAsync(HttpContext context, string name, string? version)
    {
        try
        {
            var model = cache.Table.Find(Encoding.UTF8.GetBytes(name)) ?? throw DataPlane.UnknownModel(name);
            var loaded = await LoadAsync(context, model, version).ConfigureAwait(false);
            await V2Pages.ModelAsync(context, model, loaded).ConfigureAwait(false);
        }
        catch (CallException e)
        {
            await JsonAnswer.WriteErrorAsync(context, e.Reason.Status(Protocol.V2), e.Message).ConfigureAwait(false);
        }
    }

    private Task ModelReadyAsync(HttpContext context, string name, string? version)
    {
        if (cache.Table.Find(Encoding.UTF8.GetBytes(name)) is not { } model)
        {
            return JsonAnswer.WriteErrorAsync(context, StatusCodes.Status404NotFound, DataPlane.UnknownModel(name).Message);
        }

        if (version is null)
        {
            return V2Pages.ModelReadyAsync(context, name, cache.FindAnswering(model) is not null);
        }

        if (model.Find(Encoding.UTF8.GetBytes(version)) is not { } entry)
        {
            return JsonAnswer.WriteErrorAsync(context, StatusCodes.Status404NotFound, DataPlane.UnknownVersion(version).Message);
        }

        // One that is not in memory is read when it is asked for: ready, unless it was refused.
        return V2Pages.ModelReadyAsync(context, name, cache.WhyRefused(entry) is null);
    }

    private async Task<LoadedVersion> LoadAsync(HttpContext context, ServingModel model, string? version)
    {
        if (version is null)
        {
            return await cache.LoadServingAsync(model, context.RequestAborted).ConfigureAwait(false);
        }

        if (model.Find(Encoding.UTF8.GetBytes(version)) is not { } entry)
        {
            throw model.Entry.Unservable.TryGetValue(version, out var reason) ? DataPlane.Refused(version, reason) : DataPlane.UnknownVersion(version);
        }

        return cache.FindLoaded(model, entry)
            ?? (cache.WhyRefused(entry) is null ? await cache.LoadAsync(entry).WaitAsync(context.RequestAborted).ConfigureAwait(false) : null)
            ?? throw cache.Refusal(entry);
    }
}
