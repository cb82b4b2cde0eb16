namespace Skiff.Models;

/// <summary>A text a row, or a missing one: UTF-8 (lone surrogates as three bytes), one behind the other.</summary>
public sealed class TextBlock : Block
{
    // An end below zero marks a missing text: ~end.
    private byte[] _bytes = new byte[256];
    private int[] _ends = new int[16];

    /// <summary>Makes an empty block.</summary>
    public TextBlock()
    {
        Columns = 1;
    }

    /// <inheritdoc/>
    public override BlockKind Kind => BlockKind.Text;

    /// <summary>Empties the block.</summary>
    public void Clear() => Rows = 0;

    /// <summary>The text of a row; empty where it is missing.</summary>
    public ReadOnlySpan<byte> Text(int row)
    {
        var start = Start(row);
        return _bytes.AsSpan(start, End(row) - start);
    }

    /// <summary>Whether a row's text is missing.</summary>
    public bool IsMissing(int row) => _ends[row] < 0;

    /// <summary>Appends a row.</summary>
    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(AppendBytes(text.Length));
    }

    /// <summary>Appends a row of <paramref name="length"/> bytes, for the caller to fill.</summary>
    public Span<byte> AppendBytes(int length)
    {
        var start = Start(Rows);
        var end = checked(start + length);
        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(end, checked(_bytes.Length * 2)));
        }

        AppendEnd(end);
        return _bytes.AsSpan(start, length);
    }

    /// <summary>Appends a row without a text.</summary>
    public void AppendMissing() => AppendEnd(~Start(Rows));

    /// <summary>Takes the last row back.</summary>
    public void RemoveLast() => Rows--;

    internal override void Trim(int maximumBytes)
    {
        if (_bytes.Length > maximumBytes)
        {
            _bytes = new byte[256];
        }

        if (_ends.Length > maximumBytes / sizeof(int))
        {
            _ends = new int[16];
        }
    }

    private int Start(int row) => row == 0 ? 0 : End(row - 1);

    private int End(int row) => _ends[row] < 0 ? ~_ends[row] : _ends[row];

    private void AppendEnd(int end)
    {
        if (Rows == _ends.Length)
        {
            Array.Resize(ref _ends, checked(_ends.Length * 2));
        }

        _ends[Rows++] = end;
    }
}
