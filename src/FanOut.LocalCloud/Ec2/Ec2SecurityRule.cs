namespace FanOut.LocalCloud.Ec2;

/// <summary>What a security group lets in or out.</summary>
/// <param name="Protocol"><c>tcp</c>, or <c>-1</c> for everything.</param>
/// <param name="FromPort">The first port; null for all.</param>
/// <param name="ToPort">The last port; null for all.</param>
public sealed record Ec2SecurityRule(string Protocol, int? FromPort = null, int? ToPort = null)
{
    /// <summary>Everything to everywhere, which a new group lets out.</summary>
    public static Ec2SecurityRule Everything { get; } = new("-1") { Cidrs = ["0.0.0.0/0"] };

    /// <summary>The groups of the other side.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The addresses of the other side.</summary>
    public IReadOnlyList<string> Cidrs { get; init; } = [];

    /// <summary>The lists of addresses of the other side.</summary>
    public IReadOnlyList<string> PrefixLists { get; init; } = [];
}
