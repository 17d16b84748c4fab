namespace FanOut.Engine.Mappings;

/// <summary>The fan-out function itself, so that no mapping sends its records back to it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Region">Its region.</param>
/// <param name="Account">Its account; null: it is not known, and taken to be the source's.</param>
public sealed record OwnFunction(string Name, string Region, string? Account = null);
