namespace Skiff.Gateway;

/// <summary>
/// Where the gateway's code runs: on the threads that wait for the sockets, instead of being handed to the thread pool and back three times a request. That
/// is a tenth of the processor time of a request (docs/performance.md), and does no harm where nothing blocks and nothing computes for long, as here.
/// </summary>
internal static class Scheduling
{
    /// <summary>The runtime's own switch, which it reads when the first socket is made. Only a variable of the environment turns it on.</summary>
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Whether code runs there.</summary>
    internal static bool IsInline => Environment.GetEnvironmentVariable(Variable) is "1";

    /// <summary>Turns it on, unless the variable says otherwise. For the beginning of the program.</summary>
    internal static void PreferInline()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            Environment.SetEnvironmentVariable(Variable, "1");
        }
    }
}
