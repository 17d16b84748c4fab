using FanOut.LocalCloud.DynamoDb;
using FanOut.LocalCloud.EventBridge;
using FanOut.LocalCloud.Iam;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.OpenSearch;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Policies;

/// <summary>
/// Which actions on which resources a call needs
/// (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
/// </summary>
internal sealed class RequiredAccess(IamService iam, OpenSearchService openSearch, DynamoService dynamo)
{
    private readonly LeadingKeys _keys = new(dynamo);

    /// <summary>Everything that must be allowed; empty for calls that everybody may make.</summary>
    public IEnumerable<AccessRequest> Of(ServiceCall call) => call.Service switch
    {
        "sts" when call.Operation == "GetCallerIdentity" => [],
        "sts" => [Plain(call).With(ConditionKeys.ExternalId, call.Form.Text("ExternalId")).With(ConditionKeys.RoleSessionName, call.Form.Text("RoleSessionName"))],
        "monitoring" => [new AccessRequest($"cloudwatch:{call.Operation}", "*").With(ConditionKeys.Namespace, call.Operation == "PutMetricData" ? call.Destination : null)],
        // Subscriptions are no resources of IAM's.
        "sns" when call.Operation is "Unsubscribe" or "ListSubscriptions" or "GetSubscriptionAttributes" or "SetSubscriptionAttributes" => [new($"sns:{call.Operation}", "*")],
        "sns" when call.Operation == "PublishBatch" => [new("sns:Publish", call.Destination ?? "*")],
        "sqs" when call.Operation.EndsWith("Batch", StringComparison.Ordinal) => [new($"sqs:{call.Operation[..^"Batch".Length]}", call.Destination ?? "*")],
        "events" when call.Operation == "PutEvents" => EventWrites.BusesOf(call).Select(bus => new AccessRequest("events:PutEvents", bus)),
        "iotdata" or "iotdevicegateway" => [new($"iot:{call.Operation}", ArnText.Of("iot", call.Region, call.AccountId, $"topic/{call.Destination}"))],
        "es" when !DomainOperations.Owns(call.Request.Path) => [Document(call)],
        "aoss" when CollectionOperations.Owns(call) => [new($"aoss:{call.Operation}", "*")],
        "aoss" => [new("aoss:APIAccessAll", ArnText.Of("aoss", call.Region, call.AccountId, $"collection/{call.Request.Header("Host")?.Split('.')[0]}"))],
        "dynamodb" when call.Operation == "BatchWriteItem" => Tables(call),
        "dynamodb" when call.Operation == "TransactWriteItems" => Transacted(call),
        "dynamodb" when call.Operation == "ListStreams" && call.Destination is { } table => [new("dynamodb:ListStreams", $"{table}/stream/*")],
        "lambda" => Function(call),
        "s3" when call.Operation == "GetBucketEncryption" => [new("s3:GetEncryptionConfiguration", call.Destination ?? "*")],
        "s3" when call.Operation == "ListObjectsV2" => [new("s3:ListBucket", call.Destination ?? "*")],
        "logs" when call.Destination is { } group && !call.Operation.EndsWith("Resource", StringComparison.Ordinal) => [new($"logs:{call.Operation}", $"{group}:log-stream:")],
        "logs" when call.Destination is null => [new($"logs:{call.Operation}", ArnText.Of("logs", call.Region, call.AccountId, "log-group::log-stream:"))],
        "dynamodb" => [Plain(call).With(ConditionKeys.LeadingKeys, _keys.Of(call))],
        _ => [Plain(call)],
    };

    private static AccessRequest Plain(ServiceCall call) => new($"{call.Service}:{call.Operation}", call.Destination ?? "*");

    private static IEnumerable<AccessRequest> Tables(ServiceCall call) =>
        call.Json.RequiredObject("RequestItems").EnumerateObject().Select(table => new AccessRequest("dynamodb:BatchWriteItem", table.Name.StartsWith("arn:", StringComparison.Ordinal)
            ? table.Name
            : ArnText.Of("dynamodb", call.Region, call.AccountId, $"table/{table.Name}")));

    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html: the permissions of the single writes.
    private IEnumerable<AccessRequest> Transacted(ServiceCall call) =>
        from write in TransactWrites.Read(call.Json)
        let table = write.Request.RequiredText("TableName") is var name && name.StartsWith("arn:", StringComparison.Ordinal) ? name : ArnText.Of("dynamodb", call.Region, call.AccountId, $"table/{name}")
        select new AccessRequest($"dynamodb:{TransactWrites.Actions[write.Action]}", table).With(ConditionKeys.LeadingKeys, _keys.Of(table, write.Request.Field(write.Action == "Put" ? "Item" : "Key")));

    // The actions of OpenSearch are HTTP methods on paths, not operations.
    private AccessRequest Document(ServiceCall call)
    {
        string method = call.Request.Method switch
        {
            "POST" => "Post",
            "PUT" => "Put",
            "DELETE" => "Delete",
            "HEAD" => "Head",
            _ => "Get",
        };
        string[] resources = [.. openSearch.DomainsAt(call.Request.Header("Host") ?? "", call.Region, call.AccountId).Select(domain => domain + Uri.UnescapeDataString(call.Request.Path))];
        return new($"es:ESHttp{method}", resources[0]) { OtherResources = resources[1..] };
    }

    private IEnumerable<AccessRequest> Function(ServiceCall call)
    {
        switch (call.Operation)
        {
            case "Invoke":
                // A permission for a function does not cover its aliases and versions.
                string? qualifier = LambdaRoute.NameIn(call).With(call.Request.QueryValue("Qualifier")).Qualifier;
                yield return new("lambda:InvokeFunction", qualifier is null ? call.Destination! : $"{call.Destination}:{qualifier}");
                break;
            case { } operation when operation.Contains("EventSourceMapping", StringComparison.Ordinal):
                yield return new($"lambda:{operation}", call.Destination is { } id ? ArnText.Of("lambda", call.Region, call.AccountId, $"event-source-mapping:{id}") : "*");
                break;
            default:
                yield return Plain(call);
                break;
        }

        if (call.Operation is "CreateFunction" or "UpdateFunctionConfiguration" && call.Json.Text("Role") is { } role)
        {
            yield return new AccessRequest("iam:PassRole", iam.Find(role)?.Arn ?? role).With(ConditionKeys.PassedToService, "lambda.amazonaws.com");
        }
    }
}
