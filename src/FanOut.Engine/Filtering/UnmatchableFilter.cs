namespace FanOut.Engine.Filtering;

/// <summary>What of a filter no record of its source can ever match.</summary>
/// <param name="IsWhole">Whether the whole filter never matches; else one of the alternatives of its <c>$or</c>.</param>
/// <param name="Reason">Where, and what is there instead: a sentence without its subject and full stop.</param>
public sealed record UnmatchableFilter(bool IsWhole, string Reason);
