using FanOut.Engine.Events;

namespace FanOut.Engine.Filtering.Shapes;

/// <summary>What the records of each kind of source look like to a filter.</summary>
/// <remarks>
/// Names of the event's own fields are kept, so that a filter of an event source mapping means the same here:
/// https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html, https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html and
/// https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html. Only what these events say by their form is written down here: values that may change
/// with time, as versions do, are any string.
/// </remarks>
internal static class RecordShapes
{
    private static readonly FieldShape Data = FieldShape.Text.Always with
    {
        Others = FieldShape.Json, Hint = "the data is compared as the string that it is; write names under it to look into it as JSON",
    };

    private static readonly FieldShape Plain = FieldShape.ObjectOf(FieldShape.Json);

    private static readonly FieldShape Typed = MakeTyped();

    /// <summary>Whether records of a kind are changes of tables that a Kinesis stream carries: of DynamoDB by their kind, and of Kinesis by their source.</summary>
    public static bool AreCarried(SourceKind? kind, string? sourceArn) => kind == SourceKind.DynamoDb && sourceArn is not null && SourceArn.IsOf(SourceKind.Kinesis, sourceArn);

    /// <summary>The shape of the records of a source.</summary>
    /// <param name="kind">The kind of the source.</param>
    /// <param name="sourceArn">The source's ARN; null: it is not known.</param>
    /// <param name="streamViewType">Which images a table's stream carries; null: it is not known.</param>
    /// <param name="eventName">DynamoDB: only records of this event; null: of each.</param>
    public static FieldShape Of(SourceKind kind, string? sourceArn = null, string? streamViewType = null, string? eventName = null) => new()
    {
        Fields = kind switch
        {
            SourceKind.Kinesis => OfKinesis(sourceArn),
            SourceKind.DynamoDb when AreCarried(kind, sourceArn) => OfChanges(sourceArn, eventName),
            SourceKind.DynamoDb => OfDynamoDb(sourceArn, streamViewType, eventName),
            _ => OfSns(sourceArn),
        },
    };

    private static Dictionary<string, FieldShape> OfKinesis(string? arn) => new(StringComparer.Ordinal)
    {
        [RecordFields.Data] = Data,
        [RecordFields.PartitionKey] = FieldShape.Text.Always,
        [RecordFields.SequenceNumber] = FieldShape.Text.Always,
        ["approximateArrivalTimestamp"] = FieldShape.Number.Always,
        ["kinesisSchemaVersion"] = FieldShape.Text.Always,
        ["eventID"] = FieldShape.Text.Always,
        ["eventName"] = FieldShape.OneOf("aws:kinesis:record").Always,
        ["eventSource"] = FieldShape.OneOf("aws:kinesis").Always,
        ["eventVersion"] = FieldShape.Text.Always,

        // With enhanced fan-out it is the consumer's.
        ["eventSourceARN"] = OnlyIfKnown(arn) with { Prefix = arn is null ? null : arn + "/consumer/" },
        ["awsRegion"] = OnlyIfKnown(RegionOf(arn)),
        ["invokeIdentityArn"] = FieldShape.Text.Always,
    };

    private static Dictionary<string, FieldShape> OfDynamoDb(string? arn, string? streamViewType, string? eventName)
    {
        // A removed item has no new image, and a new one no old one.
        bool hasNew = streamViewType is not ("KEYS_ONLY" or "OLD_IMAGE") && eventName != "REMOVE", hasOld = streamViewType is not ("KEYS_ONLY" or "NEW_IMAGE") && eventName != "INSERT";
        FieldShape ImageOf(bool isThere, FieldShape attributes) =>
            isThere ? FieldShape.ObjectOf(attributes) : new FieldShape { Hint = $"a stream of the view type {streamViewType} does not carry that image" };
        return new(StringComparer.Ordinal)
        {
            ["eventName"] = FieldShape.OneOf(eventName is null ? ["INSERT", "MODIFY", "REMOVE"] : [eventName]).Always,
            ["dynamodb"] = new FieldShape
            {
                Fields = new Dictionary<string, FieldShape>(StringComparer.Ordinal)
                {
                    ["Keys"] = FieldShape.ObjectOf(Typed),
                    ["NewImage"] = ImageOf(hasNew, Typed),
                    ["OldImage"] = ImageOf(hasOld, Typed),
                    ["SequenceNumber"] = FieldShape.Text.Always,
                    ["SizeBytes"] = FieldShape.Number,
                    ["StreamViewType"] = FieldShape.OneOf(streamViewType is null ? ["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"] : [streamViewType]),
                    ["ApproximateCreationDateTime"] = FieldShape.Number,
                },
            },
            [RecordFields.Keys] = Plain,
            [RecordFields.NewImage] = ImageOf(hasNew, FieldShape.Json),
            [RecordFields.OldImage] = ImageOf(hasOld, FieldShape.Json),
            [RecordFields.SequenceNumber] = FieldShape.Text.Always,
            ["userIdentity"] = FieldShape.ObjectOf(FieldShape.Json),
            ["eventID"] = FieldShape.Text.Always,
            ["eventSource"] = FieldShape.OneOf("aws:dynamodb").Always,
            ["eventVersion"] = FieldShape.Text.Always,
            ["eventSourceARN"] = OnlyIfKnown(arn),
            ["awsRegion"] = OnlyIfKnown(RegionOf(arn)),
        };
    }

    // What DynamoDB puts into Kinesis is none of Lambda's events: see Events.ReadChange.
    private static Dictionary<string, FieldShape> OfChanges(string? arn, string? eventName)
    {
        Dictionary<string, FieldShape> streamed = OfDynamoDb(arn, null, eventName);
        Dictionary<string, FieldShape> inChange = Without(streamed["dynamodb"].Fields!, "SequenceNumber", "StreamViewType");
        inChange.Add("ApproximateCreationDateTimePrecision", FieldShape.Text);
        Dictionary<string, FieldShape> fields = Without(streamed, "eventVersion", "eventSourceARN");
        fields["dynamodb"] = new FieldShape { Fields = inChange };
        fields.Add("tableName", FieldShape.Text.Always);
        fields.Add("recordFormat", FieldShape.Text.Always);
        return fields;
    }

    private static Dictionary<string, FieldShape> OfSns(string? arn) => new(StringComparer.Ordinal)
    {
        [RecordFields.Data] = Data,
        ["Sns"] = new FieldShape
        {
            Fields = new Dictionary<string, FieldShape>(StringComparer.Ordinal)
            {
                ["Type"] = FieldShape.Text,
                ["MessageId"] = FieldShape.Text.Always,
                ["TopicArn"] = OnlyIfKnown(arn),
                ["Subject"] = FieldShape.TextOrNull(),
                ["Message"] = FieldShape.Text.Always with { Hint = "the message is compared as the string that it is; data looks into it as JSON" },
                ["Timestamp"] = FieldShape.Text,
                ["SignatureVersion"] = FieldShape.Text,
                ["Signature"] = FieldShape.Text,
                ["SigningCertUrl"] = FieldShape.Text,
                ["SigningCertURL"] = FieldShape.Text,
                ["UnsubscribeUrl"] = FieldShape.Text,
                ["UnsubscribeURL"] = FieldShape.Text,
                ["MessageAttributes"] = FieldShape.ObjectOf(new FieldShape
                {
                    Fields = new Dictionary<string, FieldShape>(StringComparer.Ordinal) { ["Type"] = FieldShape.Text, ["Value"] = FieldShape.Text },
                    Hint = "an attribute's value stands in Value, as {\"name\":{\"Value\":[\"x\"]}}",
                }),
            },
        },
        ["EventSource"] = FieldShape.OneOf("aws:sns").Always,
        ["EventVersion"] = FieldShape.Text.Always,
        ["EventSubscriptionArn"] = FieldShape.Text.Always,
    };

    /// <summary>An attribute in DynamoDB's own JSON: <c>{"N":"17"}</c>, and so at any depth.</summary>
    private static FieldShape MakeTyped()
    {
        var types = new Dictionary<string, FieldShape>(StringComparer.Ordinal);
        var typed = new FieldShape { Fields = types, Hint = "a value stands below its type, as {\"name\":{\"S\":[\"x\"]}}; keys, newImage and oldImage have plain values" };
        FieldShape number = FieldShape.Text with { Hint = "numbers are strings there; keys, newImage and oldImage have them as numbers" };
        (types["S"], types["B"], types["SS"], types["BS"]) = (FieldShape.Text, FieldShape.Text, FieldShape.Text, FieldShape.Text);
        (types["N"], types["NS"]) = (number, number);
        (types["BOOL"], types["NULL"]) = (FieldShape.Literal("true", "false"), FieldShape.Literal("true"));
        (types["M"], types["L"]) = (FieldShape.ObjectOf(typed), typed);
        return typed;
    }

    private static Dictionary<string, FieldShape> Without(IReadOnlyDictionary<string, FieldShape> fields, params string[] names) =>
        new(fields.Where(f => !names.Contains(f.Key)), StringComparer.Ordinal);

    private static FieldShape OnlyIfKnown(string? value) => value is null ? FieldShape.Text.Always : FieldShape.OneOf(value).Always;

    // arn:partition:service:region:…
    private static string? RegionOf(string? arn) => arn?.Split(':') is [_, _, _, { Length: > 0 } region, ..] ? region : null;
}
