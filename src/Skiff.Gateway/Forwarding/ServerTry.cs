using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Skiff.ServiceDefaults;

namespace Skiff.Gateway;

/// <summary>One model server asked once, and its answer, which is read whole before a byte of it is passed on.</summary>
/// <param name="budget">What the answer may take.</param>
internal sealed class ServerTry(BufferBudget budget) : IDisposable
{
    // As deep as the model server takes; its answers repeat what callers sent.
    private static readonly JsonReaderOptions JsonOptions = new() { MaxDepth = 1024 };

    /// <summary>How it ended.</summary>
    internal TryOutcome Outcome { get; private set; } = TryOutcome.NoServer;

    /// <summary>What is wrong, for the log; null where nothing is.</summary>
    internal string? Problem { get; private set; }

    /// <summary>The status of the answer.</summary>
    internal int Status { get; private set; }

    /// <summary>The media type of the answer.</summary>
    internal string? ContentType { get; private set; }

    /// <summary>What <c>Retry-After</c> of the answer says.</summary>
    internal string? RetryAfter { get; private set; }

    /// <summary>The body of the answer.</summary>
    internal PooledBytes Body { get; } = new(budget);

    /// <summary>Whether the body is one JSON value.</summary>
    internal bool IsJson { get; private set; }

    /// <summary>Forgets what the try before has left.</summary>
    internal void Begin()
    {
        Outcome = TryOutcome.NoServer;
        Problem = null;
        Status = 0;
        ContentType = null;
        RetryAfter = null;
        IsJson = false;
        Body.Clear();
    }

    /// <summary>Takes an answer that is whole.</summary>
    /// <param name="response">Its head.</param>
    /// <param name="isWrapped">Whether it must be JSON, because it becomes part of the gateway's own answer.</param>
    internal void Take(HttpResponseMessage response, bool isWrapped)
    {
        Status = (int)response.StatusCode;
        ContentType = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type) ? type.ToString() : null;
        RetryAfter = response.Headers.NonValidated.TryGetValues("Retry-After", out var seconds) ? seconds.ToString() : null;
        IsJson = isWrapped && IsJsonType(ContentType) && IsOneValue(Body.Written);
        if (Status is >= 300 and < 400 and not StatusCodes.Status304NotModified)
        {
            End(TryOutcome.BadAnswer, $"it redirects to {response.Headers.Location}");
        }
        else if (Status == StatusCodes.Status503ServiceUnavailable)
        {
            End(TryOutcome.Unavailable, "it answers 503");
        }
        else if (Status < 300 && (isWrapped ? !IsJson : IsPage(ContentType)))
        {
            End(TryOutcome.BadAnswer, $"it answers {Status} with {ContentType ?? "nothing"} that is not JSON");
        }
        else
        {
            End(TryOutcome.Answered, null);
        }
    }

    /// <summary>Says how it ended.</summary>
    internal void End(TryOutcome outcome, string? problem)
    {
        Outcome = outcome;
        Problem = problem;
    }

    /// <inheritdoc/>
    public void Dispose() => Body.Dispose();

    private static bool IsJsonType(string? type) =>
        type is not null && (type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) || type.Contains("+json", StringComparison.OrdinalIgnoreCase));

    // What a proxy, a login page or another program on the model server's port would send.
    private static bool IsPage(string? type) => type is not null && type.StartsWith("text/html", StringComparison.OrdinalIgnoreCase);

    private static bool IsOneValue(ReadOnlySpan<byte> body)
    {
        // The reader passes over texts without looking at their bytes.
        if (!Utf8.IsValid(body))
        {
            return false;
        }

        try
        {
            var json = new Utf8JsonReader(body, JsonOptions);
            return json.Read() && json.TrySkip() && !json.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
