using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace Skiff.Bench.Onnx;

/// <summary>The rows of <c>{"instances":[[...],...]}</c> as float32, read as they come in, in memory that is used again.</summary>
internal sealed class Rows : IDisposable
{
    private float[] _values = ArrayPool<float>.Shared.Rent(1024);
    private int _length;
    private int _depth;
    private bool _isInside;
    private int _start;

    public int Count { get; private set; }

    public int Width { get; private set; }

    public Memory<float> Values => _values.AsMemory(0, _length);

    /// <summary>Reads a request's body.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="FormatException">It holds no rows of one width.</exception>
    public async ValueTask ReadAsync(PipeReader body, CancellationToken cancellationToken)
    {
        var state = default(JsonReaderState);
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            var consumed = Take(read.Buffer, read.IsCompleted, ref state);
            body.AdvanceTo(consumed, read.Buffer.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        if (Count == 0 || Width == 0)
        {
            throw new FormatException("'instances' is missing or empty");
        }
    }

    public void Dispose() => ArrayPool<float>.Shared.Return(_values);

    private SequencePosition Take(ReadOnlySequence<byte> buffer, bool isLast, ref JsonReaderState state)
    {
        var json = new Utf8JsonReader(buffer, isLast, state);
        while (json.Read())
        {
            switch (json.TokenType)
            {
                case JsonTokenType.PropertyName when _depth == 0:
                    _isInside = json.ValueTextEquals("instances"u8);
                    break;
                case JsonTokenType.StartArray:
                    _depth++;
                    _start = _length;
                    break;
                case JsonTokenType.EndArray:
                    EndArray();
                    break;
                case JsonTokenType.Number when _isInside && _depth == 2:
                    Add(json.GetSingle());
                    break;
                case JsonTokenType.String or JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null when _isInside:
                    throw new FormatException("an instance is a list of numbers");
            }
        }

        state = json.CurrentState;
        return json.Position;
    }

    private void EndArray()
    {
        _depth--;
        if (!_isInside || _depth != 1)
        {
            return;
        }

        var width = _length - _start;
        if (Count++ > 0 && width != Width)
        {
            throw new FormatException($"row {Count - 1} has {width} numbers, the first has {Width}");
        }

        Width = width;
    }

    private void Add(float value)
    {
        if (_length == _values.Length)
        {
            var larger = ArrayPool<float>.Shared.Rent(_length * 2);
            _values.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<float>.Shared.Return(_values);
            _values = larger;
        }

        _values[_length++] = value;
    }
}
