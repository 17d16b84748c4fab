using System.Text;
using System.Text.Json;
using FanOut.Engine;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Logging;
using FanOut.Engine.Mappings;
using FanOut.Engine.Metrics;
using FanOut.Tests.Batching;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Metrics;

public sealed class EmfPublisherTests
{
    [Fact]
    public async Task Targets_with_the_same_destination_have_lines_of_their_own_so_that_no_count_hides_another()
    {
        Mapping mapping = TestTargets.Mapping(TargetType.Kinesis, "copy");
        var group = new RecordGroup(TestPayloads.Source, SourceKind.Kinesis, []);
        Outcome[] outcomes = [.. new[] { 1, 2 }.Select(n => Outcome.WithoutBatch(mapping with { Id = $"m{n}" }, n, null, new(FailureClass.Configuration, "c", "r")))];

        string[] lines = await PublishAsync(new DispatchResult([new GroupResult(group, outcomes, [], null)]));

        Assert.Equal(4, lines.Length);
        Assert.All(lines, static line => Assert.Distinct(JsonDocument.Parse(line).RootElement.EnumerateObject().Select(static p => p.Name)));
        Assert.Equal([1, 2], lines.Select(static l => JsonDocument.Parse(l).RootElement).Where(static l => l.TryGetProperty("Destination", out _)).Select(static l => l.GetProperty("Failed").GetInt32()));
    }

    [Fact]
    public async Task What_has_the_same_dimensions_shares_a_line_which_names_each_metric_and_its_value()
    {
        string[] lines = await PublishAsync(new DispatchResult([new GroupResult(new RecordGroup(TestPayloads.Source, SourceKind.Kinesis, []), [], [], null)]));

        Assert.Equal(["Function: Sources Records", "Source Function: Records Targets"], lines.Select(static line =>
        {
            JsonElement root = JsonDocument.Parse(line).RootElement, metrics = root.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0];
            string[] names = [.. metrics.GetProperty("Metrics").EnumerateArray().Select(static m => m.GetProperty("Name").GetString()!)];
            Assert.All(names, name => Assert.Equal(JsonValueKind.Number, root.GetProperty(name).ValueKind));
            return $"{string.Join(' ', metrics.GetProperty("Dimensions")[0].EnumerateArray())}: {string.Join(' ', names)}";
        }));
    }

    private static async Task<string[]> PublishAsync(DispatchResult result)
    {
        using var output = new MemoryStream();
        await new EmfPublisher(new JsonLog(output, LogLevel.Info, TimeProvider.System), TimeProvider.System).PublishAsync(MeasureBatch.Of(result, "f"), TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
