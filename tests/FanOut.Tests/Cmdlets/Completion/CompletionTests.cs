using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.Cmdlets.Completion;

/// <summary>The tab key against the stand-in cloud.</summary>
public sealed class CompletionTests : IAsyncDisposable
{
    private readonly CloudSession _session = new();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Fact]
    public void Functions_come_with_runtime_and_last_change()
    {
        _session.Lambda.Add("fanout", new RecordingFunction());
        _session.Lambda.Add("fanout-next", new RecordingFunction());
        _session.Lambda.Add("other", new RecordingFunction());

        IReadOnlyList<(string Text, string ToolTip)> offers = Complete("Get-FanOutTarget -FunctionName FAN");

        Assert.Equal(["fanout", "fanout-next"], offers.Select(static o => o.Text));
        Assert.All(offers, static o => Assert.Matches(@"^\S+, changed \d{4}-\d\d-\d\dT", o.ToolTip));
    }

    [Theory]
    [InlineData("-SourceType Kinesis -Source ", new[] { "clicks", "orders" })]
    [InlineData("-SourceType DynamoDB -Source ", new[] { "customers" })]
    [InlineData("-Source ", new[] { "clicks", "customers", "orders" })]
    [InlineData("-Source c", new[] { "clicks", "customers" })]
    [InlineData("-SourceType dynamodb -Source cl", new string[0])]
    public void Sources_are_streams_and_tables_with_streams(string typed, string[] expected)
    {
        _session.Cloud.Kinesis.CreateStream("clicks");
        _session.Cloud.Dynamo.CreateTable("customers", "id", streamView: "NEW_IMAGE");
        _session.Cloud.Dynamo.CreateTable("cold", "id");

        Assert.Equal(expected, Texts("Get-FanOutTarget " + typed));
    }

    [Fact]
    public void ARNs_are_those_that_are_connected_or_have_targets()
    {
        string clicks = _session.Cloud.Kinesis.CreateStream("clicks").Arn;
        _session.Cloud.Kinesis.CreateStream("unknown");
        _session.Lambda.Add("fanout", new RecordingFunction());
        _session.Lambda.CreateEventSourceMapping(clicks, "fanout", new EventSourceMappingOptions { StartingPosition = StartingPosition.Latest });
        _session.Register("one");
        _session.Register("two");

        Assert.Equal([clicks, CloudSession.Orders], Texts("Get-FanOutTarget -SourceArn "));

        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "lambda" });
        Assert.Equal([CloudSession.Orders], Texts("Get-FanOutTarget -SourceArn "));
    }

    [Theory]
    [InlineData("Get-FanOutTarget ", new[] { "cache", "elsewhere", "one", "'two words'" })]
    [InlineData("Get-FanOutTarget -Id o", new[] { "one" })]
    [InlineData("Get-FanOutTarget -Id 'two", new[] { "'two words'" })]
    [InlineData("Get-FanOutTarget one, e", new[] { "elsewhere" })]
    [InlineData("Disable-FanOutTarget -Source orders -SourceType Kinesis -Id ", new[] { "cache", "one", "'two words'" })]
    [InlineData("Disable-FanOutTarget -SourceArn arn:aws:kinesis:us-east-1:123456789012:stream/clicks -Id ", new[] { "elsewhere" })]
    [InlineData("Get-Date | Out-Null; Get-FanOutTarget -Id o|< | Disable-FanOutTarget -WhatIf", new[] { "one" })]
    [InlineData("Get-FanOutTarget | ForEach-Object { Enable-FanOutTarget -Id e|< }", new[] { "elsewhere" })]
    [InlineData("Get-FanOutTarget -FunctionName other -Id ", new[] { "others" })]
    [InlineData("Get-FanOutTarget -TableName otherTargets -Id ", new[] { "others" })]
    [InlineData("Get-FanOutTarget -TableName arn:aws:dynamodb:us-east-1:123456789012:table/otherTargets -Id ", new[] { "others" })]
    [InlineData("Get-FanOutTarget -Region eu-west-1 -Id ", new string[0])]
    [InlineData("Get-FanOutTarget -FunctionName nothing-there -Id ", new string[0])]
    public void Ids_are_those_of_the_source_in_the_table(string typed, string[] expected)
    {
        Fill();

        Assert.Equal(expected, Texts(typed));
    }

    [Fact]
    public void An_id_tells_type_destination_and_state_and_no_secret()
    {
        Fill();

        Assert.Equal("redis rediss://***@cache.example.org:6379 (Disabled)", Complete("Get-FanOutTarget -Id cache")[0].ToolTip);
    }

    [Fact]
    public void The_sessions_region_counts_where_none_is_typed()
    {
        _session.Cloud.Kinesis.CreateStream("irish", region: "eu-west-1");
        _session.Run("$PSDefaultParameterValues.Remove('*-FanOut*:Region'); $StoredAWSRegion = 'eu-west-1'").ThrowIfFailed();

        Assert.Equal(["irish"], Texts("Get-FanOutTarget -SourceType Kinesis -Source "));
        Assert.Equal(["orders"], Texts("Get-FanOutTarget -Region us-east-1 -SourceType Kinesis -Source "));
    }

    [Theory]
    [InlineData("Get-FanOutTarget -FunctionName ")]
    [InlineData("Get-FanOutTarget -Source ")]
    [InlineData("Get-FanOutTarget -SourceArn ")]
    [InlineData("Get-FanOutTarget -Id ")]
    [InlineData("Register-FanOutTarget redis a ")]
    [InlineData("Publish-FanOutFunction -Subnet subnet-1 -SecurityGroup ")]
    public void A_service_that_hangs_leaves_nothing(string typed)
    {
        Fault hang = _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.Hang });

        Assert.Empty(Texts(typed));
        Assert.NotEqual(0, _session.Cloud.Faults.Strikes(hang));
        AssertNoError();
    }

    [Theory]
    [InlineData("Get-FanOutTarget -ProfileName nobody -ProfileLocation nowhere -FunctionName ")]
    [InlineData("Get-FanOutTarget -EndpointUrl ::: -Source ")]
    [InlineData("Get-FanOutTarget -SourceArn not:an:arn -Id ")]
    [InlineData("Get-FanOutTarget -FunctionName 'no function!' -Id ")]
    public void What_cannot_be_asked_for_leaves_nothing(string typed)
    {
        _session.Run("$PSDefaultParameterValues.Remove('*-FanOut*:AccessKey'); $PSDefaultParameterValues.Remove('*-FanOut*:SecretKey'); $Error.Clear()").ThrowIfFailed();

        Assert.Empty(Texts(typed));
        Assert.DoesNotContain(_session.Cloud.Calls, static c => c.Service.Length > 0);
        AssertNoError();
    }

    [Theory]
    [InlineData("Register-FanOutTarget -Type s", new[] { "sns", "sqs", "states" })]
    [InlineData("Get-FanOutTarget -Type sqs, k", new[] { "kinesis" })]
    [InlineData("Set-FanOutTarget -Collapse con", new[] { "concat", "concat-b64" })]
    [InlineData("Register-FanOutTarget -OnFailure ", new[] { "block", "deadLetter" })]
    [InlineData("Register-FanOutTarget -DocumentId ", new[] { "key", "sequence", "none" })]
    [InlineData("Set-FanOutTarget -DocumentAction c", new[] { "create" })]
    [InlineData("Set-FanOutTarget -OnFailure d", new[] { "deadLetter" })]
    [InlineData("Register-FanOutTarget -View n", new[] { "newImage" })]
    [InlineData("Set-FanOutTarget -Filter '{\"part", new[] { "'{\"partitionKey\":[\"value\"]}'" })]
    public void Words_come_with_what_they_mean(string typed, string[] expected)
    {
        IReadOnlyList<(string Text, string ToolTip)> offers = Complete(typed);

        Assert.Equal(expected, offers.Select(static o => o.Text));
        Assert.All(offers, static o => Assert.Contains(' ', o.ToolTip));
    }

    [Theory]
    [InlineData("Register-FanOutTarget -Type ", "-Type")]
    [InlineData("Register-FanOutTarget -Collapse ", "-Collapse")]
    [InlineData("Register-FanOutTarget -View ", "-View")]
    public void All_words_that_are_allowed_are_offered(string typed, string parameter)
    {
        PowerShellResult allowed = _session.Run(
            $"(Get-Command Register-FanOutTarget).Parameters['{parameter[1..]}'].Attributes.Words.Where({{ $_ }})");

        Assert.Equal(allowed.Output.Select(static o => $"{o}"), Texts(typed));
    }

    private void Fill()
    {
        _session.Cloud.Kinesis.CreateStream("clicks");
        _session.Cloud.Dynamo.CreateTable("otherTargets", "sourceArn", "id");
        _session.Register("one");
        _session.Run($"Register-FanOutTarget sqs 'two words' arn:aws:sqs:us-east-1:123456789012:two -SourceArn {CloudSession.Orders}").ThrowIfFailed();
        _session.Run($"Register-FanOutTarget redis cache rediss://user:hunter2@cache.example.org:6379 -SourceArn {CloudSession.Orders}").ThrowIfFailed();
        _session.Run("Register-FanOutTarget sns elsewhere arn:aws:sns:us-east-1:123456789012:t -Source clicks -SourceType Kinesis -Force").ThrowIfFailed();
        _session.Run($"Register-FanOutTarget sns others arn:aws:sns:us-east-1:123456789012:t -SourceArn {CloudSession.Orders} -FunctionName other").ThrowIfFailed();
    }

    private IReadOnlyList<(string Text, string ToolTip)> Complete(string typed) => Completed.At(_session.PowerShell, typed);

    private IReadOnlyList<string> Texts(string typed) => Completed.Texts(_session.PowerShell, typed);

    private void AssertNoError() => Assert.Equal("0", $"{_session.Run("$Error.Count").Output[0]}");
}
