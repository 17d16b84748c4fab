namespace FanOut.Engine.Filtering.Conditions;

/// <summary>What a value without parts is.</summary>
internal enum ScalarKind
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>A string that is no text, because half a surrogate pair is escaped in it: it exists, and equals nothing.</summary>
    BrokenText,

    /// <summary>A number, as it is written.</summary>
    Number,

    /// <summary><c>true</c>, <c>false</c> or <c>null</c>.</summary>
    Literal,
}
