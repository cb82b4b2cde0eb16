using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>A function that was registered from C# in place of a Python one.</summary>
internal sealed class RegisteredFunction(string name, PythonTextFunction function) : NamedFunction(name)
{
    public override void CallText(ReadOnlySpan<byte> text, ByteBuffer destination, Action<long>? steps) => function(text, destination);

    // Tokens come back one a line: no token of a text holds a line feed unless its function wants that, and no second delegate is needed.
    public override void CallTokens(ReadOnlySpan<byte> text, TokenBuffer tokens, Action<long>? steps)
    {
        var buffer = new ByteBuffer(text.Length + 16);
        function(text, buffer);
        foreach (var line in buffer.Written.Split((byte)'\n'))
        {
            tokens.Add(buffer.Written[line]);
        }
    }

    public override void CallRows(TextBlock x, TextBlock y, Action<long>? steps)
    {
        var buffer = new ByteBuffer();
        for (var row = 0; row < x.Rows; row++)
        {
            steps?.Invoke(x.Text(row).Length);
            buffer.Clear();
            function(x.Text(row), buffer);
            y.Append(buffer.Written);
        }
    }
}
