using System.Text.Json.Nodes;
using System.Xml.Linq;
using FanOut.EndToEnd.Cmdlets;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Deployment;

/// <summary>All that moto holds of a published function, its role, log group and table, as lines; read with nothing of ours in between.</summary>
internal sealed class DeployedState
{
    private const string Lambda = "/2015-03-31/functions/";

    // These tell when, and how often, not what.
    private static readonly string[] Volatile = ["LastModified", "RevisionId", "Location"];

    private readonly List<string> _lines = [];

    private DeployedState()
    {
    }

    /// <summary>What changed since another state: lines that went with <c>-</c>, lines that came with <c>+</c>.</summary>
    public string[] Since(DeployedState before) =>
    [
        .. before._lines.Except(_lines).Select(static l => $"- {l}").Order(StringComparer.Ordinal), .. _lines.Except(before._lines).Select(static l => $"+ {l}").Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads it.</summary>
    public static async Task<DeployedState> ReadAsync(MotoSession session, string function)
    {
        DeployedState state = new();
        await state.AddFunctionAsync(session.Api, function);
        await state.AddRolesAsync(session.Api, function);
        await state.AddLogsAsync(session.Api, $"/aws/lambda/{function}");
        foreach (JsonNode? table in (await DynamoAsync(session.Api, "ListTables", []))["TableNames"]!.AsArray().Where(t => $"{t}".StartsWith(function, StringComparison.Ordinal)))
        {
            await state.AddTableAsync(session.Api, $"{table}");
        }

        return state;
    }

    private async Task AddFunctionAsync(ServiceApi api, string function)
    {
        Add("function", JsonNode.Parse(await api.RestAsync(HttpMethod.Get, "lambda", Lambda + function))!);
        JsonNode versions = JsonNode.Parse(await api.RestAsync(HttpMethod.Get, "lambda", $"{Lambda}{function}/versions"))!;
        _lines.AddRange(versions["Versions"]!.AsArray().Select(static v => $"version {v!["Version"]}"));
        JsonNode aliases = JsonNode.Parse(await api.RestAsync(HttpMethod.Get, "lambda", $"{Lambda}{function}/aliases"))!;
        _lines.AddRange(aliases["Aliases"]!.AsArray().Select(static a => $"alias {a!["Name"]} {a["FunctionVersion"]}"));
    }

    private async Task AddRolesAsync(ServiceApi api, string function)
    {
        foreach (string role in Texts(await IamAsync(api, "ListRoles"), "RoleName").Where(r => r.StartsWith(function, StringComparison.Ordinal)))
        {
            XElement found = await IamAsync(api, "GetRole", ("RoleName", role));
            string trust = Uri.UnescapeDataString(Assert.Single(Texts(found, "AssumeRolePolicyDocument")));
            _lines.Add($"{role} trust {JsonNode.Parse(trust)!.ToJsonString()}");
            XElement[] tags = [.. found.Descendants().Where(static e => e.Name.LocalName == "Tags").Elements()];
            _lines.AddRange(tags.Select(t => $"{role} tag {string.Join('=', t.Elements().Select(static e => e.Value))}"));
            _lines.AddRange(Texts(await IamAsync(api, "ListAttachedRolePolicies", ("RoleName", role)), "PolicyArn").Select(p => $"{role} attached {p}"));
            foreach (string policy in Texts(await IamAsync(api, "ListRolePolicies", ("RoleName", role)), "member"))
            {
                XElement inline = await IamAsync(api, "GetRolePolicy", ("RoleName", role), ("PolicyName", policy));
                _lines.AddRange(PolicyStatements.Allowed(Uri.UnescapeDataString(Assert.Single(Texts(inline, "PolicyDocument")))).Select(a => $"{role} {policy} {a.Action} {a.Resource}"));
            }
        }
    }

    private async Task AddLogsAsync(ServiceApi api, string group)
    {
        JsonNode found = await api.JsonAsync("logs", "Logs_20140328.DescribeLogGroups", new() { ["logGroupNamePrefix"] = group });
        JsonNode only = Assert.Single(found["logGroups"]!.AsArray())!;
        _lines.AddRange([$"logs {group}", $"logs retention {only["retentionInDays"]}"]);
        Add("logs", await api.JsonAsync("logs", "Logs_20140328.ListTagsLogGroup", new() { ["logGroupName"] = group }));
    }

    private async Task AddTableAsync(ServiceApi api, string table)
    {
        JsonObject named = new() { ["TableName"] = table };
        JsonNode described = await DynamoAsync(api, "DescribeTable", named);
        foreach (string setting in new[] { "BillingModeSummary", "DeletionProtectionEnabled", "SSEDescription", "StreamSpecification" })
        {
            Add($"{table}.{setting}", described["Table"]![setting]);
        }

        Add(table, await DynamoAsync(api, "DescribeTimeToLive", named));
        JsonNode backups = (await DynamoAsync(api, "DescribeContinuousBackups", named))["ContinuousBackupsDescription"]!["PointInTimeRecoveryDescription"]!;
        _lines.Add($"{table} point-in-time recovery {backups["PointInTimeRecoveryStatus"]}");
        JsonNode tags = await DynamoAsync(api, "ListTagsOfResource", new() { ["ResourceArn"] = $"{described["Table"]!["TableArn"]}" });
        _lines.AddRange(tags["Tags"]!.AsArray().Select(t => $"{table} tag {t!["Key"]}={t["Value"]}"));
    }

    // A leaf is a line: the way to it, and its value.
    private void Add(string path, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach ((string name, JsonNode? value) in members.Where(static m => !Volatile.Contains(m.Key)))
                {
                    Add($"{path}.{name}", value);
                }

                break;
            case JsonArray items:
                foreach (JsonNode? item in items)
                {
                    Add(path, item);
                }

                break;
            case not null:
                _lines.Add($"{path} {node}");
                break;
        }
    }

    private static Task<XElement> IamAsync(ServiceApi api, string action, params (string, string)[] parameters) => api.QueryAsync("iam", "2010-05-08", action, parameters);

    private static Task<JsonNode> DynamoAsync(ServiceApi api, string operation, JsonObject input) =>
        api.JsonAsync("dynamodb", "DynamoDB_20120810." + operation, input.DeepClone().AsObject());

    private static string[] Texts(XElement answer, string element) => [.. answer.Descendants().Where(e => e.Name.LocalName == element).Select(static e => e.Value)];
}
