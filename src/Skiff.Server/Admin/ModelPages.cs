using System.Text;
using Microsoft.AspNetCore.Http;
using Skiff.ServiceDefaults;

namespace Skiff.Server;

/// <summary><c>/models</c>: what there is.</summary>
internal sealed class ModelPages(ModelCache cache)
{
    /// <summary><c>GET /models</c>: every version that can be read, lowest first.</summary>
    internal Task ListAsync(HttpContext context)
    {
        var table = cache.Table;
        string? wanted = context.Request.Query["model"];
        var one = string.IsNullOrEmpty(wanted) ? null : table.Find(Encoding.UTF8.GetBytes(wanted));
        if (one is null && !string.IsNullOrEmpty(wanted))
        {
            return Problems.WriteAsync(context, StatusCodes.Status404NotFound, $"Model '{wanted}' not found");
        }

        return JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, (models: one is null ? table.Models : [one], several: table.Count > 1, cache), static (json, state) =>
        {
            json.WriteStartArray();
            foreach (var model in state.models)
            {
                var answering = state.cache.FindAnswering(model);
                foreach (var version in model.Entry.Versions)
                {
                    json.WriteStartObject();
                    if (state.several)
                    {
                        json.WriteString("model"u8, model.Name);
                    }

                    json.WriteString("version"u8, version.Version);
                    json.WritePropertyName("metadata"u8);
                    json.WriteRawValue(version.Facts.Json.Span, skipInputValidation: true);
                    json.WriteBoolean("serving"u8, answering?.Version == version.Version);
                    StatusWriter.Write(json, state.cache.Status(version));
                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
        });
    }

    /// <summary><c>GET /models/latest</c>: what answers when no version is asked for.</summary>
    internal async Task LatestAsync(HttpContext context)
    {
        try
        {
            var model = Find(context);
            await WriteAsync(context, model, await cache.LoadServingAsync(model, context.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (CallException e)
        {
            await FailAsync(context, e).ConfigureAwait(false);
        }
    }

    /// <summary><c>GET /models/{version}</c>: one version, read if it was not.</summary>
    internal async Task VersionAsync(HttpContext context, string name)
    {
        try
        {
            var model = Find(context);
            if (model.Find(Encoding.UTF8.GetBytes(name)) is not { } version)
            {
                throw model.Entry.Unservable.TryGetValue(name, out var reason) ? DataPlane.Refused(name, reason) : DataPlane.UnknownVersion(name);
            }

            var loaded = cache.FindLoaded(model, version)
                ?? (cache.WhyRefused(version) is null ? await cache.LoadAsync(version).WaitAsync(context.RequestAborted).ConfigureAwait(false) : null)
                ?? throw cache.Refusal(version);
            await WriteAsync(context, model, loaded).ConfigureAwait(false);
        }
        catch (CallException e)
        {
            await FailAsync(context, e).ConfigureAwait(false);
        }
    }

    private static Task FailAsync(HttpContext context, CallException failure)
    {
        var status = failure.Reason == FailureReason.ModelNotNamed ? StatusCodes.Status422UnprocessableEntity : failure.Reason.Status(Protocol.Simple);
        return Problems.WriteAsync(context, status, failure.Message, status == StatusCodes.Status503ServiceUnavailable ? 1 : 0);
    }

    private Task WriteAsync(HttpContext context, ServingModel model, LoadedVersion version) =>
        JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, (model, version, cache), static (json, state) =>
        {
            var (model, version, cache) = state;
            json.WriteStartObject();
            json.WriteString("version"u8, version.Entry.Version);
            json.WritePropertyName("metadata"u8);
            json.WriteRawValue(version.Entry.Facts.Json.Span, skipInputValidation: true);
            json.WritePropertyName("signature"u8);
            SignatureWriter.Write(json, version.Model.Signature);
            StatusWriter.Write(json, cache.Status(version.Entry), model, cache);
            json.WriteEndObject();
        });

    private ServingModel Find(HttpContext context)
    {
        var table = cache.Table;
        string? wanted = context.Request.Query["model"];
        if (!string.IsNullOrEmpty(wanted))
        {
            return table.Find(Encoding.UTF8.GetBytes(wanted)) ?? throw DataPlane.UnknownModel(wanted);
        }

        return table.Default ?? throw (table.Count == 0
            ? new CallException(FailureReason.NotReady, cache.WhyNotReady() ?? "no model is loaded yet")
            : new CallException(
                FailureReason.ModelNotNamed, $"several models are served, name one with ?model=: {string.Join(", ", table.Models.Select(m => m.Name))}"));
    }
}
