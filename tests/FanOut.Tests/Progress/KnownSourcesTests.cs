using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FanOut.Engine.Mappings;
using FanOut.Engine.Progress;
using FanOut.LocalCloud;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Progress;

/// <summary>Which sources a function has had records of, against LocalCloud's DynamoDB.</summary>
public sealed class KnownSourcesTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 28, 0, 0, 0, TimeSpan.Zero));
    private readonly Cloud _cloud = Cloud.Start();
    private readonly AmazonDynamoDBClient _client;

    public KnownSourcesTests()
    {
        _cloud.Dynamo.CreateTable("t", "sourceArn", "id");
        _client = new AmazonDynamoDBClient(
            "AKIATEST", "secret", new AmazonDynamoDBConfig { ServiceURL = _cloud.Endpoint.AbsoluteUri, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task What_one_process_notes_the_next_one_knows()
    {
        Assert.Empty(await Of("fanout").ReadAsync(Cancellation));
        KnownSources first = Of("fanout");
        await first.NoteAsync(LambdaEvent.Stream, Cancellation);
        await first.NoteAsync(LambdaEvent.Table, Cancellation);
        await Of("other").NoteAsync(LambdaEvent.Topic, Cancellation);

        Assert.Equal([LambdaEvent.Table, LambdaEvent.Stream], (await Of("fanout").ReadAsync(Cancellation)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_source_is_noted_once_in_two_weeks_and_forgotten_after_a_month()
    {
        KnownSources process = Of("fanout");
        for (int i = 0; i < 3; i++)
        {
            await process.NoteAsync(LambdaEvent.Stream, Cancellation);
        }

        Assert.Equal(1, Puts);
        _time.Advance(TimeSpan.FromDays(14));
        KnownSources next = Of("fanout");
        await next.ReadAsync(Cancellation);
        await next.NoteAsync(LambdaEvent.Stream, Cancellation);
        Assert.Equal(1, Puts);
        _time.Advance(TimeSpan.FromDays(2));
        await next.NoteAsync(LambdaEvent.Stream, Cancellation);
        Assert.Equal(2, Puts);
        _time.Advance(TimeSpan.FromDays(31));
        Assert.Empty(await Of("fanout").ReadAsync(Cancellation));
    }

    [Fact]
    public async Task A_table_that_does_not_take_it_is_asked_once()
    {
        var missing = new KnownSources(_client, "missing", "fanout", _time);

        await Assert.ThrowsAsync<ResourceNotFoundException>(() => missing.NoteAsync(LambdaEvent.Stream, Cancellation));
        await missing.NoteAsync(LambdaEvent.Stream, Cancellation);
        Assert.Equal(1, Puts);
    }

    [Fact]
    public async Task Rows_of_another_form_say_nothing()
    {
        string hash = Of("fanout").Hash;
        foreach ((string id, AttributeValue expires) in new[] { ("#", Number("9999999999")), ("#a", Number("-1")), ("#b", new AttributeValue("soon")), ("#c", Number("99999999999999999999")), ("d", Number("9999999999")) })
        {
            await _client.PutItemAsync("t", new() { ["sourceArn"] = new(hash), ["id"] = new(id), ["expires"] = expires }, Cancellation);
        }

        await _client.PutItemAsync("t", new() { ["sourceArn"] = new(hash), ["id"] = new("#e") }, Cancellation);

        Assert.Empty(await Of("fanout").ReadAsync(Cancellation));
        static AttributeValue Number(string digits) => new() { N = digits };
    }

    [Fact]
    public async Task The_notes_are_no_mappings()
    {
        await Of("fanout").NoteAsync(LambdaEvent.Stream, Cancellation);

        ScanResponse rows = await _client.ScanAsync(new ScanRequest("t"), Cancellation);
        Assert.All(rows.Items, static row => Assert.True(MappingReader.IsReserved(row)));
        Assert.StartsWith(ProgressTable.KeyPrefix, Assert.Single(rows.Items)["sourceArn"].S, StringComparison.Ordinal);
    }

    private int Puts => _cloud.Calls.Snapshot().Count(static c => c.Operation == "PutItem");

    private KnownSources Of(string function) => new(_client, "t", function, _time);
}
