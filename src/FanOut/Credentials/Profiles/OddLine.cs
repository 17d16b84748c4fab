using FanOut.Errors;

namespace FanOut.Credentials.Profiles;

/// <summary>A line of a shared file that cannot be read.</summary>
/// <param name="Heading">The section that it is in; null: it is a heading itself, or the whole file cannot be read.</param>
/// <param name="Error">What is wrong.</param>
internal sealed record OddLine(string? Heading, FanOutException Error);
