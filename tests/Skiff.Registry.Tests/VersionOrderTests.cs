namespace Skiff.Registry.Tests;

public sealed class VersionOrderTests
{
    [Theory]
    [InlineData("2", "10")]
    [InlineData("1.2", "1.10")]
    [InlineData("1.0.0", "1.0.1")]
    [InlineData("v1.9.0", "v1.10.0")]
    [InlineData("1.0.0-alpha", "1.0.0-alpha.1")]
    [InlineData("1.0.0-alpha.1", "1.0.0-alpha.beta")]
    [InlineData("1.0.0-alpha.beta", "1.0.0-beta")]
    [InlineData("1.0.0-beta.2", "1.0.0-beta.11")]
    [InlineData("1.0.0-beta.11", "1.0.0-rc.1")]
    [InlineData("1.0.0-rc.1", "1.0.0")]
    [InlineData("1.0.0+a", "1.0.0+b")]
    [InlineData("1.9", "1.10.0")]
    [InlineData("99999999999999999999", "100000000000000000000")]
    [InlineData("2026-01-02", "2026-01-10")]
    [InlineData("run2", "run10")]
    [InlineData("experiment", "0.0.1")]
    [InlineData("1.0.0rc1", "1.0.0")]
    [InlineData("run1", "runa")]
    [InlineData("a2", "b1")]
    [InlineData("run1", "run01x")]
    [InlineData("v1", "1.0.1")]
    [InlineData("v2", "3")]
    [InlineData("v1.0.0-alpha", "1.0.0-alpha.1")]
    [InlineData("1.0.0-99", "1.0.0-a")]
    [InlineData("1.0.0-5", "1.0.0--x")]
    public void Compare_LowerFirst(string lower, string higher)
    {
        Assert.True(VersionOrder.Instance.Compare(lower, higher) < 0);
        Assert.True(VersionOrder.Instance.Compare(higher, lower) > 0);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("v1.0")]
    [InlineData("V2")]
    [InlineData("1.0.0-alpha")]
    [InlineData("1.0.0+build.5")]
    [InlineData("1.0.0-alpha.1+build.5")]
    public void Compare_Version_ComesAfterWhatIsNone(string version) => Assert.True(VersionOrder.Instance.Compare("zzz", version) < 0);

    [Theory]
    [InlineData("2026-11-24")]
    [InlineData("1.")]
    [InlineData("1..0")]
    [InlineData("1.0-a")]
    [InlineData("1.0.0.0-a")]
    [InlineData("1.0.0-")]
    [InlineData("1.0.0+")]
    [InlineData("1.0.0-a..b")]
    [InlineData("1.0.0-a_b")]
    [InlineData("1.0.0+a_b")]
    [InlineData("1.0.0-a+b_c")]
    [InlineData("1.0.0~a")]
    [InlineData("-a.b.c")]
    public void Compare_NameThatIsNoVersion_ComesBeforeAll(string name) => Assert.True(VersionOrder.Instance.Compare(name, "0") < 0);

    [Fact]
    public void Compare_Null_ComesFirst()
    {
        Assert.True(VersionOrder.Instance.Compare(null, "1") < 0);
        Assert.True(VersionOrder.Instance.Compare("1", null) > 0);
        Assert.Equal(0, VersionOrder.Instance.Compare(null, null));
    }

    [Fact]
    public void Compare_AnyNames_IsATotalOrder()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string Name() => string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => "01.2-+ravé"[random.Next(10)]));
        for (var i = 0; i < 20_000; i++)
        {
            var (a, b, c) = (Name(), Name(), Name());
            var ab = VersionOrder.Instance.Compare(a, b);
            Assert.Equal(Math.Sign(ab), -Math.Sign(VersionOrder.Instance.Compare(b, a)));
            Assert.Equal(a == b, ab == 0);
            Assert.False(ab < 0 && VersionOrder.Instance.Compare(b, c) < 0 && VersionOrder.Instance.Compare(a, c) >= 0, $"{a} < {b} < {c}");
        }
    }
}
