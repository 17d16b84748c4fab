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

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _session.DisposeAsync();
}
