using System.Text;

namespace Skiff.Gateway.Tests.Support;

/// <summary>A request as a model server has got it.</summary>
internal sealed record Seen(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    internal string Line => $"{Method} {Target}";

    internal string Text => Encoding.UTF8.GetString(Body);

    internal string? Header(string name) => Headers.GetValueOrDefault(name);
}
