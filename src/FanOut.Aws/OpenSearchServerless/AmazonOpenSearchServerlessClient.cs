using System.Text.Json;
using Amazon.Runtime;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.OpenSearchServerless;

/// <summary>Amazon OpenSearch Serverless: collections and the policies around them. Documents are sent by <see cref="OpenSearch.OpenSearchClient"/>.</summary>
public sealed class AmazonOpenSearchServerlessClient : AwsClient
{
    /// <summary>A client for a region.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonOpenSearchServerlessClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config)
    {
    }

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("OpenSearchServerless", "aoss", "aoss", "2021-11-01") { SendsBodyHash = true };

    /// <summary>Collections.</summary>
    /// <exception cref="AmazonOpenSearchServerlessException">The service refused the call.</exception>
    public Task<BatchGetCollectionResponse> BatchGetCollectionAsync(BatchGetCollectionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<BatchGetCollectionResponse>(
            "BatchGetCollection", json => WriteIds(json, request.Ids), static (json, response) => response.CollectionDetails = json.Each("collectionDetails", ReadCollection), cancellationToken);
    }

    /// <summary>VPC endpoints of the service.</summary>
    /// <exception cref="AmazonOpenSearchServerlessException">The service refused the call.</exception>
    public Task<BatchGetVpcEndpointResponse> BatchGetVpcEndpointAsync(BatchGetVpcEndpointRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<BatchGetVpcEndpointResponse>(
            "BatchGetVpcEndpoint", json => WriteIds(json, request.Ids), static (json, response) => response.VpcEndpointDetails = json.Each("vpcEndpointDetails", static endpoint => new VpcEndpointDetail
            {
                Id = endpoint.Text("id"),
                VpcId = endpoint.Text("vpcId"),
                Status = endpoint.Text("status"),
            }), cancellationToken);
    }

    /// <summary>A page of data access policies.</summary>
    /// <exception cref="AmazonOpenSearchServerlessException">The service refused the call.</exception>
    public Task<ListCollectionPoliciesResponse> ListAccessPoliciesAsync(ListCollectionPoliciesRequest request, CancellationToken cancellationToken = default) =>
        ListAsync("ListAccessPolicies", "accessPolicySummaries", request, cancellationToken);

    /// <summary>A page of network or encryption policies.</summary>
    /// <exception cref="AmazonOpenSearchServerlessException">The service refused the call.</exception>
    public Task<ListCollectionPoliciesResponse> ListSecurityPoliciesAsync(ListCollectionPoliciesRequest request, CancellationToken cancellationToken = default) =>
        ListAsync("ListSecurityPolicies", "securityPolicySummaries", request, cancellationToken);

    /// <summary>A data access policy.</summary>
    /// <exception cref="AmazonOpenSearchServerlessException">The service refused the call; <c>ResourceNotFoundException</c>: it does not exist.</exception>
    public Task<GetCollectionPolicyResponse> GetAccessPolicyAsync(GetCollectionPolicyRequest request, CancellationToken cancellationToken = default) =>
        GetAsync("GetAccessPolicy", "accessPolicyDetail", request, cancellationToken);

    /// <summary>A network or encryption policy.</summary>
    /// <exception cref="AmazonOpenSearchServerlessException">The service refused the call; <c>ResourceNotFoundException</c>: it does not exist.</exception>
    public Task<GetCollectionPolicyResponse> GetSecurityPolicyAsync(GetCollectionPolicyRequest request, CancellationToken cancellationToken = default) =>
        GetAsync("GetSecurityPolicy", "securityPolicyDetail", request, cancellationToken);

    private static void WriteIds(Utf8JsonWriter json, IEnumerable<string> ids)
    {
        json.WriteStartArray("ids");
        foreach (string id in ids)
        {
            json.WriteStringValue(id);
        }

        json.WriteEndArray();
    }

    private static CollectionDetail ReadCollection(JsonElement collection) => new()
    {
        Id = collection.Text("id"),
        Name = collection.Text("name"),
        Arn = collection.Text("arn"),
        Status = collection.Text("status"),
        Type = collection.Text("type"),
        KmsKeyArn = collection.Text("kmsKeyArn"),
        FailureMessage = collection.Text("failureMessage"),
    };

    private Task<ListCollectionPoliciesResponse> ListAsync(string operation, string list, ListCollectionPoliciesRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<ListCollectionPoliciesResponse>(operation, json =>
        {
            json.WriteString("type", request.Type);
            json.Optional("nextToken", request.NextToken);
        }, (json, response) => (response.Names, response.NextToken) = (json.Each(list, static policy => policy.Text("name") ?? ""), json.Token("nextToken")), cancellationToken);
    }

    // The document is JSON within JSON, not text.
    private Task<GetCollectionPolicyResponse> GetAsync(string operation, string detail, GetCollectionPolicyRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<GetCollectionPolicyResponse>(operation, json =>
        {
            json.WriteString("type", request.Type);
            json.WriteString("name", request.Name);
        }, (json, response) => response.Policy = json.Structure(detail, static policy => policy.TryGetProperty("policy", out JsonElement document) ? document.GetRawText() : ""), cancellationToken);
    }

    private async Task<TResponse> CallAsync<TResponse>(
        string operation, Action<Utf8JsonWriter> write, Action<JsonElement, TResponse> read, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new()
    {
        using RequestBody body = AwsJson.Body(write);
        return await SendAsync(AwsJson.Request("1.0", "OpenSearchServerless", operation, body), AwsJson.Answers(read, AmazonOpenSearchServerlessException.Of), cancellationToken)
            .ConfigureAwait(false);
    }
}
