namespace FanOut.LocalCloud.Ec2;

/// <summary>A VPC endpoint of the cloud's account, in every region.</summary>
/// <param name="Id">Its id, <c>vpce-0a1b2c3d</c>.</param>
/// <param name="VpcId">The VPC that it belongs to.</param>
/// <param name="ServiceName">The service, <c>com.amazonaws.us-east-1.sqs</c>.</param>
public sealed record Ec2VpcEndpoint(string Id, string VpcId, string ServiceName)
{
    /// <summary>The route tables that lead to it, which make it a gateway; null: it is an interface.</summary>
    public IReadOnlyList<string>? RouteTables { get; init; }

    /// <summary>Whether the service's usual host name leads to it.</summary>
    public bool HasPrivateDns { get; init; } = true;

    /// <summary>Its state.</summary>
    public string State { get; init; } = "available";
}
