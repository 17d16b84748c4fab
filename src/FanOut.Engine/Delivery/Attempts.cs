namespace FanOut.Engine.Delivery;

/// <summary>How often something was sent, and when.</summary>
/// <param name="Count">How many calls had it; 0: it was never sent.</param>
/// <param name="First">When it was first sent.</param>
/// <param name="Last">When it was last sent.</param>
public sealed record Attempts(int Count, DateTimeOffset First, DateTimeOffset Last)
{
    /// <summary>It was never sent.</summary>
    public static Attempts None { get; } = new(0, default, default);

    /// <summary>These attempts and one more, made now.</summary>
    public Attempts Next(DateTimeOffset now) => new(Count + 1, Count == 0 ? now : First, now);
}
