using System.Text.Json.Nodes;
using FanOut.EndToEnd.Bootstrap;
using FanOut.EndToEnd.Servers;
using FanOut.EndToEnd.Services;

namespace FanOut.EndToEnd.Cmdlets;

/// <summary>A fan-out function's table at moto, and a PowerShell session whose cmdlets call it; rows are read back with nothing of ours in between.</summary>
internal sealed class MotoSession : IDisposable
{
    private const string Dynamo = "DynamoDB_20120810.";
    private readonly PowerShellSession _shell = new();
    private readonly string _region;

    private MotoSession(Uri endpoint, string function, string region, string partition)
    {
        (Endpoint, Table, _region) = (endpoint, $"{function}Targets", region);
        Api = new ServiceApi(endpoint, region: region);
        Source = $"arn:{partition}:kinesis:{region}:{Emulated.Account}:stream/{function}";
        CallAs("test", "test");

        // Moto runs functions in Docker only.
        _shell.Run($$"""
            $PSDefaultParameterValues['*-FanOut*:FunctionName'] = '{{function}}'
            $PSDefaultParameterValues['Publish-FanOutFunction:SkipTest'] = $true
            $source = '{{Source}}'
            """).ThrowIfFailed();
    }

    /// <summary>Where moto answers.</summary>
    public Uri Endpoint { get; }

    /// <summary>The table of mappings.</summary>
    public string Table { get; }

    /// <summary>The ARN of the source, which is <c>$source</c> in scripts; the stream is there.</summary>
    public string Source { get; }

    /// <summary>Moto, without our clients.</summary>
    public ServiceApi Api { get; }

    /// <summary>Opens a session on a table and a stream of its own.</summary>
    public static async Task<MotoSession> StartAsync(MotoServer moto, string function, string region = Emulated.Region, string partition = "aws")
    {
        var session = new MotoSession((await moto.StartAsync()).Endpoint, function, region, partition);
        await MappingTable.CreateAsync(session.Api, session.Table);
        await session.CreateStreamAsync(function);
        return session;
    }

    /// <summary>Lets the cmdlets call with another access key.</summary>
    public void CallAs(string key, string secret) => _shell.CallAt(Endpoint, key, secret, _region);

    /// <summary>Runs a script.</summary>
    public PowerShellResult Run(string script) => _shell.Run(script);

    /// <summary>Makes a Kinesis stream.</summary>
    public Task CreateStreamAsync(string name) => Api.JsonAsync("kinesis", "Kinesis_20131202.CreateStream", new() { ["StreamName"] = name, ["ShardCount"] = 1 });

    /// <summary>Puts a row, as another tool would.</summary>
    public Task PutAsync(JsonNode item) => Api.JsonAsync("dynamodb", Dynamo + "PutItem", new() { ["TableName"] = Table, ["Item"] = item.DeepClone() });

    /// <summary>A row.</summary>
    public async Task<JsonObject?> RowAsync(string id)
    {
        JsonNode answer = await Api.JsonAsync("dynamodb", Dynamo + "GetItem", new()
        {
            ["TableName"] = Table,
            ["ConsistentRead"] = true,
            ["Key"] = new JsonObject { ["sourceArn"] = new JsonObject { ["S"] = Source }, ["id"] = new JsonObject { ["S"] = id } },
        });
        return answer["Item"]?.AsObject();
    }

    /// <summary>The pages of the table.</summary>
    public async Task<IReadOnlyList<JsonArray>> PagesAsync()
    {
        List<JsonArray> pages = [];
        JsonNode? from = null;
        do
        {
            JsonObject request = new() { ["TableName"] = Table };
            if (from is not null)
            {
                request["ExclusiveStartKey"] = from.DeepClone();
            }

            JsonNode page = await Api.JsonAsync("dynamodb", Dynamo + "Scan", request);
            pages.Add(page["Items"]!.AsArray());
            from = page["LastEvaluatedKey"];
        }
        while (from is not null);
        return pages;
    }

    /// <summary>The table's rows.</summary>
    public async Task<IReadOnlyList<JsonNode>> RowsAsync() => [.. (await PagesAsync()).SelectMany(page => page).Select(row => row!)];

    /// <inheritdoc/>
    public void Dispose()
    {
        _shell.Dispose();
        Api.Dispose();
    }
}
