using System.Collections.Concurrent;
using System.Text.Json;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.OpenSearch;

/// <summary>The control plane of OpenSearch Serverless: collections, policies and VPC endpoints, which code declares.</summary>
/// <remarks>https://docs.aws.amazon.com/opensearch-service/latest/ServerlessAPIReference/Welcome.html</remarks>
public sealed class CollectionOperations
{
    private const string Target = "OpenSearchServerless.", Json = "application/x-amz-json-1.0";
    private readonly ConcurrentDictionary<string, SearchCollection> _collections = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Type, string Name), string> _policies = new();
    private readonly ConcurrentDictionary<string, string> _endpoints = new(StringComparer.Ordinal);

    internal CollectionOperations()
    {
    }

    /// <summary>Declares a collection; one of that id is replaced.</summary>
    public SearchCollection Add(SearchCollection collection)
    {
        ArgumentNullException.ThrowIfNull(collection);
        return _collections[collection.Id] = collection;
    }

    /// <summary>Puts a policy; one of that type and name is replaced. It is only described, not enforced.</summary>
    /// <param name="type"><c>data</c>, <c>network</c> or <c>encryption</c>.</param>
    /// <param name="name">Its name.</param>
    /// <param name="document">Its document, JSON.</param>
    public void PutPolicy(string type, string name, string document) => _policies[(type, name)] = document;

    /// <summary>Declares a VPC endpoint; one of that id is replaced.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="vpcId">The VPC in which it is.</param>
    public void AddVpcEndpoint(string id, string vpcId) => _endpoints[id] = vpcId;

    internal static bool Owns(ServiceCall call) => call.Request.Header("X-Amz-Target")?.StartsWith(Target, StringComparison.Ordinal) == true;

    internal static CallSubject Identify(ServiceCall call) => new(call.Request.Header("X-Amz-Target")![Target.Length..]);

    internal HttpResponse Answer(ServiceCall call) => call.Operation switch
    {
        "BatchGetCollection" => Batch(call, "collectionDetails", "collectionErrorDetails", _collections, static (json, collection) =>
        {
            json.WriteString("name", collection.Name);
            json.WriteString("arn", collection.Arn);
            json.WriteString("status", collection.Status);
            json.WriteString("type", "SEARCH");
            json.WriteString("kmsKeyArn", collection.KmsKeyArn);
            if (collection.FailureMessage is { } message)
            {
                json.WriteString("failureMessage", message);
            }
        }),
        "BatchGetVpcEndpoint" => Batch(call, "vpcEndpointDetails", "vpcEndpointErrorDetails", _endpoints, static (json, vpc) =>
        {
            json.WriteString("vpcId", vpc);
            json.WriteString("status", "ACTIVE");
        }),
        "ListAccessPolicies" => List(call, "accessPolicySummaries"),
        "ListSecurityPolicies" => List(call, "securityPolicySummaries"),
        "GetAccessPolicy" => Get(call, "accessPolicyDetail"),
        "GetSecurityPolicy" => Get(call, "securityPolicyDetail"),
        var operation => throw new ServiceException("UnknownOperationException", $"The stand-in's OpenSearch Serverless has no {operation}."),
    };

    private static HttpResponse Batch<T>(ServiceCall call, string details, string errors, ConcurrentDictionary<string, T> all, Action<Utf8JsonWriter, T> write)
    {
        string[] ids = [.. call.Json.GetProperty("ids").EnumerateArray().Select(static i => i.GetString()!)];
        return JsonAnswer.Of(json =>
        {
            json.WriteStartArray(details);
            foreach (string id in ids.Where(all.ContainsKey))
            {
                json.WriteStartObject();
                json.WriteString("id", id);
                write(json, all[id]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray(errors);
            foreach (string id in ids.Where(i => !all.ContainsKey(i)))
            {
                json.WriteStartObject();
                json.WriteString("id", id);
                json.WriteString("errorCode", "NOT_FOUND");
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }, contentType: Json);
    }

    // One policy a page, so that whoever asks has to turn pages.
    private HttpResponse List(ServiceCall call, string summaries)
    {
        string type = call.Json.RequiredText("type"), after = call.Json.Text("nextToken") ?? "";
        string[] rest = [.. _policies.Keys.Where(k => k.Type == type && string.CompareOrdinal(k.Name, after) > 0).Select(static k => k.Name).Order(StringComparer.Ordinal)];
        return JsonAnswer.Of(json =>
        {
            json.WriteStartArray(summaries);
            foreach (string name in rest.Take(1))
            {
                json.WriteStartObject();
                json.WriteString("type", type);
                json.WriteString("name", name);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (rest.Length > 1)
            {
                json.WriteString("nextToken", rest[0]);
            }
        }, contentType: Json);
    }

    private HttpResponse Get(ServiceCall call, string detail)
    {
        string type = call.Json.RequiredText("type"), name = call.Json.RequiredText("name");
        string document = _policies.GetValueOrDefault((type, name)) ?? throw new ServiceException("ResourceNotFoundException", $"Policy with name {name} and type {type} is not found", 404);
        return JsonAnswer.Of(json =>
        {
            json.WriteStartObject(detail);
            json.WriteString("type", type);
            json.WriteString("name", name);
            json.WritePropertyName("policy");
            json.WriteRawValue(document);
            json.WriteEndObject();
        }, contentType: Json);
    }
}
