using System.Text.Json.Nodes;

namespace FanOut.Tests.Cmdlets.DesiredState;

/// <summary>What Export-FanOutTarget writes is what there is: synced again it changes nothing.</summary>
public sealed class ExportFanOutTargetTests : StateTests
{
    [Fact]
    public void What_is_written_is_what_there_is()
    {
        Session.Cloud.Dynamo.CreateTable("customers", "id", streamView: "NEW_AND_OLD_IMAGES");
        Session.Cloud.Sns.CreateTopic("news");
        Run($$"""
            Publish-FanOutFunction -MemorySize 256 -Timeout 60 -Environment @{ FANOUT_REFRESH_SECONDS = '10'; OWN = 'hidden-value' } -Tag @{ team = 'data' } -LogRetentionDays 30 -ReservedConcurrency 5
            Connect-FanOutSource orders Kinesis -BatchSize 100 -MaximumRecordAge '01:00:00' -OnFailureDestination failed -Wait
            Connect-FanOutSource customers DynamoDB -StartingPosition TrimHorizon -Suspended -Wait
            Connect-FanOutSource news SNS -MaximumRetryAttempts 1
            Register-FanOutTarget sqs audit audit -Source orders -SourceType Kinesis -Enabled -Collapse none -Filter '{ "data" : { "total":[{"numeric":[">",1000]}], "x": ["${env:HOME}"] } }' -DeadLetter failed -Transform @{ inputTemplate = '{"id": <data.id>}' }
            Register-FanOutTarget redis cache 'rediss://user:secret-word@cache.example.org:6379' -Source customers -SourceType DynamoDB -Parallel:$false
            Register-FanOutTarget kinesis copy arn:aws:kinesis:eu-west-1:210987654321:stream/copy -Source news -DestinationRoleArn arn:aws:iam::210987654321:role/x -ExternalId ext-1 -MaxItemBytes 1000
            """).ThrowIfFailed();
        Session.Cloud.Dynamo.Find("freshTargets")!.Put($$$"""{"sourceArn":{"S":"{{{CloudSession.Orders}}}"},"id":{"S":"of-the-original"},"type":{"S":"firehose"},"destination":{"S":"lake"},"active":{"BOOL":true},"collapse":{"S":"JSON"}}""");
        Run("Publish-FanOutFunction").ThrowIfFailed();
        Session.Forget();

        Run($"Export-FanOutTarget '{Named("out.json")}'").ThrowIfFailed();

        Assert.Empty(Session.Changes);
        string text = File.ReadAllText(Named("out.json"));
        Assert.DoesNotContain("hidden-value", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-word", text, StringComparison.Ordinal);
        JsonObject state = JsonNode.Parse(text)!.AsObject();
        Assert.Equal("""{"FunctionName":"fresh","MemorySize":256,"Timeout":60,"Architecture":"arm64","Environment":{"FANOUT_REFRESH_SECONDS":"10"},"Tag":{"team":"data"},"LogRetentionDays":30,"ReservedConcurrency":5}""", state["Function"]!.ToJsonString());
        Assert.Equal(["customers DynamoDB True", "orders Kinesis False", "news SNS False"], state["Sources"]!.AsArray().Select(static s => $"{s!["Source"]} {s["SourceType"]} {s["Suspended"]!.GetValue<bool>()}"));
        Assert.Equal("$${env:HOME}", state["Targets"]!.AsArray().Single(static t => $"{t!["Id"]}" == "audit")!["Filter"]!["data"]!["x"]![0]!.GetValue<string>());

        Assert.All(Changes(Run($"Sync-FanOutTarget '{Named("out.json")}' -Prune -WhatIf")), static c => Assert.StartsWith("Unchanged ", c, StringComparison.Ordinal));
        Run($"Sync-FanOutTarget '{Named("out.json")}' -Prune -Confirm:$false").ThrowIfFailed();
        Assert.Empty(Session.Changes);
    }

    [Fact]
    public void The_password_is_written_only_if_it_is_asked_for()
    {
        Run("Publish-FanOutFunction; Register-FanOutTarget redis cache 'rediss://user:secret-word@cache.example.org:6379' -Source orders -SourceType Kinesis").ThrowIfFailed();

        Assert.DoesNotContain("secret-word", $"{Run("Export-FanOutTarget").Only()}", StringComparison.Ordinal);
        Assert.Contains("secret-word", $"{Run("Export-FanOutTarget -IncludeSecret").Only()}", StringComparison.Ordinal);
    }
}
