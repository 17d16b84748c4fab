namespace FanOut.Engine.Transform;

/// <summary>A record that could not be read.</summary>
/// <param name="Record">Its position in its group.</param>
/// <param name="Reason">What is wrong with it; never its data.</param>
public readonly record struct Undecodable(int Record, string Reason);
