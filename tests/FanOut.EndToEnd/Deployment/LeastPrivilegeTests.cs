using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using FanOut.Aws.Sqs;
using FanOut.EndToEnd.Services;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Policies;
using FanOut.LocalCloud.Sts;

namespace FanOut.EndToEnd.Deployment;

/// <summary>From nothing to records at every type of target, by the cmdlets, with the policies that they make enforced: not too narrow, not too wide.</summary>
public sealed partial class LeastPrivilegeTests
{
    private static readonly string[] Markers = ["1", "2", "3"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Records_reach_targets_of_every_type_and_no_permission_is_missing_or_in_vain()
    {
        await using PublishedFunction function = await PublishedFunction.StartAsync(withCaches: true);
        Cloud cloud = function.Session.Cloud;

        await function.PutAsync(Markers);

        string[] expected = [.. Markers.SelectMany(static m => new[] { $"stream-{m}", $"table-{m}" }).Order(StringComparer.Ordinal)];
        foreach ((string type, string arrived) in Arrivals(function))
        {
            Assert.Equal((type, string.Join(' ', expected)), (type, string.Join(' ', Marker().Matches(arrived).Select(static m => m.Value).Order(StringComparer.Ordinal))));
        }

        foreach (string key in expected)
        {
            // A cache's key is the record's: the table's is the text of its key.
            Assert.Equal((key, ":1"), (key, await function.Redis.AskAsync($"EXISTS {key}")));
            Assert.Contains(key, Encoding.UTF8.GetString(await function.Memcached.GetAsync(key) ?? []), StringComparison.Ordinal);
        }

        Assert.Empty(function.Denied);
        Assert.DoesNotContain(cloud.Sqs.Received, static a => a.IsFor("failed"));
        Assert.All(cloud.Kinesis.Received, static a => Assert.Equal($"arn:aws:kinesis:us-east-1:{PublishedFunction.OtherAccount}:stream/all", a.Destination));
        Assert.Equal(["ext-1"], cloud.Sts.Sessions.Where(static s => s.Role.Arn == PublishedFunction.WriterArn).Select(static s => s.ExternalId).Distinct());

        // Lambda's guide asks for it, though it lists no streams when a mapping names one; the stand-in does not ask for it.
        // And nothing failed, so no note on progress came to its end; that a source is known may be noted by now, or not yet.
        string[] unneeded = ["dynamodb:DeleteItem arn:aws:dynamodb:us-east-1:123456789012:table/proofTargets", "dynamodb:ListStreams *"];
        string[] perhaps = ["dynamodb:PutItem arn:aws:dynamodb:us-east-1:123456789012:table/proofTargets"];
        Assert.Equal(unneeded, PolicyStatements.Unneeded(function.Role, cloud.AccessChecks).Except(perhaps));
        Assert.Empty(PolicyStatements.Unneeded(function.Writer, cloud.AccessChecks));
    }

    [Fact]
    public async Task What_is_unregistered_may_not_be_sent_to_any_more_and_all_else_goes_on()
    {
        await using PublishedFunction function = await PublishedFunction.StartAsync();
        (string, string)[] before = [.. PolicyStatements.Allowed(function.Role)];
        foreach (string type in PublishedFunction.Types)
        {
            (string Action, string Resource)[] earlier = [.. PolicyStatements.Allowed(function.Role)];
            function.Run($"Unregister-FanOutTarget {type} -Source orders -SourceType Kinesis -Confirm:$false");
            Assert.Equal(earlier, PolicyStatements.Allowed(function.Role));

            function.Run($"Unregister-FanOutTarget {type} -Source customers -SourceType DynamoDB -Confirm:$false");

            (string action, string resource) = Assert.Single(earlier.Except(PolicyStatements.Allowed(function.Role)));
            Assert.Equal((type, ActionOf(type)), (type, action));
            Assert.Equal(AccessDecision.ImplicitDeny, function.Role.Decide(action, resource.Replace('*', 'x')));
        }

        // The queue for what is dropped is in the same statement.
        Assert.Contains(("sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:failed"), PolicyStatements.Allowed(function.Role));
        Assert.Equal(before.Length - PublishedFunction.Types.Length, PolicyStatements.Allowed(function.Role).Count());
        using AmazonSQSClient asTheFunction = AsTheFunction(function);
        AmazonServiceException denied = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => SendAsync(asTheFunction, "all"));
        Assert.Equal(("AccessDenied", true), (Regex.Match(denied.ErrorCode ?? "", "AccessDenied").Value, denied.Message.Contains("sqs:sendmessage", StringComparison.Ordinal)));
        await SendAsync(asTheFunction, "failed");
    }

    [Fact]
    public async Task Rows_that_nobody_registered_are_refused_by_every_service()
    {
        await using PublishedFunction function = await PublishedFunction.StartAsync();
        Cloud cloud = function.Session.Cloud;
        string[] rows = [.. function.Session.Cloud.Dynamo.Find("proofTargets")!.Items.Select(static i => i.ToJsonString())];
        function.Run("Get-FanOutTarget | Unregister-FanOutTarget -Confirm:$false");
        foreach (string row in rows)
        {
            cloud.Dynamo.Find("proofTargets")!.Put(row);
        }

        function.Put("forbidden");

        string[] needed = [.. PublishedFunction.Types.Select(ActionOf)];
        await cloud.AccessChecks.WaitForAsync(_ => needed.All(action => function.Denied.Any(check => check.Action == action)), Cancellation);
        Assert.Equal(needed.Order(StringComparer.Ordinal), function.Denied.Select(static check => check.Action).Distinct().Order(StringComparer.Ordinal));
        Assert.All(Arrivals(function), static arrived => Assert.Equal((arrived.Type, ""), arrived));
    }

    private static string ActionOf(string type) => type switch
    {
        "sns" => "sns:Publish",
        "sqs" => "sqs:SendMessage",
        "es" => "es:ESHttpPost",
        "kinesis" => "sts:AssumeRole",
        "firehose" => "firehose:PutRecordBatch",
        "iot" => "iot:Publish",
        "events" => "events:PutEvents",
        "states" => "states:StartExecution",
        "http" => "secretsmanager:GetSecretValue",
        _ => "lambda:InvokeFunction",
    };

    private static (string Type, string Text)[] Arrivals(PublishedFunction function)
    {
        Cloud cloud = function.Session.Cloud;
        return
        [
            ("sns", Text(cloud.Sns.Received)),
            ("sqs", Text(cloud.Sqs.Received)),
            ("es", Text(cloud.OpenSearch.Received)),
            ("kinesis", Text(cloud.Kinesis.Received)),
            ("firehose", Text(cloud.Firehose.Received)),
            ("iot", Text(cloud.Iot.Received)),
            ("events", Text(cloud.EventBridge.Received)),
            ("states", Text(cloud.StepFunctions.Received)),
            ("lambda", string.Join('\n', function.Receiver.Invocations.SelectMany(static i => JsonNode.Parse(i.Payload.Span)!["Records"]!.AsArray()).Select(static r =>
                (string?)r!["kinesis"]?["data"] is { } data ? Encoding.UTF8.GetString(Convert.FromBase64String(data)) : r["dynamodb"]!["NewImage"]!.ToJsonString()))),
            .. function.Endpoint is { } endpoint ? new[] { ("http", string.Join('\n', endpoint.Bodies)) } : [],
        ];
    }

    private static string Text(IEnumerable<Arrival> arrivals) => string.Join('\n', arrivals.Select(static a => a.Text));

    private static AmazonSQSClient AsTheFunction(PublishedFunction function)
    {
        RoleSession session = function.Session.Cloud.Sts.Sessions.Last(static s => s.Role.Arn == PublishedFunction.RoleArn);
        return new(new SessionAWSCredentials(session.AccessKeyId, "any", session.SessionToken), Emulated.Config(AmazonSQSClient.Service, function.Session.Cloud.Endpoint));
    }

    private static Task<SendMessageBatchResponse> SendAsync(AmazonSQSClient client, string queue) => client.SendMessageBatchAsync(
        new() { QueueUrl = $"https://sqs.us-east-1.amazonaws.com/123456789012/{queue}", Entries = new SendMessageBatchRequestEntry[] { new("x"u8.ToArray()) } }, Cancellation);

    [GeneratedRegex("(?:stream|table)-[a-z0-9]+")]
    private static partial Regex Marker();
}
