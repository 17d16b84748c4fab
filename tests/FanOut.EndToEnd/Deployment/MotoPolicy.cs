using System.Text.Json.Nodes;

namespace FanOut.EndToEnd.Deployment;

/// <summary>A policy as moto 5.2 can evaluate it: https://github.com/getmoto/moto/blob/master/moto/iam/access_control.py</summary>
/// <remarks>
/// Its actions are the operations that are called, under the name of the signature's service, where IAM often has others. Of resources it knows
/// queues, roles, and roles to be assumed, as far as they are there; all others it takes to be the text "*", which no ARN fits. Conditions of
/// identities' policies hold always; resources' own policies are not asked. So moto tells which calls are allowed, and which of them on which queue
/// and role; LocalCloud tells the other resources (<see cref="LeastPrivilegeTests"/>, <see cref="CallerTests"/>).
/// </remarks>
internal static class MotoPolicy
{
    // moto makes regular expressions of patterns: this one has the form of an ARN, and the text "*" alone fits it.
    private const string Unknown = "arn:aws:unknown:::unknown|[*]$";

    // A transaction needs the permissions of its writes; moto asks for one of its own.
    private const string Write = "dynamodb:PutItem";

    private static readonly Dictionary<string, string> Operations = new()
    {
        ["iot:Publish"] = "iotdata:Publish",
        ["lambda:InvokeFunction"] = "lambda:Invoke",
        ["sns:Publish"] = "sns:PublishBatch",
        ["sqs:SendMessage"] = "sqs:SendMessageBatch",
    };

    /// <summary>Translates one.</summary>
    public static string Of(string policy)
    {
        JsonNode document = JsonNode.Parse(policy)!;
        foreach (JsonNode? statement in document["Statement"]!.AsArray())
        {
            statement!["Action"] = new JsonArray([.. Texts(statement["Action"]!).SelectMany(static a => a == Write ? [a, "dynamodb:TransactWriteItems"] : new[] { Operations.GetValueOrDefault(a, a).Replace("cloudwatch:", "monitoring:", StringComparison.Ordinal) }).Select(static a => (JsonNode)a)]);
            statement["Resource"] = new JsonArray([.. Texts(statement["Resource"]!).Append(Unknown).Select(static r => (JsonNode)r)]);
        }

        return document.ToJsonString();
    }

    private static IEnumerable<string> Texts(JsonNode value) => value is JsonArray many ? many.Select(static v => $"{v}") : [$"{value}"];
}
