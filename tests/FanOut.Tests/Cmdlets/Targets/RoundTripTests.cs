namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>What Get-FanOutTarget wrote to a file registers again as it was.</summary>
public sealed class RoundTripTests : IAsyncDisposable
{
    private readonly CloudSession _session = new();

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [InlineData("ConvertTo-Json | ConvertFrom-Json")]
    [InlineData("ConvertTo-Json -EnumsAsStrings | ConvertFrom-Json -AsHashtable | ForEach-Object { [pscustomobject]$_ }")]
    [InlineData("ConvertTo-Csv | ConvertFrom-Csv")]
    public void Every_setting_comes_back(string roundTrip)
    {
        string table = _session.Cloud.Dynamo.CreateTable("customers", "id", streamView: "NEW_AND_OLD_IMAGES").EventStream!.Arn;
        _session.Run($$"""
            Register-FanOutTarget sqs queue arn:aws:sqs:us-east-1:123456789012:q -SourceArn {{CloudSession.Orders}} -Enabled -Collapse concat -Parallel:$false -Deaggregate -Unpack cloudWatchLogs -MessageAttribute @{ kind = 'order'; n = @{ Number = '<data.n>' } } -AppendNewlines `
                -MaxItemBytes 1000 -MaxBatchBytes 5000 -DeadLetter arn:aws:sqs:us-east-1:123456789012:dead -OnFailure block -Filter '{"partitionKey":["k"]}' `
                -DestinationRoleArn arn:aws:iam::210987654321:role/x -ExternalId ext-1 -DestinationRegion us-west-2
            Register-FanOutTarget es index 'https://search.example.com#customers' -SourceArn {{table}} -DocumentId sequence -DocumentAction create -ConvertDDB -View both -HashKey id
            Register-FanOutTarget events bus arn:aws:events:us-east-1:123456789012:event-bus/b -SourceArn {{CloudSession.Orders}} -EventSource shop -DetailType 'order <data.state>'
            Register-FanOutTarget sqs first https://sqs.us-east-1.amazonaws.com/123456789012/q.fifo -SourceArn {{CloudSession.Orders}} -Collapse none -DeduplicationId '<data.id>'
            Register-FanOutTarget iot topic 'https://a-ats.iot.us-east-1.amazonaws.com#orders/new' -SourceArn {{CloudSession.Orders}} -MessageAttribute @{ 'device:id' = '<data.id>' }
            Register-FanOutTarget http api https://api.example.com/orders?v=2 -SourceArn {{CloudSession.Orders}} -Collapse ndjson -HeadersSecret arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/key-a1B2c3
            Register-FanOutTarget lambda function arn:aws:lambda:us-east-1:123456789012:function:f -SourceArn {{table}} -Passthrough -View record
            """).ThrowIfFailed();
        string[] rows = Rows();
        _session.Forget();

        _session.Run($"Get-FanOutTarget | {roundTrip} | Register-FanOutTarget").ThrowIfFailed();
        Assert.Empty(_session.Changes);

        _session.Run($"$all = Get-FanOutTarget | {roundTrip}; Get-FanOutTarget | Unregister-FanOutTarget -Confirm:$false; $all | Register-FanOutTarget -WarningAction Ignore").ThrowIfFailed();
        Assert.Equal(rows, Rows());
    }

    private string[] Rows() => [.. _session.Rows.Select(static r => r.GetRawText()).Order(StringComparer.Ordinal)];
}
