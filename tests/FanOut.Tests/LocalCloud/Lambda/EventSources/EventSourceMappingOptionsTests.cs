using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.LocalCloud.Lambda.EventSources;

public sealed class EventSourceMappingOptionsTests
{
    public static TheoryData<EventSourceMappingOptions, string> OutOfBounds => new()
    {
        { new() { BatchSize = 0 }, "BatchSize is 0; it must be from 1 to 10000." },
        { new() { BatchSize = 10_001 }, "BatchSize" },
        { new() { MaximumBatchingWindow = TimeSpan.FromSeconds(301) }, "MaximumBatchingWindow" },
        { new() { ParallelizationFactor = 11 }, "ParallelizationFactor" },
        { new() { MaximumRetryAttempts = -2 }, "MaximumRetryAttempts" },
        { new() { MaximumRetryAttempts = 10_001 }, "MaximumRetryAttempts" },
        { new() { MaximumRecordAge = TimeSpan.FromSeconds(59) }, "MaximumRecordAge" },
        { new() { MaximumRecordAge = TimeSpan.FromSeconds(604_801) }, "MaximumRecordAge" },
        { new() { StartingPosition = StartingPosition.AtTimestamp }, "StartingPositionTimestamp" },
        { new() { StartingPositionTimestamp = Shards.Epoch }, "StartingPositionTimestamp" },
    };

    [Theory]
    [MemberData(nameof(OutOfBounds))]
    public void A_setting_out_of_bounds_is_refused_by_name(EventSourceMappingOptions settings, string text) =>
        Assert.Contains(text, Assert.Throws<ArgumentException>(settings.Validate).Message, StringComparison.Ordinal);

    [Fact]
    public void The_bounds_themselves_are_fine()
    {
        new EventSourceMappingOptions().Validate();
        new EventSourceMappingOptions
        {
            BatchSize = 10_000,
            MaximumBatchingWindow = TimeSpan.FromSeconds(300),
            ParallelizationFactor = 10,
            MaximumRetryAttempts = 10_000,
            MaximumRecordAge = TimeSpan.FromDays(7),
            StartingPosition = StartingPosition.AtTimestamp,
            StartingPositionTimestamp = Shards.Epoch,
        }.Validate();
    }

    [Fact]
    public void A_DynamoDB_stream_cannot_start_at_a_timestamp() => Assert.Throws<ArgumentException>(() => new EventSourceMapping(
        Shards.Stream(0, Shards.DynamoDBArn),
        new ScriptedFunction(_ => ScriptedFunction.Success()),
        "arn",
        new() { StartingPosition = StartingPosition.AtTimestamp, StartingPositionTimestamp = Shards.Epoch },
        TimeProvider.System));
}
