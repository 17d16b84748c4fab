namespace FanOut.Completion;

/// <summary>Completes what is unpacked of a Kinesis record's data.</summary>
public sealed class UnpackCompleter : Completer
{
    /// <inheritdoc/>
    private protected override IEnumerable<Value> Values(Typed typed) =>
    [
        new("none", "data as it came, the default"),
        new("gzip", "data that is gzip, unpacked"),
        new("cloudWatchLogs", "gzip unpacked, and a record for each log event of CloudWatch Logs"),
    ];
}
