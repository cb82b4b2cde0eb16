using Skiff.ServiceDefaults;

namespace Skiff.Server;

/// <summary>The histograms of one version, bound when it is loaded: one for each protocol and outcome.</summary>
internal sealed class VersionMetrics
{
    private readonly HistogramSeries[] _durations = new HistogramSeries[Protocols.Count * 3];

    internal VersionMetrics(HistogramFamily durations, string model, string version)
    {
        for (var protocol = 0; protocol < Protocols.Count; protocol++)
        {
            for (var outcome = 0; outcome < 3; outcome++)
            {
                _durations[(protocol * 3) + outcome] = durations.With(model, version, ((Protocol)protocol).Name(), OutcomeName(outcome));
            }
        }
    }

    internal void Record(Protocol protocol, int status, TimeSpan duration) =>
        _durations[((int)protocol * 3) + (status < 400 ? 0 : status < 500 ? 1 : 2)].Record(duration);

    private static string OutcomeName(int outcome) => outcome switch
    {
        0 => "ok",
        1 => "client_error",
        _ => "server_error",
    };
}
