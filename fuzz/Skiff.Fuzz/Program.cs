using SharpFuzz;

namespace Skiff.Fuzz;

/// <summary>
/// <c>Skiff.Fuzz TARGET run [--seed N] [--iterations N] [--corpus DIR] [--findings DIR]</c>, <c>Skiff.Fuzz TARGET file FILE...</c>,
/// <c>Skiff.Fuzz TARGET libfuzzer</c> and <c>Skiff.Fuzz TARGET afl</c>, the last two after <c>sharpfuzz</c> has instrumented the assemblies.
/// </summary>
internal static class Program
{
    private static readonly IFuzzTarget[] Targets = [new PickleTarget(), new PythonTarget()];

    public static int Main(string[] arguments)
    {
        var target = arguments.Length < 2 ? null : Targets.FirstOrDefault(t => t.Name == arguments[0]);
        if (target is null)
        {
            return Usage();
        }

        switch (arguments[1])
        {
            case "run":
                return StandaloneRun.Parse(arguments.AsSpan(2)).Run(target);
            case "file":
                foreach (var file in arguments[2..])
                {
                    Console.WriteLine($"{file}: {(target.Run(File.ReadAllBytes(file)) ? "accepted" : "refused")}");
                }

                return 0;
            case "libfuzzer":
                Fuzzer.LibFuzzer.Run(input => target.Run(input));
                return 0;
            case "afl":
                Fuzzer.OutOfProcess.Run(stream => RunStream(target, stream));
                return 0;
            default:
                return Usage();
        }
    }

    private static void RunStream(IFuzzTarget target, Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        target.Run(copy.ToArray());
    }

    private static int Usage()
    {
        Console.Error.WriteLine($"usage: Skiff.Fuzz {string.Join('|', Targets.Select(t => t.Name))} run|file|libfuzzer|afl [options]");
        return 2;
    }
}
