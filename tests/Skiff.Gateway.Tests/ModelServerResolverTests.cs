using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Skiff.Gateway.Tests.Support;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Skiff.Gateway.Tests;

public sealed class ModelServerResolverTests
{
    private IPAddress[]? _addresses = [];

    [Theory]
    [InlineData("http://localhost:8000/")]
    [InlineData("http://127.0.0.1:8000/")]
    [InlineData("http://[::1]:8000/")]
    [InlineData("http://10.0.0.1:8000/prefix/")]
    public async Task Resolve_AddressOrLoopback_StaysAndIsNotLookedUpAgain(string address)
    {
        var resolved = await ResolveAsync(Resolver(), address);
        Assert.Equal([("a", address, null)], Flat(resolved));
        Assert.Null(resolved.ChangeToken);
    }

    [Fact]
    public async Task Resolve_NameWithSeveralAddresses_IsAServerEach()
    {
        _addresses = [IPAddress.Parse("10.0.0.2"), IPAddress.Parse("fd00::1"), IPAddress.Parse("10.0.0.1")];
        var resolved = await ResolveAsync(Resolver(), "http://models:8000/prefix/");
        Assert.Equal(
            [
                ("a[10.0.0.1]", "http://10.0.0.1:8000/prefix/", "models:8000"),
                ("a[10.0.0.2]", "http://10.0.0.2:8000/prefix/", "models:8000"),
                ("a[fd00::1]", "http://[fd00::1]:8000/prefix/", "models:8000"),
            ],
            Flat(resolved));
        Assert.NotNull(resolved.ChangeToken);
    }

    [Fact]
    public async Task Resolve_NameThatIsLost_KeepsItsAddresses()
    {
        var resolver = Resolver();
        _addresses = null;
        Assert.Equal([("a", "https://models/", null)], Flat(await ResolveAsync(resolver, "https://models/")));
        _addresses = [IPAddress.Parse("10.0.0.1")];
        Assert.Equal([("a[10.0.0.1]", "https://10.0.0.1/", "models")], Flat(await ResolveAsync(resolver, "https://models/")));
        _addresses = null;
        Assert.Equal([("a[10.0.0.1]", "https://10.0.0.1/", "models")], Flat(await ResolveAsync(resolver, "https://models/")));
        _addresses = [IPAddress.Parse("10.0.0.2")];
        Assert.Equal([("a[10.0.0.2]", "https://10.0.0.2/", "models")], Flat(await ResolveAsync(resolver, "https://models/")));
    }

    [Fact]
    public async Task Resolve_UnknownNameByTheSystem_IsItsOwnAddress()
    {
        var resolver = new ModelServerResolver(new GatewayOptions(), NullLogger<ModelServerResolver>.Instance);
        var resolved = await ResolveAsync(resolver, "http://nothing.invalid:8000/");
        Assert.Equal([("a", "http://nothing.invalid:8000/", null)], Flat(resolved));
        Assert.NotNull(resolved.ChangeToken);
    }

    [Fact]
    public async Task Gateway_NameWhoseAddressesChange_FollowsThem()
    {
        await using var one = await FakeModelServer.StartAsync();
        var port = new Uri(one.Url).Port;
        await using var two = await FakeModelServer.StartAsync(static c => FakeModelServer.SendAsync(c, 200, "application/json", "{}"), port: port, address: "127.0.0.2");
        _addresses = [IPAddress.Parse("127.0.0.1")];
        await using var gateway = await TestGateway.StartAsync(
            static o => o.DnsInterval = TimeSpan.FromSeconds(0.1), services => services.AddSingleton<Func<string, CancellationToken, Task<IPAddress[]>>>(LookUp), $"http://models.test:{port}");
        await AskAsync(gateway);
        Assert.Equal((1, 0, $"models.test:{port}"), (one.Requests.Count, two.Requests.Count, one.Requests.First().Header("Host")));
        Assert.Contains(gateway.Log.All, static l => l.Message == "models.test is 127.0.0.1");

        _addresses = [IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.1")];
        while (two.Requests.IsEmpty)
        {
            await AskAsync(gateway);
        }

        _addresses = [IPAddress.Parse("127.0.0.2")];
        await TestGateway.UntilAsync(() => gateway.Servers.Count == 1);
        var before = one.Requests.Count;
        await AskAsync(gateway);
        await AskAsync(gateway);
        Assert.Equal(before, one.Requests.Count);
        Assert.Equal($"models.test:{port}[127.0.0.2]", gateway.Servers[0].DestinationId);
    }

    private static async Task AskAsync(TestGateway gateway) => Assert.Equal(200, (await gateway.PostAsync("/predict")).Status);

    private ModelServerResolver Resolver() => new(new GatewayOptions(), NullLogger<ModelServerResolver>.Instance, LookUp);

    private Task<IPAddress[]> LookUp(string name, CancellationToken cancellation) =>
        _addresses is { } found ? Task.FromResult((IPAddress[])found.Clone()) : throw new SocketException((int)SocketError.HostNotFound);

    private static async Task<ResolvedDestinationCollection> ResolveAsync(ModelServerResolver resolver, string address) =>
        await resolver.ResolveDestinationsAsync(new Dictionary<string, DestinationConfig> { ["a"] = new() { Address = address } }, TestContext.Current.CancellationToken);

    private static IEnumerable<(string Id, string Address, string? Host)> Flat(ResolvedDestinationCollection resolved) =>
        resolved.Destinations.Select(static d => (d.Key, d.Value.Address, d.Value.Host)).OrderBy(static d => d.Key, StringComparer.Ordinal);
}
