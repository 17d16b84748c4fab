namespace FanOut.DesiredState.Files;

/// <summary>A value of a desired state as it was given, and where it stands.</summary>
/// <param name="path">Where it is in the whole, such as <c>Targets[2].Type</c>; empty for the whole itself.</param>
/// <param name="line">The line of the file, from 1; null: it did not come from a file.</param>
internal sealed class StateNode(string path, int? line)
{
    /// <summary>Where it is in the whole.</summary>
    public string Path => path;

    /// <summary>The line of the file; null: it did not come from a file.</summary>
    public int? Line => line;

    /// <summary>A text, truth value or number; null where it is none, or nothing.</summary>
    public object? Scalar { get; init; }

    /// <summary>The elements, if it is a list.</summary>
    public IReadOnlyList<StateNode>? Items { get; init; }

    /// <summary>The members in their order, if it is an object. In patterns the same name may come twice, and its case matters.</summary>
    public IReadOnlyList<(string Name, StateNode Value)>? Members { get; init; }

    /// <summary>Whether there is nothing: null, or an empty text.</summary>
    public bool IsEmpty => Items is null && Members is null && Scalar is null or "";

    /// <summary>What it is, for messages.</summary>
    public string Kind => Members is not null ? "an object" : Items is not null ? "a list" : Scalar switch
    {
        null => "nothing",
        bool => "a truth value",
        string => "a text",
        _ => "a number",
    };

    /// <summary>The same value in another place.</summary>
    public StateNode With(object? scalar) => new(path, line) { Scalar = scalar };

    /// <summary>The path of a member.</summary>
    public string PathOf(string member) => path.Length == 0 ? member : $"{path}.{member}";

    /// <summary>The path of an element.</summary>
    public string PathOf(int index) => $"{path}[{index}]";
}
