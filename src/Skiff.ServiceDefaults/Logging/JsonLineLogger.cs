using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Skiff.ServiceDefaults;

internal sealed class JsonLineLogger(JsonLineLoggerProvider provider, string category) : ILogger
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => provider.Scopes?.Push(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var entry = new Entry(this, logLevel, eventId, formatter(state, exception), state as IReadOnlyList<KeyValuePair<string, object?>>, exception);
        provider.Write(entry, static (line, entry) =>
        {
            using var json = new Utf8JsonWriter(line, WriterOptions);
            entry.Logger.Compose(json, entry);
        });
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "critical",
    };

    private static void WriteFields(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> fields)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            var (name, value) = fields[i];
            if (name.Length == 0 || name == "{OriginalFormat}")
            {
                continue;
            }

            json.WritePropertyName(JsonNamingPolicy.CamelCase.ConvertName(name));
            WriteValue(json, value);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private void Compose(Utf8JsonWriter json, in Entry entry)
    {
        json.WriteStartObject();
        json.WriteString("time"u8, provider.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("level"u8, Name(entry.Level));
        json.WriteString("category"u8, category);
        json.WriteNumber("eventId"u8, entry.Event.Id);
        json.WriteString("message"u8, entry.Message);
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            json.WriteString("traceId"u8, activity.TraceId.ToHexString());
            json.WriteString("spanId"u8, activity.SpanId.ToHexString());
        }

        if (entry.Fields is not null)
        {
            WriteFields(json, entry.Fields);
        }

        provider.Scopes?.ForEachScope(
            static (scope, json) =>
            {
                if (scope is IReadOnlyList<KeyValuePair<string, object?>> fields)
                {
                    WriteFields(json, fields);
                }
            },
            json);
        if (entry.Exception is not null)
        {
            json.WriteString("exception"u8, entry.Exception.ToString());
        }

        json.WriteEndObject();
    }

    private readonly record struct Entry(
        JsonLineLogger Logger,
        LogLevel Level,
        EventId Event,
        string Message,
        IReadOnlyList<KeyValuePair<string, object?>>? Fields,
        Exception? Exception);
}
