using System.Reflection;
using FanOut.Engine.Events;
using FanOut.Engine.Filtering;
using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;
using FanOut.Engine.Progress;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Progress;

/// <summary>A note means exactly the target that has the records, and what it has them as.</summary>
public sealed class MappingNamesTests
{
    private static readonly Mapping One = TestTargets.Mapping(TargetType.Kinesis);

    // Each property that can be set, changed.
    private static readonly Dictionary<string, Mapping> Decide = new()
    {
        [nameof(Mapping.Id)] = One with { Id = "other" },
        [nameof(Mapping.Type)] = One with { Type = TargetType.Firehose },
        [nameof(Mapping.Destination)] = One with { Destination = TestTargets.Mapping(TargetType.Kinesis, "other").Destination },
        [nameof(Mapping.DestinationTemplate)] = One with { Destination = TestTargets.Mapping(TargetType.Iot, "h#a/<data.id>").Destination, DestinationTemplate = RecordTransform.TryParseText("a/<data.id>", SourceKind.Kinesis, "", "", out RecordTransform? topic, out _) ? topic : null },
        [nameof(Mapping.DocumentId)] = One with { DocumentId = DocumentId.Sequence },
        [nameof(Mapping.DocumentAction)] = One with { DocumentAction = DocumentAction.Create },
        [nameof(Mapping.Role)] = One with { Role = "arn:aws:iam::210987654321:role/writer" },
        [nameof(Mapping.ExternalId)] = One with { ExternalId = "other" },
        [nameof(Mapping.Region)] = One with { Region = "eu-west-1" },
        [nameof(Mapping.Collapse)] = One with { Collapse = Collapse.ConcatBase64 },
        [nameof(Mapping.ConvertDDB)] = One with { ConvertDDB = true },
        [nameof(Mapping.Deaggregate)] = One with { Deaggregate = true },
        [nameof(Mapping.Key)] = One with { Key = RecordTransform.TryParseText("<data>", SourceKind.Kinesis, "", "", out RecordTransform? key, out _) ? key : null },
        [nameof(Mapping.EventSource)] = One with { EventSource = RecordTransform.TryParseTextOrConstant("shop", SourceKind.Kinesis, "", "", out RecordTransform? sender, out _) ? sender : null },
        [nameof(Mapping.DetailType)] = One with { DetailType = RecordTransform.TryParseTextOrConstant("order", SourceKind.Kinesis, "", "", out RecordTransform? detailType, out _) ? detailType : null },
        [nameof(Mapping.DeduplicationId)] = One with { DeduplicationId = RecordTransform.TryParseText("<data>", SourceKind.Kinesis, "", "", out RecordTransform? repeat, out _) ? repeat : null },
        [nameof(Mapping.Transform)] = One with { Transform = RecordTransform.TryParse("""{"inputTemplate":"<data>"}""", SourceKind.Kinesis, "", "", out RecordTransform? transform, out _) ? transform : null },
        [nameof(Mapping.MessageAttributes)] = One with { MessageAttributes = AttributeTemplates.TryParse("""{"a":"b"}""", AttributeRules.Queues, SourceKind.Kinesis, "", "", out AttributeTemplates? attributes, out _) ? attributes : null },
        [nameof(Mapping.Unpack)] = One with { Unpack = Unpack.Gzip },
        [nameof(Mapping.AppendNewlines)] = One with { AppendNewlines = true },
        [nameof(Mapping.Passthrough)] = One with { Passthrough = true },
        [nameof(Mapping.View)] = One with { View = View.Both },
        [nameof(Mapping.RecordFormat)] = One with { RecordFormat = RecordFormat.DynamoDbChanges },
        [nameof(Mapping.HeadersSecret)] = One with { HeadersSecret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:key-a1B2c3" },
        [nameof(Mapping.HashKey)] = One with { HashKey = "k" },
    };

    private static readonly Dictionary<string, Mapping> DecideNothing = new()
    {
        // Notes stand under their source.
        [nameof(Mapping.SourceArn)] = One with { SourceArn = "arn:aws:kinesis:us-east-1:123456789012:stream/other" },
        [nameof(Mapping.Active)] = One with { Active = false },
        [nameof(Mapping.Parallel)] = One with { Parallel = false },
        [nameof(Mapping.MaxItemBytes)] = One with { MaxItemBytes = 1 },
        [nameof(Mapping.MaxBatchBytes)] = One with { MaxBatchBytes = 1 },

        // What the dead letter has, it has.
        [nameof(Mapping.DeadLetter)] = One with { DeadLetter = TestTargets.Mapping(TargetType.Sqs).Destination },
        [nameof(Mapping.OnFailure)] = One with { OnFailure = OnFailure.DeadLetter },

        // What it leaves out is never noted.
        [nameof(Mapping.Filter)] = One with { Filter = RecordFilter.TryParse("""{"partitionKey":["a"]}""", SourceKind.Kinesis, out RecordFilter? filter, out _) ? filter : null },
    };

    public static TheoryData<string> Properties => [.. typeof(Mapping).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static p => p.CanWrite).Select(static p => p.Name)];

    [Theory]
    [MemberData(nameof(Properties))]
    public void Whatever_decides_where_and_what_makes_another_mapping_and_nothing_else_does(string property)
    {
        Assert.True(Decide.ContainsKey(property) ^ DecideNothing.ContainsKey(property), $"Say above whether {property} decides where records go, or as what.");
        Mapping changed = Decide.GetValueOrDefault(property) ?? DecideNothing[property];
        Assert.NotEqual(One, changed);
        Assert.Equal(DecideNothing.ContainsKey(property), MappingNames.Of(One) == MappingNames.Of(changed));
    }

    [Fact]
    public void A_name_tells_the_id_and_no_secret() => Assert.Matches("^m#[0-9a-f]{16}$", MappingNames.Of(TestTargets.Mapping(TargetType.Redis, "rediss://user:secret@cache:6379")));
}
