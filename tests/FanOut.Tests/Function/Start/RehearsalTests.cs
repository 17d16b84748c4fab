using System.Text;
using System.Text.Json;
using FanOut.Dispatch.Start;
using FanOut.Engine.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Tests.Credentials;
using FanOut.Tests.Targets;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Dispatch.Start;

/// <summary>The sample goes the whole way, or the rehearsal would be of no use.</summary>
public sealed class RehearsalTests
{
    private static readonly TargetType[] OverHttp = [TargetType.Kinesis, TargetType.Firehose, TargetType.Sqs, TargetType.Sns, TargetType.Lambda, TargetType.Events, TargetType.States, TargetType.Iot, TargetType.Es, TargetType.Http];

    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(LambdaEvent.Stream)]
    [InlineData(LambdaEvent.Table)]
    [InlineData(LambdaEvent.Topic)]
    public async Task A_sample_is_delivered_to_a_target_of_each_type(string source)
    {
        Mapping[] mappings = [.. OverHttp.Select(t => TestTargets.Mapping(t, id: t.ToString()) with { SourceArn = source, Role = "arn:aws:iam::123456789012:role/r", ConvertDDB = true, Deaggregate = true })];

        JsonElement line = Assert.Single(await RunAsync(mappings));

        Assert.Equal("batch", line.GetProperty("message").GetString());
        JsonElement told = line.GetProperty("sources")[0];
        Assert.Equal(0, told.GetProperty("failed").GetInt32());
        Assert.Equal(
            OverHttp.Select(static t => (t.ToString(), 1, 1)),
            told.GetProperty("targets").EnumerateArray().Select(static t => (t.GetProperty("id").GetString()!, t.GetProperty("delivered").GetInt32(), t.GetProperty("calls").GetInt32())));
    }

    [Fact]
    public async Task Without_mappings_a_stream_is_supposed_that_is_copied_to_another()
    {
        JsonElement line = Assert.Single(await RunAsync());
        Assert.Equal((0, 1), (line.GetProperty("sources")[0].GetProperty("failed").GetInt32(), line.GetProperty("sources")[0].GetProperty("targets").GetArrayLength()));
    }

    [Fact]
    public async Task Each_kind_of_source_is_rehearsed_once_with_each_type_of_target_and_no_cache_is_called()
    {
        Mapping[] mappings =
        [
            TestTargets.Mapping(TargetType.Kinesis) with { SourceArn = LambdaEvent.Stream },
            TestTargets.Mapping(TargetType.Kinesis, "other") with { SourceArn = LambdaEvent.Stream },
            TestTargets.Mapping(TargetType.Redis) with { SourceArn = LambdaEvent.Stream },
            TestTargets.Mapping(TargetType.Sqs) with { SourceArn = LambdaEvent.Table },
        ];

        Assert.Equal([1, 1], (await RunAsync(mappings)).Select(static l => l.GetProperty("sources")[0].GetProperty("targets").GetArrayLength()));
    }

    private async Task<List<JsonElement>> RunAsync(params Mapping[] mappings)
    {
        using MemoryStream log = new();
        var rehearsal = new Rehearsal(FunctionSettingsTests.Read(("FANOUT_METRICS", "none")), new AssumedRoles(new FakeSts(_time) { Error = new InvalidOperationException("No role is assumed.") }, "f", _time), log, _time);
        await rehearsal.RunAsync(mappings, TestContext.Current.CancellationToken);
        return [.. Encoding.UTF8.GetString(log.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => JsonDocument.Parse(l).RootElement).Where(static l => l.GetProperty("level").GetString() != "metric")];
    }
}
