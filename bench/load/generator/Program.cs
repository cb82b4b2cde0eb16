using System.Globalization;
using Skiff.Bench.Load;

Options options;
try
{
    options = Options.Parse(args);
}
catch (Exception e) when (e is FormatException or IOException)
{
    Console.Error.WriteLine($"load: {e.Message}");
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

using var generator = new Generator(options);
if (options.Warmup > 0)
{
    _ = generator.Run(new Phase(0, options.Warmup));
    generator.Settle();
}

foreach (var phase in options.Phases)
{
    var (counts, seconds) = generator.Run(phase);
    var latencies = counts.Latencies;
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"rate":{{phase.Rate}},"seconds":{{seconds:F3}},"due":{{counts.Due}},"answered":{{counts.Answered}},"refused":{{counts.Refused}},"failed":{{counts.Failed}},"late":{{counts.Late}},"perSecond":{{counts.Answered / seconds:F1}},"p50":{{latencies.Percentile(50)}},"p99":{{latencies.Percentile(99)}},"p999":{{latencies.Percentile(99.9)}},"max":{{latencies.Max}}}
        """));
}

if (options.Plan is not { } plan)
{
    return 0;
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $$"""{"verified":{{plan.Verified}},"wrong":{{plan.Wrong}},"compared":{{plan.Compared}}}"""));
return plan.Wrong == 0 && plan.Verified > 0 ? 0 : 1;
