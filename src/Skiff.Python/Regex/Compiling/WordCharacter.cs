using Skiff.Python.Unicode;

namespace Skiff.Python.Regex;

/// <summary><c>\w</c> of one character.</summary>
internal static class WordCharacter
{
    internal static bool Is(int codePoint, bool ascii)
    {
        if (codePoint < 0x80)
        {
            return codePoint is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_';
        }

        return !ascii && UnicodeData.Has(codePoint, CharacterFlags.Alnum);
    }
}
