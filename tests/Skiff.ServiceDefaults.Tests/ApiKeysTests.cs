using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Skiff.TestKit;

namespace Skiff.ServiceDefaults.Tests;

public sealed class ApiKeysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("secret", "secret", "unnamed")]
    [InlineData("mobile:secret", "secret", "mobile")]
    [InlineData(" a:1 , b : 2 ,,", "2", "b")]
    [InlineData("a:with:colon", "with:colon", "a")]
    [InlineData("ending=in=equals==", "ending=in=equals==", "unnamed")]
    [InlineData("ключ", "ключ", "unnamed")]
    public void Check_ValidKey_IsAcceptedByItsName(string configured, string sent, string name)
    {
        using var keys = Keys(configured);
        Assert.Equal(ApiKeyOutcome.Accepted, keys.Check(Headers(sent), out var found));
        Assert.Equal(name, found);
    }

    [Fact]
    public void Check_SameKeyTwice_IsAcceptedByItsFirstName()
    {
        var path = Path.Combine(_folder.Path, "keys");
        File.WriteAllText(path, "third:secret");
        using var keys = Keys("first:secret,second:secret", path);
        Assert.Equal(ApiKeyOutcome.Accepted, keys.Check(Headers("secret"), out var name));
        Assert.Equal("first", name);
    }

    [Fact]
    public void Check_NameOf64Characters_IsTheLongest()
    {
        var longest = new string('n', 64);
        using var keys = Keys(longest + ":secret");
        Assert.Equal(ApiKeyOutcome.Accepted, keys.Check(Headers("secret"), out var name));
        Assert.Equal(longest, name);
        Assert.Throws<SettingException>(() => Keys(longest + "n:secret"));
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("secre")]
    [InlineData("secret ")]
    [InlineData("secret1")]
    [InlineData("SECRET")]
    [InlineData("mobile:secret")]
    [InlineData("se cret")]
    public void Check_OtherKey_IsWrong(string sent)
    {
        using var keys = Keys("mobile:secret");
        Assert.Equal(ApiKeyOutcome.Wrong, keys.Check(Headers(sent), out var name));
        Assert.Null(name);
    }

    [Fact]
    public void Check_TenThousandCharacters_IsWrongAndWorksWhereItIsTheKey()
    {
        var big = new string('k', 10_000);
        using var other = Keys("secret");
        Assert.Equal(ApiKeyOutcome.Wrong, other.Check(Headers(big), out _));
        using var same = Keys(big);
        Assert.Equal(ApiKeyOutcome.Accepted, same.Check(Headers(big), out _));
    }

    [Fact]
    public void Check_NoKeyOrBlanksOrTwo_IsMissing()
    {
        using var keys = Keys("secret");
        Assert.Equal(ApiKeyOutcome.Missing, keys.Check(new HeaderDictionary(), out _));
        Assert.Equal(ApiKeyOutcome.Missing, keys.Check(Headers(""), out _));
        Assert.Equal(ApiKeyOutcome.Missing, keys.Check(Headers("   "), out _));
        Assert.Equal(ApiKeyOutcome.Missing, keys.Check(new HeaderDictionary { [ApiKeys.HeaderName] = new(["secret", "secret"]) }, out _));
        Assert.Equal("the header X-API-Key must hold one API key", keys.Explain(ApiKeyOutcome.Missing));
        Assert.Equal("the key in X-API-Key is not valid", keys.Explain(ApiKeyOutcome.Wrong));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" , ")]
    public void Check_NothingConfigured_IsRefusedWithTheWayOut(string? configured)
    {
        using var keys = Keys(configured);
        Assert.Equal(ApiKeyOutcome.NoneConfigured, keys.Check(Headers("anything"), out _));
        Assert.Equal(500, ApiKeys.Status(ApiKeyOutcome.NoneConfigured));
        Assert.Equal("no API keys are configured, so every call is refused: set SKIFF_API_KEYS or SKIFF_API_KEYS_FILE", keys.Explain(ApiKeyOutcome.NoneConfigured));
    }

    [Theory]
    [InlineData("a b:secret")]
    [InlineData(":secret")]
    [InlineData("ok,no name:secret")]
    [InlineData("name:")]
    public void Constructor_MalformedEntry_SaysWhichWithoutTheKey(string configured)
    {
        var problem = Assert.Throws<SettingException>(() => Keys(configured));
        Assert.Contains("key ", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_FileChanges_KeysComeAndGoWithinASecond()
    {
        var path = Path.Combine(_folder.Path, "keys");
        File.WriteAllText(path, "# of the mobile app\nold:first\n\n");
        using var keys = Keys(null, path);
        Assert.Equal(ApiKeyOutcome.Accepted, keys.Check(Headers("first"), out _));

        File.WriteAllText(path, "old:first\nnew:second\n");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ApiKeyOutcome.Accepted, keys.Check(Headers("first"), out _));
        Assert.Equal(ApiKeyOutcome.Accepted, keys.Check(Headers("second"), out var name));
        Assert.Equal("new", name);

        File.WriteAllText(path, "new:second\n");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ApiKeyOutcome.Wrong, keys.Check(Headers("first"), out _));
    }

    [Fact]
    public void Check_SecretIsAMountWhoseFolderIsSwapped_NewKeysCount()
    {
        // As Kubernetes does it: the link that is read stays, the folder behind a second link is another one.
        Directory.CreateDirectory(Path.Combine(_folder.Path, "one"));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "two"));
        File.WriteAllText(Path.Combine(_folder.Path, "one", "keys"), "first");
        File.WriteAllText(Path.Combine(_folder.Path, "two", "keys"), "other");
        var data = Path.Combine(_folder.Path, "..data");
        Directory.CreateSymbolicLink(data, "one");
        var path = Path.Combine(_folder.Path, "keys");
        File.CreateSymbolicLink(path, Path.Combine("..data", "keys"));
        using var keys = Keys(null, path);
        Assert.Equal(ApiKeyOutcome.Accepted, keys.Check(Headers("first"), out _));

        Directory.Delete(data);
        Directory.CreateSymbolicLink(data, "two");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ApiKeyOutcome.Wrong, keys.Check(Headers("first"), out _));
        Assert.Equal(ApiKeyOutcome.Accepted, keys.Check(Headers("other"), out _));
    }

    [Fact]
    public void Check_FileGoneOrBroken_KeysBeforeStay()
    {
        var path = Path.Combine(_folder.Path, "keys");
        File.WriteAllText(path, "secret");
        using var keys = Keys(null, path);
        File.Delete(path);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ApiKeyOutcome.Accepted, keys.Check(Headers("secret"), out _));
        File.WriteAllText(path, "not a name:other");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ApiKeyOutcome.Accepted, keys.Check(Headers("secret"), out _));
        File.WriteAllText(path, "");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ApiKeyOutcome.NoneConfigured, keys.Check(Headers("secret"), out _));
    }

    [Fact]
    public void Constructor_FileThatIsNotThere_RefusesUntilItIs()
    {
        var path = Path.Combine(_folder.Path, "keys");
        using var keys = Keys(null, path);
        Assert.True(keys.IsAskedFor);
        Assert.Equal(ApiKeyOutcome.NoneConfigured, keys.Check(Headers("secret"), out _));
        File.WriteAllText(path, "secret");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ApiKeyOutcome.Accepted, keys.Check(Headers("secret"), out _));
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData("", null, true)]
    [InlineData(null, "keys.txt", true)]
    public void IsAskedFor_KeysOrAFile_BeTheyThereOrNot(string? configured, string? file, bool expected) =>
        Assert.Equal(expected, new ApiKeyOptions { Keys = configured, File = file }.IsAskedFor);

    [Theory]
    [InlineData(ApiKeyOutcome.Missing, 401)]
    [InlineData(ApiKeyOutcome.Wrong, 401)]
    [InlineData(ApiKeyOutcome.NoneConfigured, 500)]
    public void Status_Refusal_IsTheCallersOrOurs(ApiKeyOutcome outcome, int expected) => Assert.Equal(expected, ApiKeys.Status(outcome));

    [Fact]
    public void Constructor_File_LogsNamesAndNoKey()
    {
        var path = Path.Combine(_folder.Path, "keys");
        File.WriteAllText(path, "mobile:first\nmobile:second\nweb:third\n");
        var lines = new LogLines();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(lines));
        using var keys = new ApiKeys(new ApiKeyOptions { File = path }, _time, factory.CreateLogger<ApiKeys>());
        Assert.Equal($"3 API keys from {path}: mobile, web", Assert.Single(lines.All).Message);
    }

    [Fact]
    public void Arguments_Null_AreRefusedByName()
    {
        Assert.Throws<ArgumentNullException>("options", () => new ApiKeys(null!, _time, NullLogger<ApiKeys>.Instance));
        using var keys = Keys("secret");
        Assert.Throws<ArgumentNullException>("headers", () => keys.Check(null!, out _));
    }

    private static HeaderDictionary Headers(string key) => new() { [ApiKeys.HeaderName] = key };

    private ApiKeys Keys(string? configured, string? file = null) =>
        new(new ApiKeyOptions { Keys = configured, File = file }, _time, NullLogger<ApiKeys>.Instance);
}
