namespace Skiff.Python.Regex;

/// <summary>A parsed pattern.</summary>
/// <param name="Root">Its tree.</param>
/// <param name="Flags">The flags given and those set inside, UNICODE included.</param>
/// <param name="GroupWidths">The widths of the groups by number; their count is one more than that of the groups.</param>
/// <param name="Names">Group names and their numbers.</param>
internal sealed record ParsedPattern(RegexNode Root, PyRegexFlags Flags, List<NodeWidth?> GroupWidths, Dictionary<string, int> Names)
{
    internal int GroupCount => GroupWidths.Count - 1;
}
