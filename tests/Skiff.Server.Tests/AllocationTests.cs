using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Skiff.Models;
using Skiff.ServiceDefaults;

namespace Skiff.Server.Tests;

public sealed class AllocationTests
{
    [Theory]
    [InlineData("text", """{"text":"this is a great product, I would buy it again"}""")]
    [InlineData("text", """{"text":"escapes \u00e9 \n \ud83d\ude00","outputs":["predict_proba"]}""")]
    [InlineData("text", """{"instances":["good","bad","good"],"outputs":["predict","predict_proba"]}""")]
    [InlineData("matrix", """{"instances":[[1.5,2.25,-3e-5],[4,5,6],{"a":1,"b":2,"c":3}]}""")]
    public async Task Execute_WarmPredict_AllocatesNothing(string model, string body)
    {
        await using var server = await TestServer.StartAsync(r => r.WriteVersion("1", model, isLatest: true));
        var endpoint = server.Services.GetRequiredService<DispatcherParts>().Predict;
        AssertAllocatesNothing(endpoint, Encoding.UTF8.GetBytes(body), null);
    }

    [Theory]
    [InlineData("""{"id":"1","inputs":[{"name":"x","shape":[2,3],"datatype":"FP64","data":[1,2,3,4,5,6.5]}],"outputs":[{"name":"predict"}]}""")]
    public async Task Execute_WarmInfer_AllocatesNothing(string body)
    {
        await using var server = await TestServer.StartAsync(static r => r.WriteVersion("1", "matrix", isLatest: true));
        AssertAllocatesNothing(new V2InferEndpoint(Services(server)), Encoding.UTF8.GetBytes(body), "default");
    }

    private static InferenceServices Services(TestServer server) => new(
        server.Services.GetRequiredService<DataPlane>(),
        server.Services.GetRequiredService<ConcurrencyGate>(),
        server.Services.GetRequiredService<BufferBudget>(),
        server.Services.GetRequiredService<ServerMetrics>(),
        new SkiffOptions(),
        TimeProvider.System,
        server.Services.GetRequiredService<DispatcherParts>().Observer,
        Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

    private static void AssertAllocatesNothing(InferenceEndpoint endpoint, byte[] body, string? model)
    {
        var scratch = new Scratch();
        Execute(endpoint, scratch, body, model, 200);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Execute(endpoint, scratch, body, model, 200);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Execute(InferenceEndpoint endpoint, Scratch scratch, byte[] body, string? model, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var call = endpoint.BeginOn(scratch, "an-id", model, null, isJson: true);
            if (endpoint.Execute(call, body) != Progress.Done || call.Status != 200 || call.Response.Length == 0)
            {
                Assert.Fail($"{call.Status} {Encoding.UTF8.GetString(call.Response.Written)}");
            }

            call.End();
            scratch.Reset();
        }
    }
}
