using Skiff.Models;

namespace Skiff.Server;

/// <summary>Writes the tensors of a request into a table: by position where one tensor is the whole input, by name where each is a column.</summary>
internal static class TensorReader
{
    /// <summary>Reads all tensors.</summary>
    /// <exception cref="CallException">They are not what they say they are.</exception>
    /// <exception cref="InputException">They are not what the model takes.</exception>
    internal static Table Read(Call call, InputPlan plan, ReadOnlySpan<byte> text, InferRequest request)
    {
        var inputs = request.Inputs;
        if (inputs.IsEmpty)
        {
            throw InferRequest.Malformed("\"inputs\" should hold at least one tensor");
        }

        var rows = inputs[0].Rows;
        if (rows == 0)
        {
            throw InferRequest.Malformed("the tensors should hold at least one row");
        }

        return IsWhole(plan, inputs, text, call)
            ? ReadWhole(call, plan, text, ref inputs[0])
            : ReadColumns(call, plan, text, inputs, rows);
    }

    private static bool IsWhole(InputPlan plan, ReadOnlySpan<InputTensor> inputs, ReadOnlySpan<byte> text, Call call)
    {
        if (inputs.Length != 1)
        {
            return false;
        }

        var width = plan.Input.Columns.Count;
        return plan.Input.Form != InputForm.Frame
            || (inputs[0].Width == width && (width > 1 || plan.Find(JsonText.Content(inputs[0].Name.Of(text), call.Text)) < 0));
    }

    private static Table ReadWhole(Call call, InputPlan plan, ReadOnlySpan<byte> text, ref InputTensor tensor)
    {
        var width = plan.NumberColumns < 0 ? tensor.Width : plan.Input.Columns.Count;
        if (tensor.Width != width)
        {
            throw new InputException(
                InputErrorKind.Value, $"the tensor has {tensor.Width} values a row, the model takes {width}");
        }

        var writer = plan.Begin(call.Scratch);
        writer.BeginColumns(tensor.Rows, tensor.Width);
        for (var column = 0; column < width; column++)
        {
            writer.BeginColumn(column);
        }

        ReadData(call, writer, text, ref tensor, 0);
        writer.EndColumns();
        return writer.End();
    }

    private static Table ReadColumns(Call call, InputPlan plan, ReadOnlySpan<byte> text, Span<InputTensor> inputs, int rows)
    {
        // Before memory is taken for them: every column must have come.
        var columns = call.Scratch.Integers(inputs.Length);
        var seen = call.Scratch.Integers(plan.Input.Columns.Count);
        seen.Clear();
        for (var i = 0; i < inputs.Length; i++)
        {
            columns[i] = plan.Find(JsonText.Content(inputs[i].Name.Of(text), call.Text));
            if (columns[i] < 0)
            {
                continue;
            }

            if (inputs[i].Width != 1)
            {
                throw InferRequest.Malformed($"inputs[{i}] is one column, its \"shape\" should be [{rows}] or [{rows}, 1]");
            }

            if (inputs[i].Rows != rows)
            {
                throw InferRequest.Malformed($"inputs[{i}] has {inputs[i].Rows} rows, inputs[0] has {rows}");
            }

            seen[columns[i]] = 1;
        }

        var missing = FirstMissing(plan, seen);
        if (missing >= 0 || plan.NumberColumns < 0)
        {
            var name = missing >= 0 ? plan.Input.Columns[missing].Name : null;
            throw new InputException(
                InputErrorKind.Value, name is null ? "the model takes one tensor of shape [rows, columns]" : $"column '{name}' is missing", -1, name);
        }

        var writer = plan.Begin(call.Scratch);
        writer.BeginColumns(rows);
        for (var i = 0; i < inputs.Length; i++)
        {
            if (columns[i] >= 0)
            {
                writer.BeginColumn(columns[i]);
                ReadData(call, writer, text, ref inputs[i], columns[i]);
            }
        }

        writer.EndColumns();
        return writer.End();
    }

    private static int FirstMissing(InputPlan plan, ReadOnlySpan<int> seen)
    {
        for (var column = 0; column < seen.Length; column++)
        {
            if (seen[column] == 0 && plan.Input.Columns[column] is { IsUsed: true, IsOptional: false })
            {
                return column;
            }
        }

        return -1;
    }

    // Flat or nested. An explicit depth: how deep it is nested is the caller's choice.
    private static void ReadData(Call call, TableWriter writer, ReadOnlySpan<byte> text, ref InputTensor tensor, int firstColumn)
    {
        var data = tensor.Data.Of(text);
        var scanner = new JsonScanner(data);
        var depth = 0;
        var leafDepth = 0;
        var leafStart = 0;
        var count = 0;
        var expected = (long)tensor.Rows * tensor.Width;
        do
        {
            if (scanner.Kind == JsonKind.Array)
            {
                if (scanner.Enter((byte)']'))
                {
                    depth++;
                    leafStart = count;
                    continue;
                }
            }
            else
            {
                leafDepth = leafDepth == 0 ? depth : leafDepth;
                if (count == expected || depth != leafDepth)
                {
                    throw WrongCount(tensor);
                }

                writer.MoveTo(count / tensor.Width);
                ReadCell(call, writer, firstColumn + (count % tensor.Width), data, ref scanner, tensor.Type);
                count++;
            }

            while (depth > 0)
            {
                scanner.ReadSeparator((byte)']', out var more);
                if (more)
                {
                    break;
                }

                if (depth == leafDepth && depth > 1 && count - leafStart != (tensor.Rank == 2 ? tensor.Width : 1))
                {
                    throw WrongCount(tensor);
                }

                depth--;
            }
        }
        while (depth > 0);

        if (count != expected)
        {
            throw WrongCount(tensor);
        }
    }

    private static void ReadCell(Call call, TableWriter writer, int column, ReadOnlySpan<byte> data, ref JsonScanner scanner, TensorType type)
    {
        scanner.ReadValue(out var span);
        var value = span.Of(data);
        switch (span.Kind)
        {
            case JsonKind.Number when type.Kind != TensorKind.Bytes:
                writer.SetNumber(column, Convert(writer, column, value, type));
                break;
            case JsonKind.Boolean when type.Kind != TensorKind.Bytes:
                writer.SetBoolean(column, value[0] == 't');
                break;
            case JsonKind.Text when type.Kind is TensorKind.Bytes or TensorKind.Half or TensorKind.Single or TensorKind.Double:
                writer.SetText(column, JsonText.Content(value, call.Text));
                break;
            case JsonKind.Null when type.Kind is not (TensorKind.Boolean or TensorKind.Integer):
                writer.SetMissing(column);
                break;
            default:
                throw writer.Refuse(column, "the element does not fit the tensor's datatype");
        }
    }

    private static double Convert(TableWriter writer, int column, ReadOnlySpan<byte> number, TensorType type)
    {
        var value = JsonNumber.Parse(number);
        switch (type.Kind)
        {
            case TensorKind.Single:
                return (float)value;
            case TensorKind.Half:
                return (double)(Half)value;
            case TensorKind.Boolean when value is not (0 or 1):
            case TensorKind.Integer when !JsonNumber.IsInteger(number) || value < type.Minimum || value > type.Maximum:
                throw writer.Refuse(column, "the element does not fit the tensor's datatype");
            default:
                return value;
        }
    }

    private static CallException WrongCount(in InputTensor tensor) => InferRequest.Malformed(
        $"\"data\" should hold {(long)tensor.Rows * tensor.Width} elements, flat or nested as \"shape\" says");
}
