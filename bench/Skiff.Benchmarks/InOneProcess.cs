using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Skiff.Benchmarks;

/// <summary>Runs in the process that was started, short: what is compared stands side by side, and the ratio counts.</summary>
public sealed class InOneProcess : ManualConfig
{
    public InOneProcess()
    {
        AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
    }
}
