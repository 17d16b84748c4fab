namespace FanOut.LocalCloud.Policies;

/// <summary>A statement's <c>Action</c> or <c>Resource</c>, or its <c>NotAction</c> or <c>NotResource</c>.</summary>
internal sealed record PatternList(IReadOnlyList<string> Patterns, bool IsNegated)
{
    public bool Includes(string text, Func<string, string, bool> matches) => Patterns.Any(pattern => matches(text, pattern)) != IsNegated;
}
