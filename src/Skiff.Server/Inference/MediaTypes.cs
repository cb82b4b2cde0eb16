namespace Skiff.Server;

/// <summary>Media types as FastAPI judges them.</summary>
internal static class MediaTypes
{
    /// <summary>Whether a body is sent as JSON: <c>application/json</c> or <c>application/*+json</c>, whatever its parameters.</summary>
    internal static bool IsJson(string? contentType)
    {
        if (contentType is null)
        {
            return false;
        }

        if (ReferenceEquals(contentType, Call.Json) || contentType == Call.Json)
        {
            return true;
        }

        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        var type = contentType.AsSpan(0, end < 0 ? contentType.Length : end).Trim();
        const string Application = "application/";
        if (!type.StartsWith(Application, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var subtype = type[Application.Length..];
        return subtype.Equals("json", StringComparison.OrdinalIgnoreCase) || subtype.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }
}
