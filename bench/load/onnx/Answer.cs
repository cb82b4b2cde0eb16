using System.Text.Json.Serialization;

namespace Skiff.Bench.Onnx;

/// <summary>What a request is answered with: the shape of Skiff's own answer.</summary>
internal sealed record Answer(string Version, long[] Predictions, string RequestId);

/// <summary>How an answer is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(Microsoft.AspNetCore.Mvc.ProblemDetails))]
internal sealed partial class AnswerJson : JsonSerializerContext;
