using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.SecurityToken;
using FanOut.Aws;
using FanOut.Aws.Http;
using FanOut.EndToEnd.Engine;
using FanOut.EndToEnd.Servers;
using FanOut.EndToEnd.Services;
using FanOut.Engine.Credentials;
using FanOut.Engine.Targets;
using FanOut.LocalCloud;
using FanOut.LocalCloud.DynamoDb;
using FanOut.LocalCloud.Lambda;

namespace FanOut.EndToEnd.Chaos;

/// <summary>A cloud with a table of mappings, real caches beside it, and execution environments whose calls go there.</summary>
internal sealed class ChaosCloud : IAsyncDisposable
{
    public const string TableName = "chaosTargets";

    private readonly EndpointVariables _endpoints;
    private readonly AmazonSecurityTokenServiceClient _sts;
    private readonly AmazonDynamoDBClient _dynamo;
    private readonly AwsClients _clients;
    private readonly DynamoTable _table;
    private readonly Lazy<Task<RedisServer>> _redis = new(() => RedisServer.StartAsync());
    private readonly Lazy<Task<MemcachedServer>> _memcached = new(() => MemcachedServer.StartAsync());

    public ChaosCloud(int seed = 1, TimeProvider? time = null)
    {
        Cloud = Cloud.Start(new CloudOptions { Seed = seed, TimeProvider = time ?? TimeProvider.System });
        Lambda = new LambdaService(LambdaServiceOptions.Of(Cloud));
        Cloud.Add(Lambda);
        _endpoints = new EndpointVariables(Cloud.Endpoint, null);
        _table = Cloud.Dynamo.CreateTable(TableName, "sourceArn", "id");
        _sts = AssumedRoles.CreateClient(Emulated.Region, Emulated.Credentials);
        _dynamo = new AmazonDynamoDBClient(Emulated.Credentials, new AmazonDynamoDBConfig
        {
            RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(Emulated.Region),
            HttpClientFactory = SharedHttpClientFactory.Instance,
        });
        _clients = new AwsClients(Emulated.Credentials, new AssumedRoles(_sts, "chaos", TimeProvider.System), Emulated.Region)
        {
            Http = new HttpConnections(new HttpMessageInvoker(new PlainEndpoint(Cloud.Endpoint)), TimeProvider.System),
        };
    }

    public Cloud Cloud { get; }

    public LambdaService Lambda { get; }

    /// <summary>The ids of the rows in the table of mappings.</summary>
    public IEnumerable<string> Rows => _table.Items.Select(static i => (string)i["id"]!["S"]!);

    public async Task<IPlace> PlaceAsync(string kind, string name, Random random) => kind switch
    {
        "redis" => new CachePlace(kind, (await _redis.Value).Port, random),
        "memcached" => new CachePlace(kind, (await _memcached.Value).Port, random),
        _ => new CloudPlace(Cloud, Lambda, kind, name),
    };

    /// <summary>Writes a row of the table of mappings.</summary>
    /// <param name="source">The source's ARN.</param>
    /// <param name="id">The mapping's id.</param>
    /// <param name="type">Its type.</param>
    /// <param name="destination">Its destination.</param>
    /// <param name="isParallel">Its <c>parallel</c>.</param>
    /// <param name="maxBatchBytes">Its <c>maxBatchBytes</c>; null: none.</param>
    /// <param name="deadLetter">Its <c>deadLetter</c>; null: none.</param>
    /// <param name="collapse">Its <c>collapse</c>.</param>
    /// <param name="filter">Its <c>filter</c>; null: none.</param>
    /// <param name="role">Its <c>role</c>; null: none.</param>
    public void Map(
        string source,
        string id,
        string type,
        string destination,
        bool isParallel,
        int? maxBatchBytes = null,
        string? deadLetter = null,
        string collapse = "none",
        string? filter = null,
        string? role = null) =>
        _table.Put(string.Create(CultureInfo.InvariantCulture, $$"""
            {"sourceArn":{"S":"{{source}}"},"id":{"S":"{{id}}"},"type":{"S":"{{type}}"},"destination":{"S":"{{destination}}"},"active":{"BOOL":true},
            "collapse":{"S":"{{collapse}}"},"parallel":{"BOOL":{{(isParallel ? "true" : "false")}}},
            "maxBatchBytes":{{(maxBatchBytes is { } bytes ? $"{{\"N\":\"{bytes}\"}}" : "{\"NULL\":true}")}},
            "role":{{(role is null ? "{\"NULL\":true}" : $"{{\"S\":\"{role}\"}}")}},
            "filter":{{(filter is null ? "{\"NULL\":true}" : $"{{\"S\":{JsonValue.Create(filter).ToJsonString()}}}")}},
            "deadLetter":{{(deadLetter is null ? "{\"NULL\":true}" : $"{{\"S\":\"{deadLetter}\"}}")}}}
            """));

    public ExecutionEnvironment Environment(Random random, bool reportsItems = true, TimeSpan youngestAgain = default) =>
        new(_clients, _dynamo, TableName, random, reportsItems, youngestAgain);

    public async ValueTask DisposeAsync()
    {
        _clients.Dispose();
        _dynamo.Dispose();
        _sts.Dispose();
        _endpoints.Dispose();
        await Lambda.DisposeAsync();
        await Cloud.DisposeAsync();
        if (_redis.IsValueCreated)
        {
            await (await _redis.Value).DisposeAsync();
        }

        if (_memcached.IsValueCreated)
        {
            await (await _memcached.Value).DisposeAsync();
        }
    }
}
