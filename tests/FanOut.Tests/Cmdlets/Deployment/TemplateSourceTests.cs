using System.Globalization;
using System.Text.Json.Nodes;

namespace FanOut.Tests.Cmdlets.Deployment;

/// <summary>The sources in a template: streams, topics, the alias that they call.</summary>
public sealed class TemplateSourceTests : TemplateTests
{
    [Fact]
    public void A_stream_is_connected_as_Connect_would_do_it()
    {
        JsonObject stream = Only(Template("Export-FanOutTemplate -Source orders -OnFailureDestination dropped"), "AWS::Lambda::EventSourceMapping");

        Same(
            JsonNode.Parse($$$$"""
                {
                  "EventSourceArn": "{{{{CloudSession.Orders}}}}",
                  "FunctionName": {"Ref": "Function"},
                  "Enabled": true,
                  "StartingPosition": "LATEST",
                  "BatchSize": 500,
                  "MaximumBatchingWindowInSeconds": 1,
                  "BisectBatchOnFunctionError": true,
                  "MaximumRetryAttempts": 10,
                  "MaximumRecordAgeInSeconds": 21600,
                  "FunctionResponseTypes": ["ReportBatchItemFailures"],
                  "DestinationConfig": {"OnFailure": {"Destination": "{{{{Dropped}}}}"}}
                }
                """),
            stream);
    }

    [Fact]
    public void A_position_in_time_is_told_in_seconds_since_1970()
    {
        JsonObject stream = Only(Template("Export-FanOutTemplate -Source orders -StartingPositionTimestamp 2026-01-02T03:04:05.5Z -Suspended"), "AWS::Lambda::EventSourceMapping");

        Assert.Equal(("AT_TIMESTAMP", "1767323045.5", "false"), ($"{stream["StartingPosition"]}", ((double)stream["StartingPositionTimestamp"]!).ToString(CultureInfo.InvariantCulture), $"{stream["Enabled"]}"));
    }

    [Theory]
    [InlineData("$targets | Export-FanOutTemplate -Source orders -OnFailureDestination dropped")]
    [InlineData("$targets | Export-FanOutTemplate -SourceArn " + CloudSession.Orders + " -OnFailureDestination dropped")]
    [InlineData("$targets | Select-Object *, @{ n = 'Source'; e = { 'orders' } } | Export-FanOutTemplate -OnFailureDestination dropped")]
    public void What_is_typed_of_sources_counts_where_targets_are_piped(string script)
    {
        JsonObject template = Template($"$targets = 'a', 'b' | ForEach-Object {{ [pscustomobject]@{{ Id = $_; Type = 'sqs'; Destination = \"arn:aws:sqs:us-east-1:123456789012:$_\" }} }}; {script}");

        JsonObject stream = Only(template, "AWS::Lambda::EventSourceMapping");
        Assert.Equal(CloudSession.Orders, $"{stream["EventSourceArn"]}");
        Assert.Equal(Dropped, $"{stream["DestinationConfig"]!["OnFailure"]!["Destination"]}");
        string policy = Properties(template, "Policy")["PolicyDocument"]!.ToJsonString();
        Assert.All(["123456789012:a", "123456789012:b", "kinesis:GetRecords"], p => Assert.Contains(p, policy, StringComparison.Ordinal));
    }

    [Fact]
    public void Piped_sources_stay_as_they_are_and_others_are_left_out()
    {
        Run($"""
            Publish-FanOutFunction
            Connect-FanOutSource -Source orders -BatchSize 7 -OnFailureDestination {Dropped} -Suspended
            Connect-FanOutSource -Source {Customers} -OnFailureDestination {Dropped}
            Register-FanOutTarget sqs t arn:aws:sqs:us-east-1:123456789012:dropped -SourceArn {News} -WarningAction Ignore
            """).ThrowIfFailed();
        JsonObject all = Template();

        JsonObject some = Template("Get-FanOutSource orders, news | Export-FanOutTemplate");

        JsonObject kept = Only(some, "AWS::Lambda::EventSourceMapping");
        Assert.Equal(("7", "false"), ($"{kept["BatchSize"]}", $"{kept["Enabled"]}"));
        Assert.Empty(OfType(some, "AWS::SNS::Subscription"));
        Same(Assert.Single(OfType(all, "AWS::Lambda::EventSourceMapping"), static s => $"{s["Properties"]!["EventSourceArn"]}" == CloudSession.Orders)["Properties"], kept);
        Assert.DoesNotContain("dynamodb:DescribeStream", Properties(some, "Policy")["PolicyDocument"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_topic_has_a_subscription_a_permission_and_what_Lambda_does_where_the_function_fails()
    {
        string connect = $"-SourceArn {News} -MaximumRetryAttempts 1 -OnFailureDestination {Dropped}";
        JsonObject before = Template($"Export-FanOutTemplate {connect}");

        Run($"Publish-FanOutFunction; Connect-FanOutSource {connect}").ThrowIfFailed();

        Same(before, Template());
        Same(JsonNode.Parse($$$"""{"TopicArn":"{{{News}}}","Protocol":"lambda","Endpoint":{"Fn::GetAtt":["Function","Arn"]}}"""), Only(before, "AWS::SNS::Subscription"));
        Same(
            JsonNode.Parse($$$"""{"FunctionName":{"Fn::GetAtt":["Function","Arn"]},"Action":"lambda:InvokeFunction","Principal":"sns.amazonaws.com","SourceArn":"{{{News}}}"}"""),
            Only(before, "AWS::Lambda::Permission"));
        Same(
            JsonNode.Parse($$$$"""
                {
                  "FunctionName": {"Ref": "Function"},
                  "Qualifier": "$LATEST",
                  "MaximumRetryAttempts": 1,
                  "MaximumEventAgeInSeconds": 21600,
                  "DestinationConfig": {"OnFailure": {"Destination": "{{{{Dropped}}}}"}}
                }
                """),
            Only(before, "AWS::Lambda::EventInvokeConfig"));
        Assert.Contains("SendToQueues", Properties(before, "Policy")["PolicyDocument"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("AlarmIteratorAge", before.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_suspended_topic_keeps_its_permission_only()
    {
        Run($"Publish-FanOutFunction; Connect-FanOutSource -SourceArn {News} -OnFailureDestination {Dropped}; Suspend-FanOutSource -SourceArn {News}").ThrowIfFailed();

        JsonObject template = Template();

        Assert.Empty(OfType(template, "AWS::SNS::Subscription"));
        Assert.Single(OfType(template, "AWS::Lambda::Permission"));
        Same(template, Template("Get-FanOutSource | Export-FanOutTemplate"));
    }

    [Fact]
    public void Topics_that_want_different_retries_are_an_error()
    {
        Session.Cloud.Sns.CreateTopic("more");

        PowerShellResult result = Run($$"""
            [pscustomobject]@{ SourceArn = '{{News}}'; MaximumRetryAttempts = 0 }, [pscustomobject]@{ SourceArn = 'arn:aws:sns:us-east-1:123456789012:more'; MaximumRetryAttempts = 1 } | Export-FanOutTemplate
            """);

        Assert.Empty(result.Output);
        Assert.Contains("all topics of a function share it", result.Error().Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_call_the_alias_whose_version_follows_code_and_settings()
    {
        JsonObject before = Template($"Export-FanOutTemplate -Alias live -Source orders -OnFailureDestination {Dropped}");
        Run($"Publish-FanOutFunction -Alias live; Connect-FanOutSource -FunctionName fresh:live -Source orders -OnFailureDestination {Dropped}").ThrowIfFailed();

        Same(before, Template());
        Assert.Equal("""{"Ref":"Alias"}""", Only(before, "AWS::Lambda::EventSourceMapping")["FunctionName"]!.ToJsonString());
        Assert.Equal("""{"FunctionName":{"Ref":"Function"},"FunctionVersion":{"Fn::GetAtt":["Version","Version"]},"Name":"live"}""", Properties(before, "Alias").ToJsonString());
        string description = $"{Properties(before, "Version")["Description"]!["Fn::Sub"]}";
        Assert.EndsWith("code ${CodeKey} ${CodeVersion}", description, StringComparison.Ordinal);
        Assert.NotEqual(description, $"{Properties(Template("Export-FanOutTemplate -MemorySize 512"), "Version")["Description"]!["Fn::Sub"]}");
    }

    [Fact]
    public void A_version_that_the_template_does_not_make_is_warned_of()
    {
        Run("Publish-FanOutFunction -Alias live").ThrowIfFailed();
        Session.Lambda.CreateEventSourceMapping(CloudSession.Orders, "fresh:1", new() { ReportBatchItemFailures = true });

        PowerShellResult result = Run("Export-FanOutTemplate").ThrowIfFailed();

        Assert.Contains("Sources call 1 of the function fresh", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Contains("\"${Function.Arn}:1\"", (string)result.Output.Single().BaseObject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Source nothing", "SourceNotFound")]
    [InlineData("-Source orders -BatchSize 0", "InvalidParameter")]
    [InlineData("-SourceArn arn:aws:kinesis:eu-west-1:123456789012:stream/orders", "InvalidParameter")]
    [InlineData($"-SourceArn {News} -BatchSize 5", "InvalidParameter")]
    [InlineData("-Source orders, nothing", "SourceNotFound")]
    public void A_source_that_cannot_be_connected_leaves_no_template(string source, string error)
    {
        PowerShellResult result = Run($"Export-FanOutTemplate {source}");

        Assert.StartsWith(error + ",", result.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }
}
