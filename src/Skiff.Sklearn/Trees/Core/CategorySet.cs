namespace Skiff.Sklearn;

/// <summary>The categories that go to the left at a node.</summary>
/// <param name="Bits">One bit a category, lowest first.</param>
/// <param name="OthersLeft">Whether categories below zero or beyond the bits go to the left.</param>
/// <param name="WrapsAround">Whether a category beyond 255 counts as its lowest byte, as a cast to an unsigned byte makes it.</param>
internal sealed record CategorySet(uint[] Bits, bool OthersLeft, bool WrapsAround = false)
{
    /// <summary>Whether a fraction is cut off before the sign counts, so that -0.5 is the category 0.</summary>
    public bool CutsFirst { get; init; }

    /// <summary>Whether a category goes to the left. A fraction is cut off; it is not NaN.</summary>
    public bool GoesLeft(double category)
    {
        category = CutsFirst ? Math.Truncate(category) : category;
        if (category < 0)
        {
            return OthersLeft;
        }

        if (WrapsAround)
        {
            // What x86 makes of a number beyond 32 bits has a lowest byte of zero.
            category = category <= int.MaxValue ? (int)category & 255 : 0;
        }
        else if (category >= Bits.Length * 32.0)
        {
            return OthersLeft;
        }

        var bit = (int)category;
        return ((Bits[bit >> 5] >> (bit & 31)) & 1) != 0;
    }
}
