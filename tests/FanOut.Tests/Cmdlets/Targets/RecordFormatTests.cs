using FanOut.LocalCloud.DynamoDb;

namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>Targets of a Kinesis stream to which tables stream their changes.</summary>
public sealed class RecordFormatTests : IAsyncLifetime
{
    private const string Stream = "arn:aws:kinesis:us-east-1:123456789012:stream/changes";

    private readonly CloudSession _session = new();

    [Fact]
    public void It_is_registered_changed_shown_and_taken_away()
    {
        _session.Cloud.Kinesis.CreateStream("changes", 1);
        PowerShellResult result = _session.Run($$"""
            $registered = Register-FanOutTarget kinesis copy arn:aws:kinesis:us-east-1:123456789012:stream/copy -SourceArn {{Stream}} -RecordFormat dynamodb-changes -ConvertDDB -View both -HashKey id -WarningVariable idle -WarningAction SilentlyContinue
            $registered.RecordFormat
            $idle | Where-Object { "$_" -match 'no effect' }
            (Set-FanOutTarget copy -SourceArn {{Stream}} -RecordFormat $null -PassThru -WarningAction SilentlyContinue).RecordFormat ?? 'none'
            (Set-FanOutTarget copy -SourceArn {{Stream}} -RecordFormat dynamodb-changes -Filter '{"tableName":["orders"]}' -PassThru -WarningAction SilentlyContinue).RecordFormat
            """).ThrowIfFailed();

        Assert.Equal(["dynamodb-changes", "none", "dynamodb-changes"], result.Output.Select(static o => $"{o}"));
    }

    [Fact]
    public void What_is_no_format_for_the_source_is_refused()
    {
        PowerShellResult result = _session.Run($$"""
            Register-FanOutTarget kinesis a arn:aws:kinesis:us-east-1:123456789012:stream/copy -SourceArn {{Stream}} -RecordFormat dynamodb-changes -Deaggregate
            Register-FanOutTarget kinesis b arn:aws:kinesis:us-east-1:123456789012:stream/copy -SourceArn arn:aws:sns:us-east-1:123456789012:topic -RecordFormat dynamodb-changes
            Register-FanOutTarget kinesis c arn:aws:kinesis:us-east-1:123456789012:stream/copy -SourceArn {{Stream}} -RecordFormat dynamodb-changes -Filter '{"data":{"a":[1]} }'
            """);

        Assert.Collection(
            result.Errors,
            static e => Assert.Contains("cannot be combined with deaggregate true", e.Exception.Message, StringComparison.Ordinal),
            static e => Assert.Contains("is for Kinesis streams that tables stream to; the source is arn:aws:sns:us-east-1:123456789012:topic", e.Exception.Message, StringComparison.Ordinal),
            static e => Assert.Contains("asks for 'data', which no record of the source has", e.Exception.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "1=customer-1", "2=customer-2", "2 deleted")]
    [InlineData("-Record @{ id = '17'; customer = 'a' }, '{\"id\":\"18\",\"customer\":\"b\"}'", "17=a", "18=b")]
    [InlineData("-Record '{\"eventName\":\"REMOVE\",\"dynamodb\":{\"ApproximateCreationDateTime\":1720740233012,\"Keys\":{\"id\":{\"S\":\"1\"}},\"OldImage\":{\"id\":{\"S\":\"1\"}}}}'", "1 deleted")]
    public void The_plan_shows_what_becomes_of_changes(string records, params string[] expected)
    {
        PowerShellResult result = _session.Run($$"""
            [pscustomobject]@{ Id = 'a'; Type = 'memcached'; Destination = 'cache:11211'; SourceArn = '{{Stream}}'; RecordFormat = 'dynamodb-changes'; ConvertDDB = $true; HashKey = 'id' } | Test-FanOutTarget {{records}} -PassThru |
                ForEach-Object { if ($_.IsDelete) { "$($_.Key) deleted" } else { "$($_.Key)=$(($_.Text | ConvertFrom-Json).customer)" } }
            """).ThrowIfFailed();

        Assert.Equal(expected, result.Output.Select(static o => $"{o}"));
    }

    [Fact]
    public void The_plan_of_an_index_has_the_time_of_a_change_as_the_version()
    {
        PowerShellResult result = _session.Run($$"""
            $plan = [pscustomobject]@{ Id = 'a'; Type = 'es'; Destination = 'https://search.example.com#orders'; SourceArn = '{{Stream}}'; RecordFormat = 'dynamodb-changes'; ConvertDDB = $true; HashKey = 'id' } |
                Test-FanOutTarget -Record '{"eventName":"INSERT","dynamodb":{"ApproximateCreationDateTime":1720740233012,"Keys":{"id":{"S":"1"} },"NewImage":{"id":{"S":"1"} } } }'
            $call = $plan.Calls | Where-Object { $_ }
            [Text.Encoding]::UTF8.GetString($call.Body)
            $call.Keys
            """).ThrowIfFailed();

        Assert.Equal(["""{"index":{"_id":"1","version":1720740233012000,"version_type":"external_gte"}}""" + "\n" + """{"id":"1"}""" + "\n", "1"], result.Output.Select(static o => $"{o}"));
    }

    [Fact]
    public void A_replay_brings_the_changes_to_targets_in_the_form_that_the_table_s_own_stream_gives_them()
    {
        DynamoTable table = _session.Cloud.Dynamo.CreateTable("orders", "id", streamView: "NEW_AND_OLD_IMAGES");
        table.TryStreamTo(_session.Cloud.Kinesis.CreateStream("changes", 1));
        _session.Cloud.Sqs.CreateQueue("carried");
        _session.Cloud.Sqs.CreateQueue("streamed");
        table.Put("""{"id":{"S":"1"},"total":{"N":"12"}}""");
        table.Put("""{"id":{"S":"1"},"total":{"N":"13"}}""");
        table.Delete("""{"id":{"S":"1"}}""");

        _session.Run($$"""
            Register-FanOutTarget sqs carried carried -SourceArn {{Stream}} -RecordFormat dynamodb-changes -ConvertDDB -Collapse none -Transform @{ inputTemplate = '{"what":<eventName>,"now":<newImage>,"was":<oldImage>}' } -WarningAction SilentlyContinue
            Register-FanOutTarget sqs streamed streamed -SourceArn {{table.EventStream!.Arn}} -ConvertDDB -Collapse none -Transform @{ inputTemplate = '{"what":<eventName>,"now":<newImage>,"was":<oldImage>}' } -WarningAction SilentlyContinue
            Invoke-FanOutReplay carried -SourceArn {{Stream}} -From TrimHorizon
            Invoke-FanOutReplay streamed -SourceArn {{table.EventStream!.Arn}} -From TrimHorizon
            """).ThrowIfFailed();

        string[] Received(string queue) => [.. _session.Cloud.Sqs.Received.Where(a => a.Destination.EndsWith(":" + queue, StringComparison.Ordinal)).Select(static a => a.Text)];
        Assert.Equal(["""{"what":"INSERT","now":{"id":"1","total":12},"was":null}""", """{"what":"MODIFY","now":{"id":"1","total":13},"was":{"id":"1","total":12}}""", """{"what":"REMOVE","now":null,"was":{"id":"1","total":13}}"""], Received("carried"));
        Assert.Equal(Received("streamed"), Received("carried"));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _session.DisposeAsync();
}
