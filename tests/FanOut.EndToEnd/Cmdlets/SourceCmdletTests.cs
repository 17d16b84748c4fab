using System.Management.Automation;
using System.Text.Json.Nodes;
using FanOut.EndToEnd.Servers;
using FanOut.EndToEnd.Services;

namespace FanOut.EndToEnd.Cmdlets;

/// <summary>The cmdlets of sources at moto.</summary>
public sealed class SourceCmdletTests(MotoServer moto)
{
    [Fact]
    public async Task A_source_is_connected_shown_suspended_resumed_and_disconnected()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "sources");
        await LambdaFunction.CreateAsync(session.Api, "sources");
        await session.Api.JsonAsync("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = "dropped" });

        PowerShellResult connected = session.Run("Connect-FanOutSource -Source sources -SourceType Kinesis -OnFailureDestination arn:aws:sqs:us-east-1:123456789012:dropped -Wait");
        Assert.Equal("Enabled", connected.Property("State"));
        Assert.Equal("arn:aws:sqs:us-east-1:123456789012:dropped", connected.Property("OnFailureDestination"));

        // The role was not made by the module, and has no policy.
        Assert.StartsWith("The policies of the role ", Assert.Single(connected.Warnings), StringComparison.Ordinal);
        Assert.Equal("Enabled", session.Run("Connect-FanOutSource -Source sources -SourceType Kinesis").Property("State"));
        Assert.StartsWith("SourceAlreadyConnected,", session.Run("Connect-FanOutSource -Source sources -SourceType Kinesis -BatchSize 9").Error().FullyQualifiedErrorId, StringComparison.Ordinal);

        PSObject function = session.Run("Get-FanOutFunction").Only();
        Assert.Equal(("sources", "1 of 1", "0 of 0"), (function.Properties["FunctionName"].Value, function.Properties["Sources"].Value, function.Properties["Targets"].Value));
        Assert.Equal("true", session.Run("(Get-FanOutFunction).Settings['FANOUT_BATCH_ITEM_FAILURES']").Only().BaseObject);

        PSObject source = session.Run("Get-FanOutFunction | Get-FanOutSource").Only();
        Assert.Equal("sources Kinesis Enabled 500 00:00:01 10 06:00:00 True True Latest", string.Join(' ', new[]
        {
            "Name", "SourceType", "State", "BatchSize", "BatchingWindow", "MaximumRetryAttempts", "MaximumRecordAge", "ReportBatchItemFailures", "BisectBatchOnFunctionError", "StartingPosition",
        }.Select(p => source.Properties[p].Value)));
        Assert.StartsWith("No target is registered.", $"{source.Properties["Status"].Value}", StringComparison.Ordinal);

        Assert.Equal("Disabled", session.Run("Get-FanOutSource | Suspend-FanOutSource -Wait -PassThru").Property("State"));
        Assert.Equal("Enabled", session.Run("Get-FanOutSource | Resume-FanOutSource -Wait -PassThru").Property("State"));
        session.Run("Get-FanOutSource | Disconnect-FanOutSource -Wait -Confirm:$false").ThrowIfFailed();
        Assert.Empty(session.Run("Get-FanOutSource").ThrowIfFailed().Output);
        Assert.StartsWith("SourceNotConnected,", session.Run("Suspend-FanOutSource -Source sources -SourceType Kinesis").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_topic_is_connected_shown_suspended_resumed_and_disconnected()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "topics");
        await LambdaFunction.CreateAsync(session.Api, "topics");
        await session.Api.QueryAsync("sns", "2010-03-31", "CreateTopic", ("Name", "bulletin"));
        await session.Api.JsonAsync("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = "dropped" });
        const string Dropped = "arn:aws:sqs:us-east-1:123456789012:dropped";

        PowerShellResult connected = session.Run($"Connect-FanOutSource -Source bulletin -SourceType SNS -OnFailureDestination {Dropped}");
        Assert.Equal("Enabled", connected.Property("State"));

        // The role was not made by the module, and has no policy.
        Assert.StartsWith("The policies of the role ", Assert.Single(connected.Warnings), StringComparison.Ordinal);
        Assert.Equal(["topics"], await SubscribersAsync(session));
        JsonNode statement = Assert.Single(JsonNode.Parse((string)JsonNode.Parse(await session.Api.RestAsync(HttpMethod.Get, "lambda", "/2015-03-31/functions/topics/policy"))!["Policy"]!)!["Statement"]!.AsArray())!;
        Assert.Equal(
            ("sns.amazonaws.com", $"arn:aws:sns:us-east-1:{Emulated.Account}:bulletin"),
            ((string?)statement["Principal"]!["Service"], (string?)statement["Condition"]!["ArnLike"]!["AWS:SourceArn"]));

        PSObject source = session.Run("Get-FanOutSource").Only();
        Assert.Equal($"bulletin SNS Enabled 2 06:00:00 {Dropped}", string.Join(' ', new[] { "Name", "SourceType", "State", "MaximumRetryAttempts", "MaximumRecordAge", "OnFailureDestination" }.Select(p => source.Properties[p].Value)));
        Assert.Equal("Enabled", session.Run($"Connect-FanOutSource -Source bulletin -OnFailureDestination {Dropped}").Property("State"));

        Assert.Equal("Disabled", session.Run("Get-FanOutSource | Suspend-FanOutSource -PassThru").Property("State"));
        Assert.Empty(await SubscribersAsync(session));
        Assert.Equal("Disabled", session.Run("Get-FanOutSource").Property("State"));
        Assert.Equal("Enabled", session.Run("Get-FanOutSource | Resume-FanOutSource -PassThru").Property("State"));
        session.Run("Get-FanOutSource | Disconnect-FanOutSource -Confirm:$false").ThrowIfFailed();
        Assert.Empty(await SubscribersAsync(session));
        Assert.Empty(session.Run("Get-FanOutSource").ThrowIfFailed().Output);
    }

    [Fact]
    public async Task The_functions_other_variables_stay()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "variables");
        await LambdaFunction.CreateAsync(session.Api, "variables");
        await session.Api.RestAsync(HttpMethod.Put, "lambda", "/2015-03-31/functions/variables/configuration", """{"Environment":{"Variables":{"OTHER":"kept"}}}"""u8.ToArray());

        session.Run("Connect-FanOutSource -Source variables -SourceType Kinesis").ThrowIfFailed();

        JsonNode configuration = JsonNode.Parse(await session.Api.RestAsync(HttpMethod.Get, "lambda", "/2015-03-31/functions/variables/configuration"))!;
        Assert.Equal("""{"OTHER":"kept","FANOUT_BATCH_ITEM_FAILURES":"true"}""", configuration["Environment"]!["Variables"]!.ToJsonString());
    }

    [Fact]
    public async Task A_function_that_does_not_exist_is_told()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "absent-function");

        Assert.StartsWith("FunctionNotFound,", session.Run("Get-FanOutFunction").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("FunctionNotFound,", session.Run("Get-FanOutSource").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    private static async Task<string[]> SubscribersAsync(MotoSession session)
    {
        System.Xml.Linq.XElement answer = await session.Api.QueryAsync("sns", "2010-03-31", "ListSubscriptionsByTopic", ("TopicArn", $"arn:aws:sns:us-east-1:{Emulated.Account}:bulletin"));
        return [.. answer.Descendants().Where(static e => e.Name.LocalName == "Endpoint").Select(static e => e.Value.Split(':')[^1])];
    }
}
