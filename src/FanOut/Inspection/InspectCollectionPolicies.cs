using System.Text.Json.Nodes;
using FanOut.Aws.Lambda;
using FanOut.Aws.OpenSearchServerless;
using FanOut.Destinations;
using FanOut.Engine.Mappings;
using FanOut.Inspection.Policies;

namespace FanOut.Inspection;

/// <summary>Finds out whether the policies of OpenSearch Serverless let a role write to a collection, and the function reach it.</summary>
/// <param name="viewer">Who looks, in the collection's region.</param>
internal sealed class InspectCollectionPolicies(Viewer viewer)
{
    private const string Write = "aoss:WriteDocument";

    private readonly AmazonOpenSearchServerlessClient _client = viewer.Session.Client(AmazonOpenSearchServerlessClient.Service, static (c, s) => new AmazonOpenSearchServerlessClient(c, s));

    private Seen<List<CollectionRule>>? _dataAccess, _network;

    /// <summary>Whether a data access policy lets a role write to an index.</summary>
    /// <param name="collection">The collection's name.</param>
    /// <param name="index">The index, of whose name a part may be of the day or of the record.</param>
    /// <param name="roleArn">The role.</param>
    /// <param name="cancellationToken">Cancels the looks.</param>
    public async Task<Finding> DataAccessAsync(string collection, string index, string roleArn, CancellationToken cancellationToken)
    {
        const string Check = "DataAccess";
        int open = index.StartsWith('<') ? index.IndexOf('{', StringComparison.Ordinal) : index.IndexOf('<', StringComparison.Ordinal);
        bool isFixed = open < 0;
        string resource = $"index/{collection}/{(isFixed ? index : index[..open].TrimStart('<') + "*")}";
        Seen<List<CollectionRule>> seen = _dataAccess ??= await Look.AtAsync(viewer.Session, () => ReadAsync("data", _client.ListAccessPoliciesAsync, _client.GetAccessPolicyAsync, cancellationToken)).ConfigureAwait(false);
        if (seen.Value is not { } rules)
        {
            return seen.NotSeen(Check, $"Whether a data access policy lets the role {roleArn} write to {resource}", "aoss:ListAccessPolicies and aoss:GetAccessPolicy");
        }

        string statement = $"[{{\"Rules\":[{{\"ResourceType\":\"index\",\"Resource\":[\"{resource}\"],\"Permission\":[\"{Write}\"]}}],\"Principal\":[\"{roleArn}\"]}}]";
        return rules.Find(r => r.IsAbout("index", resource) && r.Permissions.Any(static p => IamPattern.Fits(p, Write)) && r.Principals.Any(p => IsMeant(p, roleArn))) is { } allows
            ? Finding.Pass(Check, $"The data access policy {allows.Policy} lets the role {roleArn} write to {resource}.")
            : new Finding(
                Check, isFixed ? "Fail" : "Warn", $"No data access policy lets the role {roleArn} write to {resource} ({Write}){(isFixed ? "" : "; some may let it write to a part of these")}.",
                $"aws opensearchserverless create-access-policy --type data --name {NameFor(collection)} --policy '{statement}' --region {viewer.Session.Region}");
    }

    /// <summary>Whether a network policy lets the function reach a collection.</summary>
    /// <param name="collection">The collection's name.</param>
    /// <param name="vpc">The function's connection to its VPC; null: it has none.</param>
    /// <param name="cancellationToken">Cancels the looks.</param>
    public async Task<Finding> NetworkAsync(string collection, VpcConfigDetail? vpc, CancellationToken cancellationToken)
    {
        const string Check = "NetworkPolicy";
        string resource = $"collection/{collection}";
        Seen<List<CollectionRule>> seen = _network ??= await Look.AtAsync(viewer.Session, () => ReadAsync("network", _client.ListSecurityPoliciesAsync, _client.GetSecurityPolicyAsync, cancellationToken)).ConfigureAwait(false);
        if (seen.Value is not { } rules)
        {
            return seen.NotSeen(Check, $"Whether a network policy lets the function reach {resource}", "aoss:ListSecurityPolicies and aoss:GetSecurityPolicy");
        }

        List<CollectionRule> its = rules.FindAll(r => r.IsAbout("collection", resource));
        if (its.Find(static r => r.IsPublic) is { } everybody)
        {
            return Finding.Pass(Check, $"The network policy {everybody.Policy} lets everybody reach {resource}.");
        }

        string[] endpoints = [.. its.SelectMany(static r => r.VpcEndpoints).Distinct()];
        if (endpoints.Length == 0)
        {
            return Finding.Fail(
                Check, $"No network policy lets anybody reach {resource}.",
                $"aws opensearchserverless create-security-policy --type network --name {NameFor(collection)} --policy '[{{\"Rules\":[{{\"ResourceType\":\"collection\",\"Resource\":[\"{resource}\"]}}],\"AllowFromPublic\":true}}]' --region {viewer.Session.Region}");
        }

        string only = $"The network policy {its[0].Policy} lets {resource} be reached only through {string.Join(", ", endpoints)}";
        return vpc is null ? Finding.Fail(Check, $"{only}, and the function is in no VPC.", "Connect the function to the endpoint's VPC: Publish-FanOutFunction -Subnet <ids> -SecurityGroup <ids>")
            : await OfEndpointsAsync(Check, only, endpoints, vpc, cancellationToken).ConfigureAwait(false);
    }

    // At most 32 characters: https://docs.aws.amazon.com/opensearch-service/latest/ServerlessAPIReference/API_CreateAccessPolicy.html
    private static string NameFor(string collection) => $"fanout-{collection}"[..Math.Min(32, 7 + collection.Length)].TrimEnd('-');

    // A role by its ARN, also as its sessions, or its whole account.
    private static bool IsMeant(string principal, string roleArn) => Arn.TryParse(roleArn, out Arn? role)
        && (IamPattern.Fits(principal, roleArn) || principal.EndsWith($":iam::{role.Account}:root", StringComparison.Ordinal)
            || (principal.Contains(":assumed-role/", StringComparison.Ordinal) && IamPattern.Fits(principal, $"arn:{role.Partition}:sts::{role.Account}:assumed-role/{role.Resource[(role.Resource.LastIndexOf('/') + 1)..]}/example")));

    private async Task<Finding> OfEndpointsAsync(string check, string only, string[] ids, VpcConfigDetail vpc, CancellationToken cancellationToken)
    {
        Seen<BatchGetVpcEndpointResponse> seen = await Look.AtAsync(viewer.Session, async () =>
            (BatchGetVpcEndpointResponse?)await _client.BatchGetVpcEndpointAsync(new BatchGetVpcEndpointRequest { Ids = ids }, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return seen.Value is not { } found ? seen.NotSeen(check, $"{only}; whether one of them is in the function's VPC", "aoss:BatchGetVpcEndpoint")
            : found.VpcEndpointDetails?.Find(e => e.VpcId == vpc.VpcId) is { } own ? Finding.Pass(check, $"{only}; {own.Id} is in the function's VPC, {vpc.VpcId}.")
            : Finding.Fail(check, $"{only}, none of which is in the function's VPC, {vpc.VpcId}.", $"aws opensearchserverless create-vpc-endpoint --name fanout --vpc-id {vpc.VpcId} --subnet-ids {string.Join(' ', vpc.SubnetIds ?? [])} --region {viewer.Session.Region}, and name it in the network policy.");
    }

    private static async Task<List<CollectionRule>?> ReadAsync(
        string type, Func<ListCollectionPoliciesRequest, CancellationToken, Task<ListCollectionPoliciesResponse>> list, Func<GetCollectionPolicyRequest, CancellationToken, Task<GetCollectionPolicyResponse>> get, CancellationToken cancellationToken)
    {
        List<string> names = await Pages.ListAsync(
            next => list(new ListCollectionPoliciesRequest { Type = type, NextToken = next }, cancellationToken), static p => p.Names, static p => p.NextToken).ConfigureAwait(false);
        List<CollectionRule> rules = [];
        foreach (string name in names)
        {
            GetCollectionPolicyResponse policy = await get(new GetCollectionPolicyRequest { Type = type, Name = name }, cancellationToken).ConfigureAwait(false);
            rules.AddRange(CollectionRule.Read(name, policy.Policy is { Length: > 0 } document ? JsonNode.Parse(document) : null));
        }

        return rules;
    }
}
