namespace Skiff.EndToEnd.Tests;

/// <summary>What a run of the program left behind.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public void AssertSucceeded() => Assert.True(ExitCode == 0, $"exit code {ExitCode}{Environment.NewLine}{Output}{Environment.NewLine}{Error}");

    public void AssertFailedSaying(string text)
    {
        Assert.True(ExitCode != 0, $"exit code 0{Environment.NewLine}{Output}");
        Assert.Contains(text, Output + Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at Skiff.", Output + Error, StringComparison.Ordinal);
    }
}
