namespace FanOut.Reports;

/// <summary>Something that is wrong, and what mends it.</summary>
/// <param name="Health">How bad it is.</param>
/// <param name="Kind">What it is wrong with: Function, Source or Target.</param>
/// <param name="Name">Its name.</param>
/// <param name="Text">What is wrong; sentences.</param>
/// <param name="Command">The command that mends it, or that tells more; null: there is none.</param>
internal sealed record Trouble(Health Health, string Kind, string Name, string Text, string? Command);
