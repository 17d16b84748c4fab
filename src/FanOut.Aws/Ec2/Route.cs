namespace FanOut.Aws.Ec2;

/// <summary>A route: where packets to some addresses go.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html</remarks>
public sealed class Route
{
    /// <summary>The addresses: <c>0.0.0.0/0</c>, <c>::/0</c>, or a prefix list, <c>pl-1</c>.</summary>
    public string? Destination { get; set; }

    /// <summary>
    /// The id of what gets the packets: <c>nat-…</c>, <c>igw-…</c>, <c>eigw-…</c>, <c>tgw-…</c>, <c>vgw-…</c>, <c>pcx-…</c>, <c>vpce-…</c>, <c>eni-…</c>, <c>i-…</c>;
    /// <c>local</c> within the VPC; an ARN of a core network.
    /// </summary>
    public string? Target { get; set; }

    /// <summary><c>active</c>, or <c>blackhole</c> where what got the packets is gone.</summary>
    public string? State { get; set; }
}
