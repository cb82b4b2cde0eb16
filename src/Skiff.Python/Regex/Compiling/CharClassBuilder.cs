namespace Skiff.Python.Regex;

/// <summary>Collects the characters of a set, folded as CPython's compiler folds them.</summary>
internal sealed class CharClassBuilder(CaseFolding folding, bool ascii)
{
    private const int FirstBeyondBmp = 0x10000;

    private readonly List<(int Low, int High)> _ranges = [];
    private readonly List<(int Low, int High)> _upperRanges = [];
    private int _categories;
    private bool _cased;

    internal static CharClass Build(IEnumerable<SetItem> items, bool negated, PyRegexFlags flags)
    {
        var folding = CaseFoldingExtensions.Of(flags);
        var builder = new CharClassBuilder(folding, (flags & PyRegexFlags.Unicode) == 0);
        foreach (var item in items)
        {
            builder.Add(item);
        }

        return builder.ToClass(negated);
    }

    private void Add(SetItem item)
    {
        if (item.Category != SetCategory.None)
        {
            _categories |= 1 << (int)item.Category;
        }
        else if (folding == CaseFolding.None)
        {
            _ranges.Add((item.Low, item.High));
        }
        else
        {
            AddFolded(item.Low, item.High);
        }
    }

    private void AddFolded(int low, int high)
    {
        for (var codePoint = low; codePoint <= Math.Min(high, FirstBeyondBmp - 1); codePoint++)
        {
            _cased |= folding.IsCased(codePoint);
            var lower = folding.Lower(codePoint);
            AddOne(lower);
            AddExtraCases(lower);
        }

        if (high < FirstBeyondBmp)
        {
            return;
        }

        // Beyond the first plane CPython keeps a range as it is and asks for the upper case too.
        if (low == high)
        {
            _cased |= folding.IsCased(low);
            AddOne(folding.Lower(low));
            return;
        }

        _cased = true;
        _ranges.Add((low, high));
        if (folding == CaseFolding.Unicode)
        {
            _upperRanges.Add((low, high));
        }
    }

    private void AddExtraCases(int lower)
    {
        if (folding != CaseFolding.Unicode)
        {
            return;
        }

        var pairs = CaseFoldingExtensions.ExtraCases;
        var low = 0;
        var high = pairs.Length / 2;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (pairs[2 * middle] < lower)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        for (; 2 * low < pairs.Length && pairs[2 * low] == lower; low++)
        {
            AddOne(pairs[(2 * low) + 1]);
        }
    }

    private void AddOne(int codePoint)
    {
        if (_ranges.Count > 0 && _ranges[^1].High == codePoint - 1)
        {
            _ranges[^1] = (_ranges[^1].Low, codePoint);
        }
        else
        {
            _ranges.Add((codePoint, codePoint));
        }
    }

    private CharClass ToClass(bool negated) =>
        new(Merge(_ranges), Merge(_upperRanges), _categories, negated, _cased ? folding : CaseFolding.None, ascii);

    private static int[] Merge(List<(int Low, int High)> ranges)
    {
        ranges.Sort();
        List<int> merged = [];
        foreach (var (low, high) in ranges)
        {
            if (merged.Count > 0 && low <= merged[^1] + 1)
            {
                merged[^1] = Math.Max(merged[^1], high);
            }
            else
            {
                merged.Add(low);
                merged.Add(high);
            }
        }

        return [.. merged];
    }
}
