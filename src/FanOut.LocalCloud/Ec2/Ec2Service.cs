using System.Collections.Concurrent;
using FanOut.LocalCloud.Http;

namespace FanOut.LocalCloud.Ec2;

/// <summary>EC2's operations that describe networks, which are only declared, by code.</summary>
/// <example><code>
/// cloud.Ec2.Add(new Ec2Subnet("subnet-0a1b2c3d", "vpc-0a1b2c3d", "10.0.1.0/24", "us-east-1a") { Name = "private-a" });
/// cloud.Ec2.Add(new Ec2SecurityGroup("sg-0a1b2c3d", "vpc-0a1b2c3d", "fanout", "The fan-out function"));
/// </code></example>
public sealed class Ec2Service : IService
{
    private readonly ConcurrentDictionary<string, Ec2Subnet> _subnets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Ec2SecurityGroup> _groups = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Ec2RouteTable> _routeTables = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Ec2VpcEndpoint> _endpoints = new(StringComparer.Ordinal);
    private readonly OperationTable _operations;

    internal Ec2Service()
    {
        NetworkDescriptions descriptions = new(this);
        _operations = new()
        {
            ["DescribeSubnets"] = descriptions.Subnets,
            ["DescribeSecurityGroups"] = descriptions.SecurityGroups,
            ["DescribeRouteTables"] = descriptions.RouteTables,
            ["DescribeVpcEndpoints"] = descriptions.VpcEndpoints,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SigningNames { get; } = ["ec2"];

    /// <summary>All subnets.</summary>
    public IReadOnlyCollection<Ec2Subnet> Subnets => [.. _subnets.Values];

    /// <summary>All security groups.</summary>
    public IReadOnlyCollection<Ec2SecurityGroup> SecurityGroups => [.. _groups.Values];

    /// <summary>All route tables.</summary>
    public IReadOnlyCollection<Ec2RouteTable> RouteTables => [.. _routeTables.Values];

    /// <summary>All VPC endpoints.</summary>
    public IReadOnlyCollection<Ec2VpcEndpoint> VpcEndpoints => [.. _endpoints.Values];

    /// <summary>Declares a subnet; one of that id is replaced.</summary>
    public Ec2Subnet Add(Ec2Subnet subnet)
    {
        ArgumentNullException.ThrowIfNull(subnet);
        return _subnets[subnet.Id] = subnet;
    }

    /// <summary>Declares a security group; one of that id is replaced.</summary>
    public Ec2SecurityGroup Add(Ec2SecurityGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return _groups[group.Id] = group;
    }

    /// <summary>Declares a route table; one of that id is replaced.</summary>
    public Ec2RouteTable Add(Ec2RouteTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return _routeTables[table.Id] = table;
    }

    /// <summary>Declares a VPC endpoint; one of that id is replaced.</summary>
    public Ec2VpcEndpoint Add(Ec2VpcEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return _endpoints[endpoint.Id] = endpoint;
    }

    /// <inheritdoc/>
    public CallSubject Identify(ServiceCall serviceCall)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        return new CallSubject(serviceCall.NamedOperation());
    }

    /// <inheritdoc/>
    public Task<HttpResponse> AnswerAsync(ServiceCall serviceCall, CancellationToken cancellationToken) =>
        _operations.AnswerAsync(serviceCall, cancellationToken);
}
