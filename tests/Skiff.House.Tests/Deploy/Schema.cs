using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Skiff.House.Tests.Deploy;

/// <summary>One of the published schemas beside these tests.</summary>
internal sealed class Schema
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List };

    private readonly JsonObject _root;
    private readonly Dictionary<string, JsonSchema> _kinds = new(StringComparer.Ordinal);

    public Schema(string name)
    {
        _root = JsonNode.Parse(Repository.Read($"tests/Skiff.House.Tests/Schemas/{name}.json"))!.AsObject();

        // The Compose Specification names the draft by an address that is nearly its own.
        _root["$schema"] = "http://json-schema.org/draft-07/schema#";
        _root.Remove("$id");
    }

    /// <summary>What is wrong with a document of the format that the whole schema is about.</summary>
    public IEnumerable<string> Errors(JsonNode document) => Errors(document, "", () => _root);

    /// <summary>What is wrong with an object, whose own <c>apiVersion</c> and <c>kind</c> say which schema it has to meet.</summary>
    public IEnumerable<string> KindErrors(JsonNode document)
    {
        var kind = $"{document["apiVersion"]}/{document["kind"]}";
        return _root["definitions"]!.AsObject().ContainsKey(kind) ? Errors(document, kind, () => Kind(kind)) : [$"no schema for {kind}"];
    }

    private IEnumerable<string> Errors(JsonNode document, string kind, Func<JsonObject> text)
    {
        if (!_kinds.TryGetValue(kind, out var schema))
        {
            _kinds[kind] = schema = JsonSchema.FromText(text().ToJsonString(), new BuildOptions { SchemaRegistry = new SchemaRegistry() });
        }

        var results = schema.Evaluate(JsonSerializer.SerializeToElement(document), Options);
        return results.IsValid
            ? []
            : (results.Details ?? []).SelectMany(detail => (detail.Errors ?? []).Select(error => $"{detail.InstanceLocation}: {error.Value}")).DefaultIfEmpty("not valid");
    }

    private JsonObject Kind(string kind)
    {
        var definitions = _root["definitions"]!.DeepClone();
        return new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["allOf"] = new JsonArray(new JsonObject { ["$ref"] = "#/definitions/" + kind.Replace("/", "~1", StringComparison.Ordinal) }),
            ["definitions"] = definitions,
        };
    }
}
