namespace Skiff.Numerics;

/// <summary>Reorders arrays from Fortran order (first index fastest) to C order (last index fastest).</summary>
internal static class FortranOrder
{
    /// <summary>A square of this side fits the first-level cache for 16-byte elements, source and destination together.</summary>
    private const int Block = 32;

    /// <summary>Reorders elements.</summary>
    public static T[] ToC<T>(T[] source, ReadOnlySpan<int> shape)
    {
        var result = new T[source.Length];
        var rows = shape[0];
        var columns = shape[^1];
        var middle = rows == 0 || columns == 0 ? 0 : source.Length / rows / columns;

        // Element (i, m, j) lies at i + rows * (m' + middle * j) in the file and at (i * middle + m) * columns + j here, where m' is m with
        // its own dimensions read backwards.
        var odometer = new Odometer(shape[1..^1]);
        for (var m = 0; m < middle; m++)
        {
            Transpose(source, result, rows, columns, rows * odometer.Fortran, rows * middle, m * columns, middle * columns);
            odometer.Next();
        }

        return result;
    }

    /// <summary>Reorders records of <paramref name="itemSize"/> bytes.</summary>
    public static byte[] ToC(byte[] source, int itemSize, ReadOnlySpan<int> shape)
    {
        if (itemSize == 0)
        {
            return source;
        }

        var order = new int[source.Length / itemSize];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        order = ToC(order, shape);
        var result = new byte[source.Length];
        for (var i = 0; i < order.Length; i++)
        {
            source.AsSpan(order[i] * itemSize, itemSize).CopyTo(result.AsSpan(i * itemSize));
        }

        return result;
    }

    private static void Transpose<T>(T[] source, T[] result, int rows, int columns, int from, int sourceStride, int to, int resultStride)
    {
        for (var firstRow = 0; firstRow < rows; firstRow += Block)
        {
            var lastRow = Math.Min(rows, firstRow + Block);
            for (var firstColumn = 0; firstColumn < columns; firstColumn += Block)
            {
                var lastColumn = Math.Min(columns, firstColumn + Block);
                for (var i = firstRow; i < lastRow; i++)
                {
                    for (var j = firstColumn; j < lastColumn; j++)
                    {
                        result[to + (i * resultStride) + j] = source[from + (j * sourceStride) + i];
                    }
                }
            }
        }
    }

    /// <summary>Counts through a shape in C order and knows where each element lies in Fortran order.</summary>
    private struct Odometer(ReadOnlySpan<int> shape)
    {
        private readonly int[] _shape = shape.ToArray();
        private readonly int[] _index = new int[shape.Length];

        public int Fortran { get; private set; }

        public void Next()
        {
            for (var d = _shape.Length - 1; d >= 0; d--)
            {
                if (++_index[d] < _shape[d])
                {
                    break;
                }

                _index[d] = 0;
            }

            var stride = 1;
            Fortran = 0;
            for (var d = 0; d < _shape.Length; d++)
            {
                Fortran += _index[d] * stride;
                stride *= _shape[d];
            }
        }
    }
}
