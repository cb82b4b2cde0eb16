namespace Skiff.House.Tests.Deploy;

/// <summary>The two readers that the tests of alerts and dashboards stand on: of what programs declare, and of what expressions name.</summary>
public class MetricNameTests
{
    [Theory]
    [InlineData("Counter(\"a_total\", \"Some help.\");", "a_total counter")]
    [InlineData("Counter(\n    \"a_total\", \"Some help.\", \"x\", \"y\");", "a_total counter x y")]
    [InlineData("Histogram(\n\"a_seconds\", \"Help.\", Bounds, \"x\");", "a_seconds histogram x")]
    [InlineData("Gauge(\"a\", \"Help.\", [\"x\", \"y\"], () => z.Select(m => (new[] { \"w\" }, 1d)));", "a gauge x y")]
    [InlineData("Gauge(\"a\", \"Help.\", () => 1);", "a gauge")]
    [InlineData("Total(\"a_total\", \"Help.\", static () => 1);", "a_total counter")]
    public void Declaration_IsRead(string code, string expected)
    {
        var metric = Assert.Single(ExposedMetric.Parse(code));

        Assert.Equal(expected, string.Join(' ', [metric.Name, metric.Type, .. metric.Labels]));
    }

    [Fact]
    public void Programs_ExposeWhatTheirCodeDeclares()
    {
        Assert.Contains(ExposedMetric.ModelServer, metric => metric is { Name: "skiff_model_serving", Type: "gauge", Labels: ["model", "version"] });
        Assert.Contains(ExposedMetric.Gateway, metric => metric is { Name: "skiff_gateway_tries_total", Type: "counter", Labels: ["server", "outcome"] });
        Assert.Contains(ExposedMetric.Gateway, metric => metric is { Name: "process_cpu_seconds_total", Type: "counter", Labels: [] });
    }

    [Theory]
    [InlineData("a == 1", "a")]
    [InlineData("a unless on (instance) b{x=\"c d\"} > 0.01", "a b")]
    [InlineData("histogram_quantile(0.99, sum by (le, x) (rate(a_bucket{y=~\"p|q\"}[5m]))) > 1e3", "a_bucket")]
    [InlineData("sum(increase(a[$__rate_interval])) / sum without(x)(b offset 5m) and c", "a b c")]
    [InlineData("max by (x) (a{y=\"$y\"} or up)", "a up")]
    public void Expression_Series_AreRead(string expression, string expected) => Assert.Equal(expected, string.Join(' ', PromQL.Series(expression)));

    [Theory]
    [InlineData("skiff_model_served == 1")]
    [InlineData("skiff_request_duration_seconds > 1")]
    [InlineData("sum by (server) (skiff_model_serving)")]
    [InlineData("skiff_model_serving{server=\"a\"}")]
    [InlineData("1 + 1")]
    public void Expression_Unknown_IsFound(string expression) => Assert.NotEmpty(PromQL.Unknown(expression));

    [Fact]
    public void Expression_Known_IsTaken() =>
        Assert.Empty(PromQL.Unknown("sum by (le, job) (rate(skiff_request_duration_seconds_bucket{model=~\"a\"}[5m])) * on (instance) group_left (version) skiff_model_serving"));
}
