using System.Net;
using System.Text.Json.Nodes;
using FanOut.Aws.Kinesis;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class KinesisLookupTests(MotoServer moto)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_is_found_by_its_name_and_by_its_ARN()
    {
        Uri endpoint = await StartAsync("lookup-name");
        using AmazonKinesisClient client = Client(endpoint);

        StreamDescriptionSummary byName = (await client.DescribeStreamSummaryAsync(new() { StreamName = "lookup-name" }, Cancellation)).StreamDescriptionSummary!;
        StreamDescriptionSummary byArn = (await client.DescribeStreamSummaryAsync(new() { StreamARN = byName.StreamARN }, Cancellation)).StreamDescriptionSummary!;

        Assert.Equal($"arn:aws:kinesis:{Emulated.Region}:{Emulated.Account}:stream/lookup-name", byName.StreamARN);
        Assert.Equal(
            ("lookup-name", "PROVISIONED", (int?)2, (int?)24),
            (byName.StreamName, byName.StreamModeDetails?.StreamMode, byName.OpenShardCount, byName.RetentionPeriodHours));
        Assert.Contains(byName.StreamStatus, new[] { "CREATING", "ACTIVE" });
        Assert.Equal(byName.StreamName, byArn.StreamName);
    }

    [Fact]
    public async Task Streams_are_listed_page_by_page()
    {
        Uri endpoint = await StartAsync("lookup-page-1", "lookup-page-2", "lookup-page-3");
        using AmazonKinesisClient client = Client(endpoint);

        List<string> names = [], arns = [];
        int pages = 0;
        for (bool? more = true; more == true; pages++)
        {
            ListStreamsResponse page = await client.ListStreamsAsync(new() { Limit = 2, ExclusiveStartStreamName = names.LastOrDefault() }, Cancellation);
            names.AddRange(page.StreamNames!);
            arns.AddRange(page.StreamSummaries!.Select(stream => stream.StreamARN!));
            more = page.HasMoreStreams;
        }

        Assert.True(pages > 1);
        Assert.Subset(names.ToHashSet(), new HashSet<string> { "lookup-page-1", "lookup-page-2", "lookup-page-3" });
        // moto repeats all streams' summaries on every page.
        Assert.Subset(arns.ToHashSet(), names.Select(name => $"arn:aws:kinesis:{Emulated.Region}:{Emulated.Account}:stream/{name}").ToHashSet());
    }

    [Fact]
    public async Task A_stream_that_does_not_exist_is_named_in_a_typed_refusal()
    {
        using AmazonKinesisClient client = Client((await moto.StartAsync()).Endpoint);

        AmazonKinesisException refusal = await Assert.ThrowsAsync<AmazonKinesisException>(
            () => client.DescribeStreamSummaryAsync(new() { StreamName = "absent" }, Cancellation));

        Assert.Equal((HttpStatusCode.BadRequest, "ResourceNotFoundException"), (refusal.StatusCode, refusal.ErrorCode));
        Assert.Contains("absent", refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.RequestId);
    }

    private static AmazonKinesisClient Client(Uri endpoint) => new(Emulated.Credentials, Emulated.Config(AmazonKinesisClient.Service, endpoint));

    private async Task<Uri> StartAsync(params string[] streams)
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        foreach (string stream in streams)
        {
            await api.JsonAsync("kinesis", "Kinesis_20131202.CreateStream", new JsonObject { ["StreamName"] = stream, ["ShardCount"] = 2 });
        }

        return endpoint;
    }
}
