using Microsoft.AspNetCore.Http;

namespace Skiff.ServiceDefaults.Tests;

public sealed class RequestIdsTests
{
    [Theory]
    [InlineData("abc-1", true)]
    [InlineData("A.b_C-9", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a\nb", false)]
    [InlineData("é", false)]
    [InlineData("a/b", false)]
    [InlineData("\"", false)]
    public void IsValid_Id_FollowsTheRule(string id, bool expected) => Assert.Equal(expected, RequestIds.IsValid(id));

    [Fact]
    public void IsValid_Length_Is1To128()
    {
        Assert.True(RequestIds.IsValid(new string('a', 128)));
        Assert.False(RequestIds.IsValid(new string('a', 129)));
    }

    [Fact]
    public void Assign_ValidId_IsTakenOver()
    {
        var context = new DefaultHttpContext();
        context.Request.Headers[RequestIds.HeaderName] = "mine";
        Assert.Equal("mine", RequestIds.Assign(context));
        Assert.Equal("mine", context.TraceIdentifier);
        Assert.Equal("mine", context.Response.Headers[RequestIds.HeaderName]);
    }

    [Fact]
    public void Assign_NoneOrTwo_MakesOneUp()
    {
        var none = new DefaultHttpContext();
        Assert.True(Guid.TryParseExact(RequestIds.Assign(none), "D", out _));
        var two = new DefaultHttpContext();
        two.Request.Headers[RequestIds.HeaderName] = new(["a", "b"]);
        Assert.Equal(36, RequestIds.Assign(two).Length);
    }

    [Fact]
    public void Create_Many_AreDifferentUuidsOfVersion4()
    {
        var ids = Enumerable.Range(0, 1000).Select(static _ => RequestIds.Create()).ToHashSet();
        Assert.Equal(1000, ids.Count);
        Assert.All(ids, static id => Assert.True(id[14] == '4' && "89ab".Contains(id[19], StringComparison.Ordinal)));
    }
}
