using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Skiff.Models;
using Skiff.Server;
using Skiff.ServiceDefaults;
using Skiff.Sklearn;

namespace Skiff.Fuzz;

/// <summary>A model of the examples behind an endpoint of the server, without a network.</summary>
internal sealed class ServedExample
{
    private readonly Scratch _scratch = new();

    private ServedExample(InferenceServices services, string model, Func<InferenceServices, InferenceEndpoint> make)
    {
        Endpoint = make(services);
        Model = model;
    }

    private InferenceEndpoint Endpoint { get; }

    private string Model { get; }

    /// <summary>Serves a model of examples/registry.</summary>
    public static ServedExample Start(string model, Func<InferenceServices, InferenceEndpoint> make)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSkiff(new SklearnModelLoader(), options =>
        {
            options.Registry = SeedFiles.At($"examples/registry/{model}");
            options.SettleTime = TimeSpan.Zero;
            options.PollInterval = TimeSpan.FromDays(1);
        });
        var provider = services.BuildServiceProvider();
        foreach (var hosted in provider.GetServices<IHostedService>())
        {
            hosted.StartAsync(default).GetAwaiter().GetResult();
        }

        var cache = provider.GetRequiredService<ModelCache>();
        SpinWait.SpinUntil(() => cache.IsReady);
        var parts = provider.GetRequiredService<DispatcherParts>();
        return new ServedExample(
            new InferenceServices(
                provider.GetRequiredService<DataPlane>(),
                provider.GetRequiredService<ConcurrencyGate>(),
                provider.GetRequiredService<BufferBudget>(),
                provider.GetRequiredService<ServerMetrics>(),
                provider.GetRequiredService<SkiffOptions>(),
                TimeProvider.System,
                parts.Observer,
                NullLogger.Instance),
            cache.Table.Models.First().Name,
            make);
    }

    /// <summary>Sends a body; returns the status.</summary>
    public int Send(byte[] body, bool namesModel, ref Fingerprint sum)
    {
        var call = Endpoint.BeginOn(_scratch, "an-id", namesModel ? Model : null, null, isJson: true);
        try
        {
            var progress = Endpoint.Execute(call, body);
            if (call.Bug is { } bug)
            {
                throw new FindingException("the server failed", bug);
            }

            sum.Add((long)call.Status);
            sum.Add(call.Response.Written);
            return progress == Progress.Done ? Checked(call) : 0;
        }
        finally
        {
            call.End();
            _scratch.Reset();
        }
    }

    private static int Checked(Call call)
    {
        var scanner = new JsonScanner(call.Response.Written);
        return scanner.ReadDocument(out _) && JsonBody.FindInvalidByte(call.Response.Written) < 0 && call.Status is 200 or 400 or 404 or 422
            ? call.Status
            : throw new FindingException($"the answer {call.Status} is not JSON: {System.Text.Encoding.UTF8.GetString(call.Response.Written)}");
    }
}
