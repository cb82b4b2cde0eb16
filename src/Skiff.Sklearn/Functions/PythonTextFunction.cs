using Skiff.Numerics;

namespace Skiff.Sklearn;

/// <summary>A text to a text, in C#: what takes the place of a Python function that a model names.</summary>
/// <param name="text">UTF-8, lone surrogates as three bytes.</param>
/// <param name="destination">Where the answer is appended.</param>
public delegate void PythonTextFunction(ReadOnlySpan<byte> text, ByteBuffer destination);
