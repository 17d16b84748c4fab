namespace FanOut.Sources;

/// <summary>A setting of an event source mapping that is not as it was given.</summary>
/// <param name="Name">The name of the parameter.</param>
/// <param name="Now">What it is.</param>
/// <param name="Wanted">What was given.</param>
internal sealed record ConnectionDifference(string Name, object? Now, object? Wanted)
{
    /// <summary>The name of the difference in which function, alias or version is called.</summary>
    public const string OfFunction = "FunctionName";

    /// <summary>The difference as part of a sentence: <c>BatchSize is 500, not 9</c>.</summary>
    public override string ToString() => $"{Name} is {Now}, not {Wanted}";
}
