using System.Globalization;
using System.Text.Json;

namespace Skiff.Server;

/// <summary>Writes how versions stand: <c>status</c> of the <c>/models</c> family.</summary>
internal static class StatusWriter
{
    /// <summary>Writes a version's <c>state</c>, since when, and why where it was refused.</summary>
    internal static void Write(Utf8JsonWriter json, VersionStatus status)
    {
        json.WriteStartObject("status"u8);
        WriteMembers(json, status);
        json.WriteEndObject();
    }

    /// <summary>The same, with what is wrong with the model's other versions.</summary>
    internal static void Write(Utf8JsonWriter json, VersionStatus status, ServingModel model, ModelCache cache)
    {
        json.WriteStartObject("status"u8);
        WriteMembers(json, status);
        if (model.Problem is not null)
        {
            json.WriteString("problem"u8, model.Problem);
        }

        WriteRefused(json, Refused(model, cache));
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, VersionStatus status)
    {
        json.WriteString("state"u8, status.State.Name());
        if (status.Since is { } since)
        {
            json.WriteString("since"u8, since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        }

        if (status.Reason is not null)
        {
            json.WriteString("reason"u8, status.Reason);
        }
    }

    // By the registry, which leaves such versions out, or when they were asked for.
    private static IEnumerable<(string Version, string Reason)> Refused(ServingModel model, ModelCache cache) => model.Entry.Unservable
        .Select(static pair => (pair.Key, pair.Value))
        .Concat(from version in model.Entry.Versions let reason = cache.WhyRefused(version) where reason is not null select (version.Version, reason));

    private static void WriteRefused(Utf8JsonWriter json, IEnumerable<(string Version, string Reason)> refused)
    {
        var isOpen = false;
        foreach (var (version, reason) in refused)
        {
            if (!isOpen)
            {
                json.WriteStartArray("refused"u8);
                isOpen = true;
            }

            json.WriteStartObject();
            json.WriteString("version"u8, version);
            json.WriteString("reason"u8, reason);
            json.WriteEndObject();
        }

        if (isOpen)
        {
            json.WriteEndArray();
        }
    }
}
