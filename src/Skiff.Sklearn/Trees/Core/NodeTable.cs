using System.Buffers.Binary;
using Skiff.Models;
using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>
/// The node array of a tree, read by the names of its fields: releases have added some and changed the width of others, and no reader should
/// depend on either.
/// </summary>
internal sealed class NodeTable
{
    private readonly NdArray _records;
    private readonly Func<string, ModelLoadException> _error;

    private NodeTable(NdArray records, Func<string, ModelLoadException> error)
    {
        _records = records;
        _error = error;
    }

    /// <summary>How many nodes there are.</summary>
    public int Count => _records.Size;

    /// <summary>Takes a structured array of one dimension.</summary>
    /// <exception cref="ModelLoadException">It is something else.</exception>
    public static NodeTable Of(object? value, Func<string, ModelLoadException> error) =>
        value is NdArray { Rank: 1, Type: { Kind: DTypeKind.Structured, Subarray: null } } records
            ? new NodeTable(records, error)
            : throw error($"the nodes are {Describe.Value(value)}; expected an array of records");

    /// <summary>Whether there is such a field.</summary>
    public bool Has(string field) => _records.Type.Fields.Any(f => f.Name == field);

    /// <summary>The nodes where they lie; null where they have other fields or types than 64-bit machines write.</summary>
    public NodeRecords? Records(bool withMissing) => NodeRecords.Of(_records, withMissing);

    /// <summary>A field of integers.</summary>
    public int[] Integers(string field)
    {
        try
        {
            return Packed(field) ?? Field(field).ToInt32s();
        }
        catch (Exception e) when (e is InvalidOperationException or OverflowException)
        {
            throw _error($"the nodes' field '{field}' does not hold 32-bit integers");
        }
    }

    /// <summary>A field of numbers.</summary>
    public double[] Numbers(string field)
    {
        var column = Field(field);
        return column.IsNumeric ? column.ToDoubles() : throw _error($"the nodes' field '{field}' does not hold numbers");
    }

    /// <summary>A field of flags; null where there is no such field.</summary>
    public bool[]? OptionalFlags(string field) => Has(field) ? Array.ConvertAll(Numbers(field), value => value != 0) : null;

    // What 64-bit machines write, without an array of 64-bit integers in between: forests have many nodes.
    private int[]? Packed(string name)
    {
        if (_records.Data is not byte[] records || _records.Type.Fields.FirstOrDefault(f => f.Name == name) is not { Type: { Kind: DTypeKind.Int64, BigEndian: false } } field)
        {
            return null;
        }

        var integers = GC.AllocateUninitializedArray<int>(_records.Size);
        var size = _records.Type.ItemSize;
        for (var i = 0; i < integers.Length; i++)
        {
            integers[i] = checked((int)BinaryPrimitives.ReadInt64LittleEndian(records.AsSpan((i * size) + field.Offset)));
        }

        return integers;
    }

    private NdArray Field(string name) =>
        _records.TryGetField(name, out var field) && field.Rank == 1
            ? field
            : throw _error($"the nodes have no field '{name}'; they have {string.Join(", ", _records.Type.Fields.Select(f => f.Name))}");
}
