using Skiff.ServiceDefaults;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Skiff.Gateway;

/// <summary>What is different between the request that came and the one that a model server gets, and where its answer goes.</summary>
internal sealed class ServerTransforms(GatewayOptions options, ModelApiKey modelKey) : ITransformProvider
{
    /// <inheritdoc/>
    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    /// <inheritdoc/>
    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    /// <inheritdoc/>
    public void Apply(TransformBuilderContext context)
    {
        var route = GatewayRoute.All.First(r => r.Name == context.Route.Metadata![GatewayRoute.MetadataKey]);
        if (route.ServerPath is not null)
        {
            context.AddPathSet(route.ServerPath);
        }

        var isWrapped = route.Envelope is not null;
        context.AddRequestTransform(request => Address(request, isWrapped));
        context.CopyResponseHeaders = !isWrapped;
        context.AddResponseTransform(response => TakeAsync(response, isWrapped));
    }

    // The caller's key ends here; the request's id goes on.
    private ValueTask Address(RequestTransformContext context, bool isWrapped)
    {
        var headers = context.ProxyRequest.Headers;

        // The body is here already: nobody has to be asked whether it may be sent.
        headers.Remove("Expect");
        if (isWrapped)
        {
            // What becomes part of the gateway's own answer must be readable.
            headers.Remove("Accept-Encoding");
        }

        headers.Remove(ApiKeys.HeaderName);
        if (modelKey.Current is { } key)
        {
            headers.TryAddWithoutValidation(ApiKeys.HeaderName, key);
        }

        headers.Remove(RequestIds.HeaderName);
        headers.TryAddWithoutValidation(RequestIds.HeaderName, context.HttpContext.TraceIdentifier);
        return default;
    }

    private async ValueTask TakeAsync(ResponseTransformContext context, bool isWrapped)
    {
        context.SuppressResponseBody = true;
        if (context.ProxyResponse is not { } response)
        {
            return;
        }

        var attempt = GatewayCall.Of(context.HttpContext).Try;
        var stream = await response.Content.ReadAsStreamAsync(context.CancellationToken).ConfigureAwait(false);
        while (await stream.ReadAsync(attempt.Body.Free(), context.CancellationToken).ConfigureAwait(false) is var count and > 0)
        {
            attempt.Body.Advance(count);
            if (attempt.Body.Length > options.MaxAnswerBytes)
            {
                attempt.End(TryOutcome.BadAnswer, $"its answer is larger than {options.MaxAnswerBytes} bytes; --max-answer-bytes (SKIFF_MAX_ANSWER_BYTES) sets the limit");
                return;
            }
        }

        attempt.Take(response, isWrapped);
    }
}
