using System.Globalization;
using System.Xml.Linq;
using Amazon.Runtime;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Ec2;

/// <summary>Amazon EC2: the networks that functions are connected to.</summary>
/// <remarks>Its protocol is the Query protocol with another envelope around answers and errors: https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html</remarks>
public sealed class AmazonEC2Client : AwsClient
{
    /// <summary>A client for a region.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonEC2Client(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config)
    {
    }

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("EC2", "ec2", "ec2", "2016-11-15") { IsFipsInGovCloud = true };

    /// <summary>A page of the region's subnets.</summary>
    /// <exception cref="AmazonEC2Exception">The service refused the call.</exception>
    public Task<DescribeSubnetsResponse> DescribeSubnetsAsync(DescribeSubnetsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DescribeSubnetsResponse>("DescribeSubnets", Parameters(request.Filters, request.MaxResults, request.NextToken), NetworkXml.Read, cancellationToken);
    }

    /// <summary>A page of the region's security groups.</summary>
    /// <exception cref="AmazonEC2Exception">The service refused the call.</exception>
    public Task<DescribeSecurityGroupsResponse> DescribeSecurityGroupsAsync(DescribeSecurityGroupsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DescribeSecurityGroupsResponse>(
            "DescribeSecurityGroups", Parameters(request.Filters, request.MaxResults, request.NextToken), NetworkXml.Read, cancellationToken);
    }

    /// <summary>A page of the region's route tables.</summary>
    /// <exception cref="AmazonEC2Exception">The service refused the call.</exception>
    public Task<DescribeRouteTablesResponse> DescribeRouteTablesAsync(DescribeRouteTablesRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DescribeRouteTablesResponse>("DescribeRouteTables", Parameters(request.Filters, request.MaxResults, request.NextToken), NetworkXml.Read, cancellationToken);
    }

    /// <summary>A page of the region's VPC endpoints.</summary>
    /// <exception cref="AmazonEC2Exception">The service refused the call.</exception>
    public Task<DescribeVpcEndpointsResponse> DescribeVpcEndpointsAsync(DescribeVpcEndpointsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DescribeVpcEndpointsResponse>("DescribeVpcEndpoints", Parameters(request.Filters, request.MaxResults, request.NextToken), NetworkXml.Read, cancellationToken);
    }

    // Filter.1.Name=vpc-id&Filter.1.Value.1=vpc-1&Filter.1.Value.2=vpc-2
    private static (string Name, string? Value)[] Parameters(List<NetworkFilter>? filters, int? maxResults, string? nextToken) =>
    [
        .. (filters ?? []).SelectMany(static (filter, i) => filter.Values
            .Select((value, j) => ($"Filter.{i + 1}.Value.{j + 1}", (string?)value))
            .Prepend(($"Filter.{i + 1}.Name", filter.Name))),
        ("MaxResults", maxResults?.ToString(CultureInfo.InvariantCulture)),
        ("NextToken", nextToken),
    ];

    private async Task<TResponse> CallAsync<TResponse>(
        string operation, (string Name, string? Value)[] parameters, Action<XElement, TResponse> read, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new()
    {
        using RequestBody body = AwsQuery.Body(operation, Service.ApiVersion, parameters);
        return await SendAsync(AwsQuery.Request(operation, body), AwsQuery.WholeAnswers(read, AmazonEC2Exception.Of), cancellationToken).ConfigureAwait(false);
    }
}
