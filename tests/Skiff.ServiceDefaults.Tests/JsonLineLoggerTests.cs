using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Skiff.TestKit;

namespace Skiff.ServiceDefaults.Tests;

public sealed partial class JsonLineLoggerTests
{
    [Fact]
    public void Log_Event_IsOneJsonLineWithItsFields()
    {
        var line = Capture(static logger => Message(logger, "iris", 3, 1.5, "a\nb"));
        Assert.Equal(
            """{"time":"2026-01-02T03:04:05.000Z","level":"warn","category":"Cat","eventId":77,"message":"iris has 3 rows in 1.5: a\nb","model":"iris","rows":3,"seconds":1.5,"text":"a\nb"}""",
            line);
    }

    [Fact]
    public void Log_InATrace_NamesIt()
    {
        using var activity = new Activity("x").SetParentId("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01").Start();
        var json = JsonDocument.Parse(Capture(static logger => Message(logger, "iris", 3, 1.5, null))).RootElement;
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", json.GetProperty("traceId").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("text").ValueKind);
    }

    [Fact]
    public void Log_Exception_IsInTheLine()
    {
        var json = JsonDocument.Parse(Capture(static logger => logger.Log(LogLevel.Error, 1, "state", new InvalidOperationException("why"), static (s, _) => s))).RootElement;
        Assert.StartsWith("System.InvalidOperationException: why", json.GetProperty("exception").GetString(), StringComparison.Ordinal);
    }

    private static string Capture(Action<ILogger> log)
    {
        using var output = new MemoryStream();
        using var provider = new JsonLineLoggerProvider(output, new ManualTime());
        log(provider.CreateLogger("Cat"));
        var text = Encoding.UTF8.GetString(output.ToArray());
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        return text[..^1];
    }

    [LoggerMessage(77, LogLevel.Warning, "{Model} has {Rows} rows in {Seconds}: {Text}")]
    private static partial void Message(ILogger logger, string model, int rows, double seconds, string? text);
}
