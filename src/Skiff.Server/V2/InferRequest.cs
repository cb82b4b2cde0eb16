using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Server;

/// <summary>A tensor of a request: where its parts are.</summary>
internal struct InputTensor
{
    internal JsonSpan Name;
    internal JsonSpan Shape;
    internal JsonSpan Datatype;
    internal JsonSpan Data;

    /// <summary>The length of the first dimension.</summary>
    internal int Rows;

    /// <summary>Cells a row.</summary>
    internal int Width;

    /// <summary>How many dimensions it has.</summary>
    internal int Rank;

    internal TensorType Type;
}

/// <summary>An infer request of the open inference protocol. Reused from request to request.</summary>
internal sealed class InferRequest
{
    private InputTensor[] _inputs = new InputTensor[4];

    internal JsonSpan Id { get; private set; }

    internal JsonSpan Outputs { get; private set; }

    internal int InputCount { get; private set; }

    internal Span<InputTensor> Inputs => _inputs.AsSpan(0, InputCount);

    /// <summary>Reads a body.</summary>
    /// <exception cref="CallException">It is not JSON, or not an infer request.</exception>
    internal void Read(ReadOnlySpan<byte> text, ByteBuffer names)
    {
        Id = default;
        Outputs = default;
        InputCount = 0;
        var scanner = new JsonScanner(text);
        if (!scanner.ReadDocument(out var document))
        {
            throw ErrorBodies.NotJson(text, scanner.Error, scanner.ErrorPosition);
        }

        if (document.Kind != JsonKind.Object)
        {
            throw Malformed("the body should be an object with \"inputs\"");
        }

        JsonSpan inputs = default;
        var members = new MemberReader(text, document, names);
        while (members.MoveNext(out var name, out var value))
        {
            if (name.SequenceEqual("inputs"u8))
            {
                inputs = value;
            }
            else if (name.SequenceEqual("outputs"u8))
            {
                Outputs = value;
            }
            else if (name.SequenceEqual("id"u8))
            {
                Id = value;
            }
        }

        if (Id.Kind is not (JsonKind.Text or JsonKind.Null or JsonKind.Absent))
        {
            throw Malformed("\"id\" should be a string");
        }

        if (Outputs.Kind is not (JsonKind.Array or JsonKind.Null or JsonKind.Absent))
        {
            throw Malformed("\"outputs\" should be a list");
        }

        if (inputs.Kind != JsonKind.Array)
        {
            throw Malformed("\"inputs\" should be a list of tensors");
        }

        ReadInputs(text, inputs, names);
    }

    internal static CallException Malformed(string message) => new(FailureReason.Shape, message);

    private void ReadInputs(ReadOnlySpan<byte> text, JsonSpan inputs, ByteBuffer names)
    {
        var list = inputs.Of(text);
        var scanner = new JsonScanner(list);
        var more = scanner.Enter((byte)']');
        while (more)
        {
            scanner.ReadValue(out var tensor);
            if (tensor.Kind != JsonKind.Object)
            {
                throw Malformed($"inputs[{InputCount}] should be an object");
            }

            if (InputCount == _inputs.Length)
            {
                Array.Resize(ref _inputs, _inputs.Length * 2);
            }

            _inputs[InputCount++] = ReadTensor(text, new JsonSpan(inputs.Start + tensor.Start, tensor.Length, JsonKind.Object), names);
            scanner.ReadSeparator((byte)']', out more);
        }
    }

    private InputTensor ReadTensor(ReadOnlySpan<byte> text, JsonSpan span, ByteBuffer names)
    {
        var tensor = default(InputTensor);
        var members = new MemberReader(text, span, names);
        while (members.MoveNext(out var name, out var value))
        {
            if (name.SequenceEqual("name"u8))
            {
                tensor.Name = value;
            }
            else if (name.SequenceEqual("shape"u8))
            {
                tensor.Shape = value;
            }
            else if (name.SequenceEqual("datatype"u8))
            {
                tensor.Datatype = value;
            }
            else if (name.SequenceEqual("data"u8))
            {
                tensor.Data = value;
            }
        }

        var place = InputCount - 1;
        Require(tensor.Name.Kind == JsonKind.Text, place, "a \"name\", a string");
        Require(tensor.Shape.Kind == JsonKind.Array, place, "a \"shape\", a list of integers");
        Require(tensor.Datatype.Kind == JsonKind.Text, place, "a \"datatype\", a string");
        Require(tensor.Data.Kind == JsonKind.Array, place, "\"data\", a list; binary tensor data is not supported");
        if (!TensorType.TryParse(JsonText.Content(tensor.Datatype.Of(text), names), out tensor.Type))
        {
            throw Malformed($"inputs[{place}] has an unknown datatype; known are {TensorType.Known}");
        }

        ReadShape(text, ref tensor, place);
        return tensor;
    }

    // What a shape claims is held against the bytes that came: each cell takes at least one, and one for what parts it from the next.
    private static void ReadShape(ReadOnlySpan<byte> text, ref InputTensor tensor, int place)
    {
        var list = tensor.Shape.Of(text);
        var scanner = new JsonScanner(list);
        var more = scanner.Enter((byte)']');
        var cells = 1L;
        tensor.Width = 1;
        while (more)
        {
            scanner.ReadValue(out var value);
            var digits = value.Of(list);
            var size = value.Kind == JsonKind.Number && JsonNumber.IsInteger(digits) ? JsonNumber.Parse(digits) : -1;
            if (size < 0)
            {
                throw Malformed($"inputs[{place}]: \"shape\" should be a list of integers that are not negative");
            }

            cells = cells == 0 ? 0 : size > tensor.Data.Length ? long.MaxValue : cells * (long)size;
            if (cells > (tensor.Data.Length / 2) + 1)
            {
                throw Malformed($"inputs[{place}]: \"data\" has fewer elements than \"shape\" says");
            }

            if (tensor.Rank == 0)
            {
                tensor.Rows = (int)size;
            }
            else
            {
                tensor.Width = (int)Math.Min(size, int.MaxValue);
            }

            tensor.Rank++;
            scanner.ReadSeparator((byte)']', out more);
        }

        if (tensor.Rank is 0 or > 2)
        {
            throw Malformed($"inputs[{place}]: \"shape\" should have one dimension, the rows, or two, rows and columns");
        }
    }

    private static void Require(bool condition, int place, string what)
    {
        if (!condition)
        {
            throw Malformed($"inputs[{place}] should have {what}");
        }
    }
}
