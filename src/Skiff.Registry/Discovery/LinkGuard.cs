namespace Skiff.Registry;

/// <summary>
/// Says where a path really leads, and refuses those that lead out of the root. .NET resolves only the last part of a path, and
/// Kubernetes' mounts have a link in the middle (<c>model.joblib -> ..data/model.joblib</c>, <c>..data -> ..2026_11_24</c>), so
/// every part is walked here.
/// </summary>
internal sealed class LinkGuard
{
    private const int MaxLinks = 40;

    private readonly bool _followAll;

    internal LinkGuard(string root, bool followAll)
    {
        Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        RealRoot = Walk(Root) ?? Root;
        _followAll = followAll;
    }

    internal string Root { get; }

    internal string RealRoot { get; }

    /// <summary>Resolves every link of a path.</summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="problem">What to say after the path's name when it is refused.</param>
    /// <returns>The real path, which need not exist, or null when it is refused.</returns>
    internal string? Resolve(string path, out string? problem)
    {
        var real = Walk(path);
        if (real is null)
        {
            problem = "is a link in a circle";
            return null;
        }

        if (!_followAll && !IsInside(real))
        {
            problem = "is a link out of the registry; --follow-links follows it";
            return null;
        }

        problem = null;
        return real;
    }

    private bool IsInside(string real) =>
        real.StartsWith(RealRoot, StringComparison.Ordinal)
        && (real.Length == RealRoot.Length || Path.EndsInDirectorySeparator(RealRoot) || real[RealRoot.Length] == Path.DirectorySeparatorChar);

    private static string? Walk(string path)
    {
        var links = 0;
        var pending = new Stack<string>();
        var current = Push(pending, path);
        while (pending.TryPop(out var part))
        {
            if (part == "..")
            {
                current = Path.GetDirectoryName(current) ?? current;
                continue;
            }

            var next = Path.Join(current, part);
            var target = part == "." ? null : new FileInfo(next).LinkTarget;
            if (target is null)
            {
                current = part == "." ? current : next;
                continue;
            }

            if (++links > MaxLinks)
            {
                return null;
            }

            var root = Push(pending, target);
            current = root.Length > 0 ? root : current;
        }

        return current;
    }

    private static string Push(Stack<string> pending, string path)
    {
        var root = Path.GetPathRoot(path) ?? string.Empty;
        var parts = path[root.Length..].Split(
            [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            pending.Push(parts[i]);
        }

        return root;
    }
}
