using SharpFuzz;

namespace Skiff.Fuzz;

/// <summary>
/// <c>Skiff.Fuzz list</c> names the targets; <c>Skiff.Fuzz TARGET run [options]</c> fuzzes one in this process, <c>TARGET file FILE...</c> feeds it files,
/// <c>TARGET seeds FOLDER</c> writes what it starts from, <c>TARGET afl</c> serves AFL++. fuzz/README.md tells more.
/// </summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        // Instrumented code counts its branches from the first call on.
        var coverage = new Coverage();
        switch (arguments)
        {
            case ["list"]:
                Console.WriteLine(string.Join('\n', TargetList.Names));
                return 0;
            case [var name, "run", .. var options] when TargetList.Make(name) is { } target:
                return new FuzzRun(target, RunOptions.Parse(options), coverage).Run();
            case [var name, "file", .. var files] when TargetList.Make(name) is { } target:
                return Replay(target, files);
            case [var name, "seeds", var folder] when TargetList.Make(name) is { } target:
                Write(target, folder);
                return 0;
            case [var name, "afl"] when TargetList.Make(name) is { } target:
                Fuzzer.OutOfProcess.Run(stream => RunStream(target, stream));
                return 0;
            default:
                Console.Error.WriteLine($"usage: Skiff.Fuzz list | {string.Join('|', TargetList.Names)} run|file|seeds|afl [options]");
                return 2;
        }
    }

    private static int Replay(IFuzzTarget target, string[] files)
    {
        var judge = new Judge(target);
        var findings = 0;
        foreach (var file in files)
        {
            var verdict = judge.Run(File.ReadAllBytes(file), again: true, coverage: null);
            findings += verdict.Finding is null ? 0 : 1;
            Console.WriteLine($"{file}: {verdict.Finding ?? (verdict.IsAccepted ? "accepted" : "refused")}");
        }

        return findings;
    }

    private static void Write(IFuzzTarget target, string folder)
    {
        Directory.CreateDirectory(folder);
        var count = 0;
        foreach (var seed in target.Seeds())
        {
            File.WriteAllBytes(Path.Combine(folder, $"{count++:D4}"), seed);
        }
    }

    private static void RunStream(IFuzzTarget target, Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        if (new Judge(target).Run(copy.ToArray(), again: false, coverage: null).Finding is { } finding)
        {
            throw new FindingException(finding);
        }
    }
}
