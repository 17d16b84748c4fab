using System.Text.Json.Nodes;
using FanOut.LocalCloud;
using FanOut.LocalCloud.DynamoDb;
using FanOut.LocalCloud.ElastiCache;
using FanOut.LocalCloud.Kinesis;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.Cmdlets.Migrating;

/// <summary>One cloud that has everything docs/migrating.md names, and a session to run its lines in.</summary>
public sealed class PreparedCloud : IAsyncDisposable
{
    /// <summary>The access key of the profile that the guide names.</summary>
    public const string ProfileKey = "AKIAPROFILEPRODUCT00";

    private readonly Cloud _cloud = Cloud.Start();
    private readonly TlsFront _tls;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fanout-migrating-");
    private LambdaService _lambda;

    /// <summary>Makes all resources.</summary>
    public PreparedCloud()
    {
        _tls = new TlsFront(_cloud.Endpoint);
        _lambda = Functions();
        foreach (string region in new[] { "us-east-1", "eu-west-1" })
        {
            _cloud.Kinesis.CreateStream("inputStream", region: region);
            _cloud.Dynamo.CreateTable("fanoutTargets", "sourceArn", "id", region: region);
        }

        _cloud.Dynamo.CreateTable("fanoutNextTargets", "sourceArn", "id");
        _cloud.Dynamo.CreateTable("copyTargets", "sourceArn", "id");
        DynamoTable input = _cloud.Dynamo.CreateTable("inputTable", "id", streamView: "NEW_AND_OLD_IMAGES");
        TableStream = input.EventStream!.Arn;
        _cloud.Sns.CreateTopic("targetTopic");
        _cloud.Sqs.CreateQueue("targetQueue");
        _cloud.Sqs.CreateQueue("targetQueue", region: "us-west-2");
        KinesisStream stream = _cloud.Kinesis.CreateStream("targetStream");
        string delivery = _cloud.Firehose.CreateDeliveryStream("targetDelivery").Arn;
        Names = new Dictionary<(string, string), string>
        {
            [("sns", "targetTopic")] = "arn:aws:sns:us-east-1:123456789012:targetTopic",
            [("sqs", "targetQueue")] = $"{_cloud.Endpoint}123456789012/targetQueue",
            [("es", "targetDomain")] = _cloud.OpenSearch.CreateDomain("targetDomain").Endpoint,
            [("kinesis", "targetStream")] = stream.Arn,
            [("firehose", "targetDelivery")] = delivery,
            [("lambda", "targetFunction")] = "arn:aws:lambda:us-east-1:123456789012:function:targetFunction",
            [("memcached", "target-memcached")] = Address(_cloud.ElastiCache.CreateMemcachedCluster("target-memcached").ConfigurationEndpoint!),
            [("redis", "target-redis")] = Address(_cloud.ElastiCache.CreateReplicationGroup("target-redis").PrimaryEndpoint!),
        };
        File.WriteAllText(Path.Join(_folder.FullName, "credentials"), $"[production]\naws_access_key_id = {ProfileKey}\naws_secret_access_key = secret\n");
    }

    /// <summary>The session.</summary>
    public PowerShellSession PowerShell { get; } = new();

    /// <summary>What each name that the guide looks up stands for, by type and name; the endpoint alone for es.</summary>
    public IReadOnlyDictionary<(string Type, string Name), string> Names { get; }

    /// <summary>The stream of the table inputTable.</summary>
    public string TableStream { get; }

    /// <summary>Lambda, as it is since <see cref="ResetAsync"/>.</summary>
    public LambdaService Lambda => _lambda;

    /// <summary>The calls since <see cref="ResetAsync"/>.</summary>
    public Journal<LoggedCall> Calls => _cloud.Calls;

    /// <summary>Calls that came through TLS.</summary>
    public int TlsConnections => _tls.Connections;

    /// <summary>The rows of a table of mappings.</summary>
    public IReadOnlyList<JsonObject> Rows(string table = "fanoutTargets", string region = "us-east-1") => Table(table, region).Items;

    /// <summary>Puts a row into the table fanoutTargets.</summary>
    public void Put(JsonObject row, string region = "us-east-1") => Table("fanoutTargets", region).Put(row.ToJsonString());

    /// <summary>Makes what the rows that the original's command line wrote name: an unknown name cannot be copied.</summary>
    public void CreateOriginals()
    {
        _cloud.Kinesis.CreateStream("out");
        _cloud.Kinesis.CreateStream("other");
        _cloud.Kinesis.CreateStream("other", accountId: "210987654321");
        _cloud.Kinesis.CreateStream("other", region: "eu-west-1", accountId: "210987654321");
        _cloud.Firehose.CreateDeliveryStream("d");
        _cloud.Sts.AddRole("arn:aws:iam::210987654321:role/x", "ext-1");
    }

    /// <summary>Empties the tables and takes away all event source mappings.</summary>
    public async Task ResetAsync()
    {
        foreach (DynamoTable table in _cloud.Dynamo.Tables.Where(static t => t.Name.EndsWith("Targets", StringComparison.Ordinal)))
        {
            foreach (JsonObject row in table.Items)
            {
                table.Delete(new JsonObject { ["sourceArn"] = row["sourceArn"]!.DeepClone(), ["id"] = row["id"]!.DeepClone() }.ToJsonString());
            }
        }

        await _lambda.DisposeAsync();
        _lambda = Functions();
        _cloud.Calls.Clear();
    }

    /// <summary>Runs a line of the guide.</summary>
    /// <param name="script">The line; its endpoint of an emulator becomes this cloud's.</param>
    /// <param name="endpoint">Whether the session calls this cloud without being told by the line.</param>
    /// <param name="keys">Whether the session has an access key without being told by the line.</param>
    public PowerShellResult Run(string script, bool endpoint = true, bool keys = true)
    {
        PowerShell.Run($$"""
            Set-Location '{{_folder.FullName}}'
            $PSDefaultParameterValues.Clear()
            $PSDefaultParameterValues['*-FanOut*:Region'] = 'us-east-1'
            $PSDefaultParameterValues['*-FanOut*:ProfileLocation'] = '{{_folder.FullName}}'
            if ({{(endpoint ? 1 : 0)}}) { $PSDefaultParameterValues['*-FanOut*:EndpointUrl'] = '{{_cloud.Endpoint}}' }
            if ({{(keys ? 1 : 0)}}) { $PSDefaultParameterValues['*-FanOut*:AccessKey'] = 'AKIASESSION000000000'; $PSDefaultParameterValues['*-FanOut*:SecretKey'] = 'secret' }
            """).ThrowIfFailed();
        return PowerShell.Run(script
            .Replace("https://localhost:4566", _tls.Endpoint.AbsoluteUri, StringComparison.Ordinal)
            .Replace("http://localhost:4566", _cloud.Endpoint.AbsoluteUri, StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        PowerShell.Dispose();
        await _lambda.DisposeAsync();
        await _tls.DisposeAsync();
        await _cloud.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private DynamoTable Table(string table, string region) => _cloud.Dynamo.Find($"arn:aws:dynamodb:{region}:123456789012:table/{table}")!;

    private LambdaService Functions()
    {
        LambdaService lambda = new(LambdaServiceOptions.Of(_cloud));
        foreach (string name in new[] { "fanout", "fanoutNext", "targetFunction" })
        {
            lambda.Add(name, new RecordingFunction());
        }

        _cloud.Add(lambda);
        return lambda;
    }

    private static string Address(CacheEndpoint at) => $"{at.Address}:{at.Port}";
}
