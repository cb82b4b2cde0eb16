using Skiff.TestKit;

namespace Skiff.Cli.Tests;

public sealed class ProgressTests
{
    [Fact]
    public void Report_InTheFirstSecond_ShowsNothing()
    {
        var (progress, time, output) = Make(1000);
        time.Advance(TimeSpan.FromMilliseconds(999));
        progress.Report(500, 10);
        progress.Clear();

        Assert.Equal(string.Empty, output.ToString());
    }

    [Fact]
    public void Report_LongInput_ShowsABarAndTakesItAwayAgain()
    {
        var (progress, time, output) = Make(1000);
        time.Advance(TimeSpan.FromSeconds(2));
        progress.Report(500, 4000);
        progress.Report(501, 4001);
        progress.Clear();

        const string Bar = "[############------------]  50 %  4,000 rows, 2,000 a second";
        Assert.Equal($"\r{Bar}\r{new string(' ', Bar.Length)}\r", output.ToString());
    }

    [Fact]
    public void Report_InputOfUnknownLength_CountsRows()
    {
        var (progress, time, output) = Make(0);
        time.Advance(TimeSpan.FromSeconds(4));
        progress.Report(500, 4_000_000);

        Assert.Equal("\r4,000,000 rows, 1,000,000 a second", output.ToString());
    }

    private static (Progress Progress, ManualTime Time, StringWriter Output) Make(long total)
    {
        var time = new ManualTime();
        var output = new StringWriter();
        return (new Progress(output, total, time), time, output);
    }
}
