using System.Text.Json;

namespace Skiff.Sklearn;

/// <summary>Reads a JSON document into objects.</summary>
internal static class JsonPayload
{
    /// <summary>Reads a document.</summary>
    /// <exception cref="PayloadException">It is not JSON, or no object.</exception>
    public static PayloadObject Read(ReadOnlySpan<byte> bytes)
    {
        var builder = new PayloadBuilder();
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = PayloadBuilder.MaximumDepth });
        try
        {
            while (reader.Read())
            {
                Take(ref reader, builder);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new PayloadException("the document is not JSON", e);
        }

        return builder.Root ?? throw new PayloadException("the document is empty");
    }

    private static void Take(ref Utf8JsonReader reader, PayloadBuilder builder)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                builder.BeginObject();
                break;
            case JsonTokenType.StartArray:
                builder.BeginList();
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                builder.End();
                break;
            case JsonTokenType.PropertyName:
                builder.Key = reader.GetString();
                break;
            case JsonTokenType.String:
                builder.Add(reader.GetString());
                break;
            case JsonTokenType.Number:
                builder.Add(reader.TryGetInt64(out var integer) ? (object)integer : reader.TryGetDouble(out var number) ? number : double.NaN);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                builder.Add(reader.TokenType == JsonTokenType.True);
                break;
            default:
                builder.Add(null);
                break;
        }
    }
}
