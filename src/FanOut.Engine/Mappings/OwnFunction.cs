namespace FanOut.Engine.Mappings;

/// <summary>The fan-out function itself, so that no mapping sends its records back to it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Region">Where it lies.</param>
/// <param name="Account">Whose it is; <see langword="null"/>: not known, then that of the source counts.</param>
public sealed record OwnFunction(string Name, string Region, string? Account = null);
