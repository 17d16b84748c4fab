namespace FanOut.Engine.Filtering.Conditions;

/// <summary>The kinds of values that are neither objects nor arrays.</summary>
internal enum ScalarKind
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>A string with an escape for half a surrogate pair: it exists, but equals nothing.</summary>
    BrokenText,

    /// <summary>A number, as it is written.</summary>
    Number,

    /// <summary><c>true</c>, <c>false</c> or <c>null</c>.</summary>
    Literal,
}
