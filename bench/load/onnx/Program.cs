using System.Text.Json;
using Skiff.Bench.Onnx;

// onnx MODEL.onnx [URL]
if (args is not [var path, .. var rest])
{
    Console.Error.WriteLine("usage: onnx MODEL.onnx [http://127.0.0.1:PORT]");
    return 2;
}

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls(rest is [var url] ? url : "http://127.0.0.1:8000");
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, AnswerJson.Default));
await using var app = builder.Build();
using var classifier = new Classifier(path);

app.MapPost("/predict", async (HttpContext context) =>
{
    using var rows = new Rows();
    try
    {
        await rows.ReadAsync(context.Request.BodyReader, context.RequestAborted);
    }
    catch (Exception e) when (e is JsonException or FormatException)
    {
        return Results.Problem(e.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
    }

    return Results.Ok(new Answer("1.0.0", classifier.Predict(rows), context.TraceIdentifier));
});
await app.RunAsync();
return 0;
