using FanOut.Engine.Filtering.Conditions;

namespace FanOut.Engine.Filtering.Shapes;

/// <summary>What a field of a source's records can be. An array has the shape of its elements, as a pattern asks for one of them.</summary>
internal sealed record FieldShape
{
    /// <summary>Any JSON; not in every record.</summary>
    public static FieldShape Json { get; } = new() { Kinds = [ScalarKind.Text, ScalarKind.Number, ScalarKind.Literal] };

    /// <summary>A string; not in every record.</summary>
    public static FieldShape Text { get; } = new() { Kinds = [ScalarKind.Text] };

    /// <summary>A number; not in every record.</summary>
    public static FieldShape Number { get; } = new() { Kinds = [ScalarKind.Number] };

    /// <summary>Which kinds of value it can be; empty: it is an object, or never there.</summary>
    public ScalarKind[] Kinds { get; private init; } = [];

    /// <summary>The only values that occur; null: any.</summary>
    public string[]? Values { get; private init; }

    /// <summary>How all other values than <see cref="Values"/> begin; null: there are no others.</summary>
    public string? Prefix { get; init; }

    /// <summary>Whether every record has it.</summary>
    public bool IsAlwaysThere { get; private init; }

    /// <summary>Its own fields; null: it has none, or any.</summary>
    public IReadOnlyDictionary<string, FieldShape>? Fields { get; init; }

    /// <summary>The shape of fields with other names; null: there are no others.</summary>
    public FieldShape? Others { get; init; }

    /// <summary>What to write instead, or why it is never there; for error messages.</summary>
    public string? Hint { get; init; }

    /// <summary>The same in every record.</summary>
    public FieldShape Always => this with { IsAlwaysThere = true };

    /// <summary>One of some strings; not in every record.</summary>
    public static FieldShape OneOf(params string[] values) => Text with { Values = values };

    /// <summary><c>true</c>, <c>false</c> or <c>null</c>, as many of them as occur; not in every record.</summary>
    public static FieldShape Literal(params string[] values) => new() { Kinds = [ScalarKind.Literal], Values = values };

    /// <summary>A string or <c>null</c>; not in every record.</summary>
    public static FieldShape TextOrNull() => new() { Kinds = [ScalarKind.Text, ScalarKind.Literal] };

    /// <summary>An object with fields of any names; not in every record.</summary>
    public static FieldShape ObjectOf(FieldShape others) => new() { Others = others };

    /// <summary>The shape of a field of the object; null: it never has one of that name.</summary>
    public FieldShape? Find(string name) => this == Json ? Json : Fields?.GetValueOrDefault(name) ?? Others;
}
