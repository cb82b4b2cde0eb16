using System.Diagnostics.Metrics;
using System.Text;

namespace Skiff.ServiceDefaults.Tests;

public sealed class MetricRegistryTests
{
    [Fact]
    public void Render_EveryKind_IsPrometheusText()
    {
        using var registry = new MetricRegistry("test");
        var counter = registry.Counter("a_total", "Counts.", "model").With("x\"\\\ny");
        counter.Increment();
        counter.Add(2);
        var histogram = registry.Histogram("b_seconds", "Lasts.", [0.001, 0.5], "v").With("1");
        histogram.Record(TimeSpan.FromMilliseconds(1));
        histogram.Record(TimeSpan.FromMilliseconds(2));
        histogram.Record(TimeSpan.FromSeconds(1));
        registry.Gauge("c", "Is.", static () => 1.5);
        registry.Gauge("d", "Are.", ["k"], static () => [(["v"], double.PositiveInfinity)]);
        Assert.Equal(
            """
            # HELP a_total Counts.
            # TYPE a_total counter
            a_total{model="x\"\\\ny"} 3
            # HELP b_seconds Lasts.
            # TYPE b_seconds histogram
            b_seconds_bucket{v="1",le="0.001"} 1
            b_seconds_bucket{v="1",le="0.5"} 2
            b_seconds_bucket{v="1",le="+Inf"} 3
            b_seconds_sum{v="1"} 1.003
            b_seconds_count{v="1"} 3
            # HELP c Is.
            # TYPE c gauge
            c 1.5
            # HELP d Are.
            # TYPE d gauge
            d{k="v"} +Inf

            """,
            Encoding.UTF8.GetString(registry.Render()));
    }

    [Fact]
    public void Listener_OfTheMeter_SeesTheSameNumbers()
    {
        using var registry = new MetricRegistry("Skiff.Test.Listener");
        var counter = registry.Counter("a_total", "Counts.", "model").With("m");
        var histogram = registry.Histogram("b_seconds", "Lasts.", [1], "model").With("m");
        var seen = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "Skiff.Test.Listener")
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => seen.Add($"{i.Name} {value} {tags[0].Value}"));
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => seen.Add($"{i.Name} {value} {tags[0].Value}"));
        listener.Start();
        counter.Add(5);
        histogram.Record(TimeSpan.FromSeconds(2));
        listener.RecordObservableInstruments();
        Assert.Equal(["b_seconds 2 m", "a_total 5 m"], seen);
    }

    [Fact]
    public void With_SameLabels_IsTheSameSeries()
    {
        using var registry = new MetricRegistry("test");
        var family = registry.Counter("a_total", "Counts.", "model");
        Assert.Same(family.With("x"), family.With("x"));
        Assert.NotSame(family.With("x"), family.With("y"));
    }

    [Fact]
    public void With_MoreSeriesThanAreKept_TheOldestGive()
    {
        using var registry = new MetricRegistry("test");
        var family = registry.Counter("a_total", "Counts.", "version");
        for (var i = 0; i < 10_000; i++)
        {
            family.With("v" + i);
        }

        Assert.True(registry.Render().Length < 400_000);
    }

    [Fact]
    public void Record_Warm_AllocatesNothing()
    {
        using var registry = new MetricRegistry("test");
        var histogram = registry.Histogram("b_seconds", "Lasts.", [1], "model").With("m");
        histogram.Record(TimeSpan.FromMilliseconds(1));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            histogram.Record(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
