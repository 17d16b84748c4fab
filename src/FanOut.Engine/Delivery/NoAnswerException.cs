namespace FanOut.Engine.Delivery;

/// <summary>A target did not answer a call for so long that it was given up; it may have been taken.</summary>
/// <param name="waited">How long.</param>
public sealed class NoAnswerException(TimeSpan waited) : Exception($"No answer within {waited.TotalSeconds:0.#} s.");
