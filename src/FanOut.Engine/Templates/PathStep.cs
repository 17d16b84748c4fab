using System.Text;

namespace FanOut.Engine.Templates;

/// <summary>One step of a path into JSON: to a field, to an element, or to all of them.</summary>
internal readonly struct PathStep
{
    /// <summary>To the field of a name.</summary>
    public PathStep(string name) => (Name, Utf8) = (name, Encoding.UTF8.GetBytes(name));

    /// <summary>To an element of an array, from 0.</summary>
    public PathStep(int index) => Index = index;

    /// <summary>To all elements of an array, or all fields of an object.</summary>
    public static PathStep All { get; } = new(-1);

    /// <summary>The field's name; null: it is no step to a field.</summary>
    public string? Name { get; }

    /// <summary>The field's name, UTF-8.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>The element's position.</summary>
    public int Index { get; }

    /// <summary>Whether it leads to all of them.</summary>
    public bool IsAll => Name is null && Index < 0;
}
