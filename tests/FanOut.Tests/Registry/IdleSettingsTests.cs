using System.Text;
using System.Text.Json.Nodes;
using FanOut.Engine;
using FanOut.Engine.Batching;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;
using FanOut.LocalCloud.Http;
using FanOut.Registry;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Registry;

/// <summary>Which settings have no effect: what the table says is what the engine does, for all settings, types of target and kinds of source.</summary>
public sealed class IdleSettingsTests
{
    private static readonly Dictionary<string, Func<Mapping, Mapping>> Settings = new()
    {
        ["Collapse"] = static m => m with { Collapse = Collapse.ConcatBase64 },
        ["ConvertDDB"] = static m => m with { ConvertDDB = true },
        ["View"] = static m => m with { View = View.Record },
        ["HashKey"] = static m => m with { HashKey = "pk" },
        ["RecordFormat"] = static m => m with { RecordFormat = RecordFormat.DynamoDbChanges },
        ["Deaggregate"] = static m => m with { Deaggregate = true },
        ["MessageAttribute"] = static m => m with { MessageAttributes = AttributeTemplates.TryParse("""{"own":"b"}""", AttributeRules.Queues, null, "", "", out AttributeTemplates? attributes, out _) ? attributes : null },
        ["Unpack"] = static m => m with { Unpack = Unpack.Gzip },
        ["Key"] = static m => m with { Key = RecordTransform.TryParseText("key-<fanout.sequenceNumber>", null, "", "", out RecordTransform? key, out _) ? key : null },
        ["EventSource"] = static m => m with { EventSource = RecordTransform.TryParseTextOrConstant("shop", null, "", "", out RecordTransform? sender, out _) ? sender : null },
        ["DetailType"] = static m => m with { DetailType = RecordTransform.TryParseTextOrConstant("order", null, "", "", out RecordTransform? detailType, out _) ? detailType : null },
        ["DeduplicationId"] = static m => m with { DeduplicationId = RecordTransform.TryParseText("id-<fanout.sequenceNumber>", null, "", "", out RecordTransform? id, out _) ? id : null },
        ["DocumentId"] = static m => m with { DocumentId = DocumentId.Sequence },
        ["DocumentAction"] = static m => m with { DocumentAction = DocumentAction.Create },
        ["AppendNewlines"] = static m => m with { AppendNewlines = true },
        ["Passthrough"] = static m => m with { Passthrough = true },
        ["MaxItemBytes"] = static m => m with { MaxItemBytes = 100 },
        ["MaxBatchBytes"] = static m => m with { MaxBatchBytes = 100 },
    };

    private static readonly (string Name, TargetType Type, string? Destination)[] Targets =
    [
        .. Enum.GetValues<TargetType>().Select(static t => ($"{t}", t, (string?)null)),
        ("FIFO queue", TargetType.Sqs, "https://sqs.us-east-1.amazonaws.com/123456789012/queue.fifo"),
        ("FIFO topic", TargetType.Sns, "arn:aws:sns:us-east-1:123456789012:topic.fifo"),
    ];

    public static TheoryData<string, string, SourceKind, bool> Cases =>
    [
        .. from setting in Settings.Keys
           from target in Targets
           from source in setting == "RecordFormat" ? [SourceKind.Kinesis] : Enum.GetValues<SourceKind>()
           from isPassthrough in target.Type == TargetType.Lambda && setting != "Passthrough" ? new[] { false, true } : [false]
           select (setting, target.Name, source, isPassthrough),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_setting_is_idle_where_the_target_gets_the_same_without_it(string setting, string name, SourceKind source, bool isPassthrough)
    {
        (_, TargetType type, string? destination) = Targets.First(t => t.Name == name);
        Mapping without = TestTargets.Mapping(type, destination) with { SourceArn = ArnOf(source), Passthrough = isPassthrough };
        without = setting == "Collapse" ? without : without with { Collapse = type is TargetType.Sns or TargetType.Sqs or TargetType.Iot ? Collapse.None : default };
        Mapping with = Settings[setting](without);

        bool isIdle = await SentAsync(without, source, setting) == await SentAsync(with, source, setting);

        string[] said = [.. IdleSettings.Of(with, p => p == setting)];
        Assert.Equal(isIdle ? 1 : 0, said.Length);
        Assert.All(said, s => Assert.StartsWith($"-{setting} has no effect on the target 'm': ", s, StringComparison.Ordinal));
        Assert.Empty(IdleSettings.Of(with, static _ => false));
        Assert.Empty(IdleSettings.Of(without, p => p == setting));
    }

    [Theory]
    [InlineData("ConvertDDB")]
    [InlineData("View")]
    [InlineData("HashKey")]
    public void What_is_for_tables_is_not_idle_where_Kinesis_carries_their_changes(string setting) =>
        Assert.Empty(IdleSettings.Of(Settings[setting](TestTargets.Mapping(TargetType.Kinesis) with { SourceArn = LambdaEvent.Stream, RecordFormat = RecordFormat.DynamoDbChanges }), p => p == setting));

    // It changes headers, and no body.
    [Fact]
    public void Headers_out_of_a_secret_are_for_endpoints_alone() => Assert.All(Enum.GetValues<TargetType>(), static type => Assert.Equal(
        (type, type != TargetType.Http),
        (type, IdleSettings.Of(TestTargets.Mapping(type) with { HeadersSecret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:key-a1B2c3" }, static p => p == "HeadersSecret").Any())));

    [Theory]
    [InlineData(DocumentId.Sequence)]
    [InlineData(DocumentId.None)]
    public void A_key_is_idle_where_documents_have_other_ids(DocumentId id)
    {
        Mapping mapping = Settings["Key"](TestTargets.Mapping(TargetType.Es) with { DocumentId = id });

        Assert.Contains("it is for es with -DocumentId key", Assert.Single(IdleSettings.Of(mapping, static p => p == "Key")), StringComparison.Ordinal);
    }

    // What is sent is the same; only when is not.
    [Fact]
    public async Task Sending_in_parallel_is_idle_where_the_order_is_kept()
    {
        await using TargetFactory targets = TestTargets.Factory(TimeProvider.System);
        foreach ((string name, TargetType type, string? destination) in Targets)
        {
            Mapping mapping = TestTargets.Mapping(type, destination, name) with { Parallel = true, Collapse = type is TargetType.Sns or TargetType.Sqs ? Collapse.None : default };

            Assert.Equal((name, targets.TargetOf(mapping).Target.IsOrdered), (name, IdleSettings.Of(mapping, static p => p == "Parallel").Any()));
        }
    }

    [Theory]
    [InlineData(OnFailure.Block, 1)]
    [InlineData(OnFailure.DeadLetter, 0)]
    public void A_dead_letter_is_idle_where_records_are_blocked(OnFailure onFailure, int count)
    {
        Assert.True(Destination.TryParseDeadLetter("s3://letters", out Destination? letters, out _));

        Assert.Equal(count, IdleSettings.Of(TestTargets.Mapping(TargetType.Sqs) with { DeadLetter = letters, OnFailure = onFailure }, static _ => true).Count());
    }

    private static string ArnOf(SourceKind source) => source switch
    {
        SourceKind.Kinesis => LambdaEvent.Stream,
        SourceKind.DynamoDb => LambdaEvent.Table,
        _ => LambdaEvent.Topic,
    };

    private static byte[] EventOf(SourceKind source, string setting) => source switch
    {
        SourceKind.Kinesis when setting == "Unpack" => LambdaEvent.Of(LambdaEvent.Kinesis(Gzip.Of("{\"n\":1}"u8))),
        SourceKind.Kinesis when setting == "Deaggregate" => LambdaEvent.Of(LambdaEvent.Kinesis(new KplAggregate().PartitionKey("k1").Record(0, null, "{\"n\":1}"u8.ToArray()).Record(0, null, "{\"n\":2}"u8.ToArray()).Sealed())),
        SourceKind.Kinesis => LambdaEvent.Of(LambdaEvent.Kinesis("{\"n\":1}"u8), LambdaEvent.Kinesis("{\"n\":2}"u8, "k2", "50")),
        SourceKind.DynamoDb => LambdaEvent.Of(
            LambdaEvent.Dynamo("MODIFY", """{"a":{"S":"x"},"pk":{"S":"1"}}""", """{"a":{"S":"x"},"pk":{"S":"1"},"n":{"N":"2"}}""", """{"a":{"S":"x"},"pk":{"S":"1"},"n":{"N":"1"}}""")),
        _ => LambdaEvent.Of(LambdaEvent.Sns("{\\\"n\\\":1}")),
    };

    /// <summary>All that a target is sent, and its limits.</summary>
    private static async Task<string> SentAsync(Mapping mapping, SourceKind source, string setting)
    {
        List<string> sent = [];
        await using HttpServer server = HttpServer.Start((request, _) =>
        {
            sent.Add(Comparable(mapping.Type, Encoding.UTF8.GetString(request.Body.Span)) + request.Header("x-amz-mqtt5-user-properties"));
            return Task.FromResult(HttpResponse.Text(400, "application/json", """{"__type":"InvalidParameterException"}"""));
        });
        bool isCache = mapping.Type is TargetType.Memcached or TargetType.Redis;
        await using ITarget target = isCache ? Cache(mapping, sent) : TestTargets.Target(mapping, server.Endpoint);
        TargetBatch batch = TargetBatch.Of(MakePayloads.Of(Assert.Single(EventReader.Read(EventOf(source, setting))), PayloadOptions.Of(mapping, target.Form)), target.Cutter);
        foreach ((int first, int count) in Blocks.Cut(batch.Items.Span, target.Limits))
        {
            try
            {
                await target.SendAsync(batch, batch.Items.ToArray().AsMemory(first, count), TestContext.Current.CancellationToken);
            }
            catch (Exception e) when (e is Amazon.Runtime.AmazonServiceException or HttpAnswerException)
            {
                // It does not matter what becomes of it.
            }
        }

        return $"{target.Limits} {batch.Failed.Count} {string.Join('\n', sent)}";
    }

    private static CacheTarget Cache(Mapping mapping, List<string> sent) => new(
        new Limits(1_000, mapping.MaxItemBytes ?? 1_048_576, mapping.MaxBatchBytes ?? 8_388_608),
        (entries, _) =>
        {
            sent.AddRange(entries.ToArray().Select(static e => $"{Encoding.UTF8.GetString(e.Key.Span)} {Encoding.UTF8.GetString(e.Value.Span)} {e.Delete}"));
            return ValueTask.FromResult<IReadOnlyList<CacheFailure>>([]);
        },
        static _ => Task.CompletedTask,
        new MemoryStream());

    // A document is the same whatever white space it has.
    private static string Comparable(TargetType type, string body) =>
        type == TargetType.Es ? string.Join('\n', body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => JsonNode.Parse(l)!.ToJsonString())) : body;
}
