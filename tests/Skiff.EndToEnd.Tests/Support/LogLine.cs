using System.Text.Json;
using System.Text.Json.Nodes;

namespace Skiff.EndToEnd.Tests;

/// <summary>Finds lines in logs of one JSON object a line, whoever wrote them.</summary>
internal static class LogLine
{
    /// <summary>The lines of one request. Waits for the first of them: a log may come later than the answer.</summary>
    public static async Task<IReadOnlyList<JsonObject>> OfRequestAsync(RunningProgram program, string requestId)
    {
        IReadOnlyList<JsonObject> lines = [];
        await program.UntilAsync($"the log tells of request {requestId}", () =>
        {
            lines = [.. program.LogLines.Select(Parse).OfType<JsonObject>().Where(line => (string?)line["requestId"] == requestId)];
            return Task.FromResult(lines.Count > 0);
        });
        return lines;
    }

    private static JsonObject? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
