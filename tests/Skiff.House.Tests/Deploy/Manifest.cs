using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Skiff.House.Tests.Deploy;

/// <summary>YAML as the tools that take it read it: anchors and merge keys resolved, plain scalars with their types.</summary>
internal static class Manifest
{
    private static readonly IDeserializer Deserializer = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();

    /// <summary>The documents of a text, empty ones left out.</summary>
    public static List<JsonNode> Parse(string yaml)
    {
        var parser = new MergingParser(new Parser(new StringReader(yaml)));
        var documents = new List<JsonNode>();
        parser.Consume<StreamStart>();
        while (parser.Accept<DocumentStart>(out _))
        {
            if (Convert(Deserializer.Deserialize<object?>(parser)) is { } document)
            {
                documents.Add(document);
            }
        }

        return documents;
    }

    /// <summary>The documents of a file, by its path from the root.</summary>
    public static List<JsonNode> Read(string path) => Parse(Repository.Read(path));

    /// <summary>Every node below and including one.</summary>
    public static IEnumerable<JsonNode> All(JsonNode node) => node switch
    {
        JsonObject members => members.Select(member => member.Value).OfType<JsonNode>().SelectMany(All).Prepend(node),
        JsonArray items => items.OfType<JsonNode>().SelectMany(All).Prepend(node),
        _ => [node],
    };

    private static JsonNode? Convert(object? value) => value switch
    {
        null => null,
        IDictionary<object, object?> map => new JsonObject(map.Select(pair =>
            KeyValuePair.Create(System.Convert.ToString(pair.Key, CultureInfo.InvariantCulture)!, Convert(pair.Value)))),
        IList<object?> list => new JsonArray([.. list.Select(Convert)]),
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        float or double or decimal => JsonValue.Create(System.Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(System.Convert.ToInt64(value, CultureInfo.InvariantCulture)),
    };
}
