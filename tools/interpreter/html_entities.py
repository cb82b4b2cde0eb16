"""Writes the table of HTML 5's named character references from CPython's own.

Usage: python3 html_entities.py > ../../src/Skiff.Python/Interpreter/Modules/Generated/HtmlEntityTable.cs
"""
from html.entities import html5

print("""// Written by tools/interpreter/html_entities.py. Do not edit.
namespace Skiff.Python.Interpreter;

/// <summary>HTML 5's named character references: a name (with its semicolon, where it has one) and its code points, a line each.</summary>
internal static class HtmlEntityTable
{
    public static ReadOnlySpan<byte> Lines =>
        \"\"\"""")
for name in sorted(html5):
    print("        " + name + " " + " ".join("%X" % ord(c) for c in html5[name]))
print("""
        \"\"\"u8;
}""")
