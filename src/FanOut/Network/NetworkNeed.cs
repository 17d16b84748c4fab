namespace FanOut.Network;

/// <summary>What a function in a VPC has to reach outside of it.</summary>
/// <param name="Service">The service; null: no VPC endpoint leads there.</param>
/// <param name="Region">The region that it is called in.</param>
/// <param name="Host">Where there is no service: the host.</param>
/// <param name="Table">The table of mappings, where that is what it is for; null: a target, or the metrics.</param>
/// <param name="Target">The id of the target that it is for; null: the table, or the metrics.</param>
internal sealed record NetworkNeed(NetworkService? Service, string Region, string? Host = null, string? Table = null, string? Target = null)
{
    /// <summary>What is reached, as messages name it.</summary>
    public string Name => Service?.Name ?? Host!;
}
