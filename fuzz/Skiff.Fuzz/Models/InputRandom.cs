namespace Skiff.Fuzz;

/// <summary>Random numbers that an input decides: what is taken from it becomes the next choice, so that whoever changes the input changes the choices.</summary>
internal sealed class InputRandom : Random
{
    private byte[] _input = [];
    private int _at;

    /// <summary>Starts over with an input; once it is used up, every choice is the first.</summary>
    public void Begin(byte[] input)
    {
        _input = input;
        _at = 0;
    }

    /// <inheritdoc/>
    public override int Next(int maxValue) => maxValue <= 1 ? 0 : (int)(Take(maxValue <= 256 ? 1 : maxValue <= 65536 ? 2 : 4) % (uint)maxValue);

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue) => minValue + Next(maxValue - minValue);

    private uint Take(int bytes)
    {
        var value = 0u;
        for (; bytes > 0; bytes--)
        {
            value = (value << 8) | (_at < _input.Length ? _input[_at++] : 0u);
        }

        return value;
    }
}
