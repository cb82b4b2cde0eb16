using System.Text;

namespace Skiff.Registry;

/// <summary>Something in the registry that is not as it should be, and does not keep the rest from being served.</summary>
/// <param name="Model">The model it is about, or null when it is about the root.</param>
/// <param name="Version">The version it is about, or null when it is about the model.</param>
/// <param name="Path">The file or folder, relative to the root, with forward slashes.</param>
/// <param name="Message">What is wrong and what is done about it: at most <see cref="MaxMessageLength"/> characters.</param>
public sealed record RegistryProblem(string? Model, string? Version, string Path, string Message)
{
    /// <summary>The longest message: what a file says about itself never floods a log.</summary>
    public const int MaxMessageLength = 400;

    /// <summary>Cuts a message to its length, and takes out of it what would move a terminal's cursor.</summary>
    internal static string Bound(string message)
    {
        var length = Math.Min(message.Length, MaxMessageLength);
        var text = new StringBuilder(length);
        foreach (var c in message.AsSpan(0, message.Length > length ? length - 1 : length))
        {
            text.Append(c is < ' ' or (>= '\x7f' and <= '\x9f') or (>= '\ud800' and <= '\udfff') ? '\uFFFD' : c);
        }

        return message.Length > length ? text.Append('…').ToString() : text.ToString();
    }
}
