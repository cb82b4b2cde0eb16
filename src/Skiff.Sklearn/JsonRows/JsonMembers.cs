using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>The members of a JSON object by name; of a doubled name the last, as Python's <c>json</c> keeps it. Reused from row to row.</summary>
internal sealed class JsonMembers
{
    private readonly ByteBuffer _names = new();

    // Kept: a sort makes one of its own of any comparer, each time.
    private readonly Comparison<Member> _byName;
    private Member[] _members = new Member[16];

    /// <summary>Makes an empty list.</summary>
    public JsonMembers() => _byName = Compare;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Reads an object.</summary>
    /// <param name="json">The object, found well formed.</param>
    /// <param name="unescaped">For names with escapes.</param>
    public void Read(ReadOnlySpan<byte> json, ByteBuffer unescaped)
    {
        _names.Clear();
        Count = 0;
        var scanner = new JsonScanner(json);
        var more = scanner.Enter((byte)'}');
        while (more)
        {
            scanner.ReadName(out var raw);
            scanner.ReadValue(out var value);
            scanner.ReadSeparator((byte)'}', out more);
            Add(JsonText.Unescape(raw.Of(json), unescaped), value);
        }

        KeepLastOfEach();
    }

    /// <summary>A member's name.</summary>
    public ReadOnlySpan<byte> Name(int index) => Name(_members[index]);

    /// <summary>Where a member's value is in the object.</summary>
    public JsonSpan Value(int index) => _members[index].Value;

    /// <summary>Gives memory back after a large object.</summary>
    public void Trim(int maximumBytes)
    {
        _names.Trim(maximumBytes);
        if (_members.Length > maximumBytes / 16)
        {
            _members = new Member[16];
        }
    }

    private void Add(ReadOnlySpan<byte> name, JsonSpan value)
    {
        if (Count == _members.Length)
        {
            Array.Resize(ref _members, Count * 2);
        }

        _members[Count++] = new Member(_names.Length, name.Length, value);
        _names.Append(name);
    }

    // By sorting, not by a table of hashes: whoever sends the row chooses the names.
    private void KeepLastOfEach()
    {
        _members.AsSpan(0, Count).Sort(_byName);
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (i + 1 == Count || !Name(i).SequenceEqual(Name(i + 1)))
            {
                _members[kept++] = _members[i];
            }
        }

        Count = kept;
    }

    // Where names are equal, in the order of the text.
    private int Compare(Member x, Member y)
    {
        var order = Name(x).SequenceCompareTo(Name(y));
        return order != 0 ? order : x.Value.Start.CompareTo(y.Value.Start);
    }

    private ReadOnlySpan<byte> Name(in Member member) => _names.Written.Slice(member.Start, member.Length);

    /// <summary>A member: where its name is in the buffer of names, and its value in the object.</summary>
    private readonly record struct Member(int Start, int Length, JsonSpan Value);
}
