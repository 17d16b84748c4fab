using CsCheck;
using FanOut.Engine.Events;
using FanOut.Engine.Filtering;
using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;

namespace FanOut.Tests.Mappings;

public sealed class MappingWriterTests
{
    private static readonly Gen<(TargetType Type, string Destination)> Destinations = Any(
        (TargetType.Sns, "arn:aws:sns:us-east-1:1:t.fifo"),
        (TargetType.Sqs, "https://queue.amazonaws.com/1/q"),
        (TargetType.Sqs, "arn:aws-cn:sqs:cn-north-1:1:q"),
        (TargetType.Es, "abc.us-west-2.aoss.amazonaws.com#Größe"),
        (TargetType.Kinesis, "arn:aws:kinesis:us-east-1:1:stream/out"),
        (TargetType.Firehose, "d"),
        (TargetType.Es, "abc.us-west-2.aoss.amazonaws.com#orders-<fanout.partitionKey>/type"),
        (TargetType.Iot, "http://127.0.0.1:1#a/b"),
        (TargetType.Iot, "http://127.0.0.1:1#a/<fanout.partitionKey>"),
        (TargetType.Lambda, "f:live"),
        (TargetType.States, "arn:aws:states:us-east-1:123456789012:stateMachine:m:live"),
        (TargetType.Events, "arn:aws:events:us-east-1:123456789012:event-bus/b"),
        (TargetType.Memcached, "memcacheds://h"),
        (TargetType.Redis, "rediss://u:p%40@h/3"),
        (TargetType.Http, "https://h:8443/p?a=b"));

    private static readonly Gen<string?> Roles = Any<string?>(null, "arn:aws:iam::1:role/x", "arn:aws-eusc:iam::1:role/a/b");

    private static readonly Gen<Mapping> All =
        from destination in Destinations
        from id in Gen.Char.AlphaNumeric.Array[1, 20]
        from role in Roles
        from externalId in Any<string?>(null, "ext-1", "a:b/c@d")
        from region in Any<string?>(null, "eu-west-1", "eusc-de-east-1")
        from collapse in Gen.Enum<Collapse>()
        from view in Gen.Enum<View>()
        from unpack in Gen.Enum<Unpack>()
        from attributes in Any<string?>(null, """{"a":"b"}""", """{ "a.b": "<fanout.mapping>", "n": {"Number": "<sequenceNumber>"} }""", """{ "a:é $": {"String": "<fanout.mapping>"} }""")
        from flags in Gen.Bool.Array[6]
        from item in Gen.Int[1, int.MaxValue].Nullable()
        from filter in Any<string?>(null, """{"data":{"n":[1]}}""", """{ "partitionKey": ["é"] }""", """{"newImage":{"é":[1]}}""")
        from transform in Any<string?>(null, """{"inputTemplate":"<data>"}""", """{ "inputPathsMap": {"a":"$.data.é"}, "inputTemplate": "[<a>, <fanout.mapping>]" }""")
        from key in Any<string?>(null, "<partitionKey>", "<keys.é>", "{\"é\"<data.a>} of <fanout.mapping>")
        from documentId in Gen.Enum<DocumentId>()
        from documentAction in Gen.Enum<DocumentAction>()
        from detailType in Any<string?>(null, "order <data.state>", "order")
        from deduplicationId in Any<string?>(null, "<data.id>", "<fanout.mapping>/<partitionKey>")
        from secret in Any<string?>(null, "arn:aws:secretsmanager:us-east-1:1:secret:a/b_+=.@-c-a1B2c3")
        from batch in Gen.Int[1, int.MaxValue].Nullable()
        from place in Any<string?>(null, "arn:aws:sqs:us-east-1:1:letters", "arn:aws:sns:us-east-1:1:letters", "s3://letters/of/mine?region=eu-west-1")
        from onFailure in Gen.Enum<OnFailure>()
        from format in Gen.Enum<RecordFormat>()
        let areChanges = format == RecordFormat.DynamoDbChanges
        let kind = areChanges ? SourceKind.DynamoDb : SourceKind.Kinesis
        select new Mapping
        {
            SourceArn = Rows.Source,
            Id = new string(id),
            Type = destination.Type,
            Destination = Parse(destination.Type, destination.Destination),
            Active = flags[0],
            Role = role,
            ExternalId = externalId,
            Region = region,
            Collapse = (destination.Type, collapse) switch
            {
                (TargetType.Http, Collapse.ConcatBase64) or (TargetType.Sns or TargetType.Sqs or TargetType.Iot, Collapse.JsonArray or Collapse.JsonLines) => default,
                _ => collapse,
            },
            Parallel = flags[1],
            ConvertDDB = flags[2],
            Deaggregate = flags[3] && !areChanges,
            RecordFormat = format,
            AppendNewlines = flags[4],
            Passthrough = flags[5],
            View = view,
            MessageAttributes = attributes is not null && AttributeTemplates.TryParse(attributes, destination.Type == TargetType.Iot ? AttributeRules.UserProperties : AttributeRules.Queues, kind, Rows.Source, new string(id), out AttributeTemplates? given, out _) ? given : null,
            Unpack = areChanges ? default : unpack,
            HeadersSecret = secret,
            MaxItemBytes = item,
            MaxBatchBytes = batch,
            DeadLetter = place is null ? null : Place(place),
            OnFailure = place is null ? OnFailure.Block : onFailure,
            Filter = filter is not null && RecordFilter.TryParse(filter, kind, out RecordFilter? parsed, out _, Rows.Source) ? parsed : null,
            Transform = transform is not null && RecordTransform.TryParse(transform, kind, Rows.Source, new string(id), out RecordTransform? read, out _) && (destination.Type != TargetType.Lambda || flags[5]) ? read : null,
            Key = key is not null && RecordTransform.TryParseText(key, kind, Rows.Source, new string(id), out RecordTransform? readKey, out _) ? readKey : null,
            DeduplicationId = deduplicationId is not null && RecordTransform.TryParseText(deduplicationId, kind, Rows.Source, new string(id), out RecordTransform? readId, out _) ? readId : null,
            DocumentId = documentId,
            DocumentAction = documentAction,
            DetailType = detailType is not null && RecordTransform.TryParseTextOrConstant(detailType, kind, Rows.Source, new string(id), out RecordTransform? readType, out _) ? readType : null,
            EventSource = detailType is not null && RecordTransform.TryParseTextOrConstant("<fanout.mapping>", kind, Rows.Source, new string(id), out RecordTransform? readSource, out _) ? readSource : null,
            DestinationTemplate = Parse(destination.Type, destination.Destination).Template is { } made && RecordTransform.TryParseText(made, kind, Rows.Source, new string(id), out RecordTransform? readPlace, out _) ? readPlace : null,
        };

    [Fact]
    public void What_is_written_reads_the_same() => All.Sample(mapping =>
    {
        Mapping? read = MappingReader.Read(MappingWriter.Write(mapping), out InvalidMapping? invalid);
        return invalid is null && mapping == read;
    });

    [Fact]
    public void Our_own_attributes_are_written_only_when_set()
    {
        var plain = new Mapping
        {
            SourceArn = Rows.Source,
            Id = "a",
            Type = TargetType.Kinesis,
            Destination = Parse(TargetType.Kinesis, "out"),
            Active = true,
        };
        Assert.Equal(
            ["active", "collapse", "destination", "id", "sourceArn", "type"],
            MappingWriter.Write(plain).Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            ["maxBatchBytes", "maxItemBytes", "passthrough", "view"],
            MappingWriter.Write(plain with { Passthrough = true, View = View.Both, MaxItemBytes = 1, MaxBatchBytes = 2 })
                .Keys.Except(MappingWriter.Write(plain).Keys).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_attribute_is_forgotten() => Assert.Equal(
        typeof(MappingAttributes).GetFields().Where(static f => f.IsLiteral).Select(static f => (string)f.GetRawConstantValue()!), MappingAttributes.All);

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Destination Place(string text)
    {
        Assert.True(Destination.TryParseDeadLetter(text, out Destination? place, out string? problem), problem);
        return place;
    }

    private static Destination Parse(TargetType type, string text)
    {
        Assert.True(Destination.TryParse(type, text, out Destination? destination, out string? problem), problem);
        return destination;
    }
}
