using Amazon.DynamoDBv2;
using FanOut.Engine.Mappings;
using FanOut.LocalCloud;
using FanOut.LocalCloud.DynamoDb;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Mappings;

/// <summary>What a batch pays for a table of many rows: docs/performance.md, "Mappings in the table".</summary>
public sealed class TableSizeTests : IAsyncLifetime
{
    private const int Batches = 100;

    private readonly Cloud _cloud = Cloud.Start();
    private readonly FakeTimeProvider _time = new();
    private readonly DynamoTable _table;
    private readonly AmazonDynamoDBClient _dynamo;
    private readonly MappingCache _mappings;

    public TableSizeTests()
    {
        _table = _cloud.Dynamo.CreateTable("t", "sourceArn", "id");
        _dynamo = new AmazonDynamoDBClient(
            "AKIATEST", "secret", new AmazonDynamoDBConfig { ServiceURL = _cloud.Endpoint.AbsoluteUri, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
        _mappings = new MappingCache(new DynamoMappingSource(_dynamo, "t"), MappingCache.DefaultRefresh, _time);
    }

    private int Queries => _cloud.Calls.Snapshot().Count(static c => c.Operation == "Query");

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        _dynamo.Dispose();
        await _cloud.DisposeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_000)]
    public async Task Rows_of_other_sources_are_not_read(int others)
    {
        Add(LambdaEvent.Stream, 0, isActive: true);
        for (int i = 0; i < others; i++)
        {
            Add($"{LambdaEvent.Stream}{i % 100}", i, isActive: true);
        }

        MappingSet set = await ReadAsync();

        Assert.Equal(("target-0", 0), (Assert.Single(set.Mappings).Id, set.Invalid.Count));
        Assert.Equal(1, Queries);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10_000)]
    public async Task Rows_of_the_source_are_read_once_for_all_batches_of_a_minute(int rows)
    {
        for (int i = 0; i < rows; i++)
        {
            Add(LambdaEvent.Stream, i, isActive: i == 0);
        }

        MappingSet set = await ReadAsync();
        int pages = Queries;
        for (int i = 1; i < Batches; i++)
        {
            _time.Advance(MappingCache.DefaultRefresh / (2 * Batches));
            Assert.Same(set, await ReadAsync());
        }

        // A page of a query has a megabyte at most.
        Assert.Equal(rows, set.Mappings.Count);
        Assert.InRange(pages, 1, 1 + (rows / 2_000));
        Assert.Equal(pages, Queries);
    }

    private Task<MappingSet> ReadAsync() => _mappings.ReadAsync(LambdaEvent.Stream, TestContext.Current.CancellationToken);

    private void Add(string source, int number, bool isActive) => _table.Put($$$"""
        {"sourceArn":{"S":"{{{source}}}"},"id":{"S":"target-{{{number}}}"},"type":{"S":"kinesis"},"destination":{"S":"output-{{{number}}}"},"active":{"BOOL":{{{(isActive ? "true" : "false")}}}}}
        """);
}
