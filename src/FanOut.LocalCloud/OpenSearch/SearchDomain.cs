namespace FanOut.LocalCloud.OpenSearch;

/// <summary>A domain of the OpenSearch Service, as its control plane describes it.</summary>
public sealed record SearchDomain
{
    /// <summary>The ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>The name.</summary>
    public string Name => DestinationName.Short(Arn);

    /// <summary>The host, without a scheme as in AWS's answers. For a domain in a VPC it is <c>Endpoints.vpc</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Whether the domain is in a VPC.</summary>
    public bool IsInVpc { get; init; }

    /// <summary>The custom endpoint; null: none.</summary>
    public string? CustomEndpoint { get; init; }

    /// <summary>The engine and its version, <c>OpenSearch_2.19</c> or <c>Elasticsearch_7.10</c> and the like.</summary>
    /// <value><c>OpenSearch_2.19</c></value>
    public string EngineVersion { get; init; } = "OpenSearch_2.19";

    /// <summary>The data nodes' type, which decides how large a request may be.</summary>
    /// <value><c>t3.small.search</c></value>
    public string InstanceType { get; init; } = "t3.small.search";

    /// <summary>Whether a bulk body may name indices: the advanced option <c>rest.action.multi.allow_explicit_index</c>.</summary>
    /// <value>true</value>
    public bool AllowsExplicitIndex { get; init; } = true;

    /// <summary>Whether its configuration is being changed; a domain that is being created has no endpoint yet.</summary>
    public bool IsProcessing { get; init; }
}
