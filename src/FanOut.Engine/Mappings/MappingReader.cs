using Amazon.DynamoDBv2.Model;
using FanOut.Engine.Events;
using FanOut.Engine.Templates;

namespace FanOut.Engine.Mappings;

/// <summary>Turns a row of the table into a mapping, or says what is wrong with it.</summary>
/// <remarks>
/// Rows come from the original's shell script, from our cmdlets, from consoles and from other people's tools. So words may be in any case,
/// a truth value may be BOOL, the string <c>true</c> or <c>false</c>, or the number 0 or 1, a number may be a string; an empty string and
/// NULL mean that the attribute is absent; unknown attributes are ignored. What is present but not understood is never
/// replaced by a default: the row is invalid.
/// </remarks>
public static partial class MappingReader
{
    // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
    private const int ShortestExternalId = 2;
    private const int LongestExternalId = 1224;

    /// <summary>Whether the row is one of the function's own notes instead of a mapping: its hash key starts with <c>#</c>.</summary>
    /// <param name="item">The row's attributes.</param>
    public static bool IsReserved(IReadOnlyDictionary<string, AttributeValue> item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.GetValueOrDefault(MappingAttributes.SourceArn)?.S is [Mapping.ReservedPrefix, ..];
    }

    /// <summary>Reads a row.</summary>
    /// <param name="item">The row's attributes.</param>
    /// <param name="invalid">Why it is not a mapping, when the answer is null.</param>
    /// <param name="own">The fan-out function, which must not be its own target; null: not known.</param>
    public static Mapping? Read(IReadOnlyDictionary<string, AttributeValue> item, out InvalidMapping? invalid, OwnFunction? own = null)
    {
        ArgumentNullException.ThrowIfNull(item);
        var row = new MappingRow(item);

        string? source = row.Text(MappingAttributes.SourceArn, required: true);
        string? id = row.Text(MappingAttributes.Id, required: true);
        bool? active = row.Flag(MappingAttributes.Active, false);
        TargetType? type = TypeOf(row);
        Destination? deadLetter = DeadLetterOf(row);
        RecordFormat format = row.Word<RecordFormat>(MappingAttributes.RecordFormat, MappingText.TryParse, MappingText.AllRecordFormats);
        SourceKind? kind = format == RecordFormat.DynamoDbChanges ? SourceKind.DynamoDb : KindOf(source);
        Destination? destination = DestinationOf(row, type);
        var mapping = new Mapping
        {
            SourceArn = row.Check(MappingAttributes.SourceArn, source, text => Arn.TryParse(text, out _), $"an ARN, {Arn.Form}") ?? "",
            Id = id ?? "",
            Type = type ?? default,
            Destination = destination!,
            DestinationTemplate = DestinationTemplateOf(row, destination, kind, source, id),
            Active = active ?? false,
            Role = row.Check(
                MappingAttributes.Role, row.Text(MappingAttributes.Role), IsRole, "the ARN of an IAM role, arn:aws:iam::account:role/name"),
            ExternalId = row.Check(
                MappingAttributes.ExternalId,
                row.Text(MappingAttributes.ExternalId),
                IsExternalId,
                $"{ShortestExternalId} to {LongestExternalId} letters, digits and any of _+=,.@:/-",
                isSecret: true),
            Region = row.Check(
                MappingAttributes.Region, row.Text(MappingAttributes.Region), text => Arn.IsWord(text), "a region's name, as in eu-west-1"),
            Collapse = row.Word<Collapse>(MappingAttributes.Collapse, MappingText.TryParse, MappingText.AllCollapses),
            Parallel = row.Flag(MappingAttributes.Parallel, true) ?? true,
            ConvertDDB = row.Flag(MappingAttributes.ConvertDDB, false) ?? false,
            Deaggregate = row.Flag(MappingAttributes.Deaggregate, false) ?? false,
            AppendNewlines = row.Flag(MappingAttributes.AppendNewlines, false) ?? false,
            Passthrough = row.Flag(MappingAttributes.Passthrough, false) ?? false,
            View = row.Word<View>(MappingAttributes.View, MappingText.TryParse, MappingText.AllViews),
            Unpack = row.Word<Unpack>(MappingAttributes.Unpack, MappingText.TryParse, MappingText.AllUnpacks),
            HashKey = row.Text(MappingAttributes.HashKey),
            MaxItemBytes = row.Bytes(MappingAttributes.MaxItemBytes),
            MaxBatchBytes = row.Bytes(MappingAttributes.MaxBatchBytes),
            DeadLetter = deadLetter,
            OnFailure = OnFailureOf(row, deadLetter),
            RecordFormat = format,
            Filter = FilterOf(row, kind, source),
            Transform = TemplateOf(row, MappingAttributes.Transform, RecordTransform.TryParse, kind, source, id),
            Key = TemplateOf(row, MappingAttributes.Key, RecordTransform.TryParseText, kind, source, id),
            HeadersSecret = row.Check(
                MappingAttributes.HeadersSecret, row.Text(MappingAttributes.HeadersSecret), IsSecret, "the ARN of a secret, arn:aws:secretsmanager:region:account:secret:name-a1B2c3"),
            DocumentId = row.Word<DocumentId>(MappingAttributes.DocumentId, MappingText.TryParse, MappingText.AllDocumentIds),
            DocumentAction = row.Word<DocumentAction>(MappingAttributes.DocumentAction, MappingText.TryParse, MappingText.AllDocumentActions),
            DeduplicationId = TemplateOf(row, MappingAttributes.DeduplicationId, RecordTransform.TryParseText, kind, source, id),
            EventSource = TemplateOf(row, MappingAttributes.EventSource, RecordTransform.TryParseTextOrConstant, kind, source, id),
            DetailType = TemplateOf(row, MappingAttributes.DetailType, RecordTransform.TryParseTextOrConstant, kind, source, id),
        };

        mapping = mapping with { MessageAttributes = AttributesOf(row, type, kind, source, id) };
        if (format == RecordFormat.DynamoDbChanges && FormatProblem(source, mapping) is { } wrong)
        {
            row.Problems.Add(wrong);
        }

        if (mapping.EventSource is { } sender && sender.Text.StartsWith(EventTexts.ReservedSource, StringComparison.OrdinalIgnoreCase))
        {
            row.Problems.Add($"{MappingAttributes.EventSource} '{sender.Text}' begins with {EventTexts.ReservedSource}, which EventBridge keeps for AWS's own services");
        }

        string? loop = row.Problems.Count == 0 ? mapping.FindLoop(own) : null;
        if (loop is not null)
        {
            row.Problems.Add($"{MappingAttributes.Destination} '{mapping.Destination.Display}': {loop}");
        }

        if (mapping is { Destination: not null, DeadLetterProblem: { } useless })
        {
            row.Problems.Add($"{MappingAttributes.DeadLetter} '{deadLetter}': {useless}");
        }

        if (type is { } known && CollapseProblem(known, mapping.Collapse) is { } misfit)
        {
            row.Problems.Add(misfit);
        }

        if (mapping is { Transform: not null, Type: TargetType.Lambda, Passthrough: false } && type is not null)
        {
            row.Problems.Add($"{MappingAttributes.Transform} needs {MappingAttributes.Passthrough} true with the type lambda, which otherwise gets the event's own records");
        }

        invalid = row.Problems.Count == 0
            ? null
            : new InvalidMapping(source ?? "", id ?? "", string.Join(". ", row.Problems), active ?? true) { Loop = loop, Attributes = [.. row.Problems.Select(static p => p.Split(' ')[0]).Distinct()] };
        return invalid is null ? mapping : null;
    }

    /// <summary>What the absence of <c>onFailure</c> means.</summary>
    internal static OnFailure OnFailureWhenAbsent(Destination? deadLetter) => deadLetter is null ? OnFailure.Block : OnFailure.DeadLetter;

    // Other types than these know nothing of collapse, and leave it alone, as ever.
    private static string? CollapseProblem(TargetType type, Collapse collapse) => (type, collapse) switch
    {
        (TargetType.Http, Collapse.ConcatBase64) => $"{MappingAttributes.Collapse} '{MappingText.Of(collapse)}' is for sns, sqs and iot; an http target takes any bytes, with concat or none",
        (TargetType.Sns or TargetType.Sqs or TargetType.Iot, Collapse.JsonArray or Collapse.JsonLines) => $"{MappingAttributes.Collapse} '{MappingText.Of(collapse)}' is for http",
        _ => null,
    };

    private static TargetType? TypeOf(MappingRow row)
    {
        string? text = row.Text(MappingAttributes.Type, required: true);
        if (MappingText.TryParse(text, out TargetType type))
        {
            return type;
        }

        if (text is not null)
        {
            row.AddProblem(MappingAttributes.Type, text, "one of " + MappingText.AllTypes);
        }

        return null;
    }

    private static Destination? DestinationOf(MappingRow row, TargetType? type)
    {
        string? text = row.Text(MappingAttributes.Destination, required: true);
        if (text is null || type is not { } known)
        {
            return null;
        }

        if (!Destination.TryParse(known, text, out Destination? destination, out string? problem))
        {
            string shown = Masked.Of(text, known is TargetType.Memcached or TargetType.Redis);
            row.Problems.Add($"{MappingAttributes.Destination} '{shown}': {problem}");
        }

        return destination;
    }

    private static Destination? DeadLetterOf(MappingRow row)
    {
        string? text = row.Text(MappingAttributes.DeadLetter);
        if (text is null)
        {
            return null;
        }

        if (Destination.TryParseDeadLetter(text, out Destination? place, out string? problem))
        {
            return place;
        }

        // s3:// has an equals sign before its region; in other destinations a secret may follow one.
        row.Problems.Add($"{MappingAttributes.DeadLetter} '{(BucketDestination.Looks(text) ? text : Masked.Of(text))}': {problem}");
        return null;
    }

    private static OnFailure OnFailureOf(MappingRow row, Destination? deadLetter)
    {
        string? text = row.Text(MappingAttributes.OnFailure);
        if (text is null)
        {
            return OnFailureWhenAbsent(deadLetter);
        }

        if (!MappingText.TryParse(text, out OnFailure onFailure))
        {
            row.AddProblem(MappingAttributes.OnFailure, text, "one of " + MappingText.AllOnFailures);
        }
        else if (onFailure == OnFailure.DeadLetter && deadLetter is null && !row.Problems.Exists(static p => p.StartsWith(MappingAttributes.DeadLetter, StringComparison.Ordinal)))
        {
            row.Problems.Add($"{MappingAttributes.OnFailure} is '{text}', but {MappingAttributes.DeadLetter} is missing: give a queue, a topic or s3://bucket/prefix, or take {MappingAttributes.OnFailure} away");
        }

        return onFailure;
    }

    private static string? FormatProblem(string? source, Mapping mapping)
    {
        string given = $"{MappingAttributes.RecordFormat} '{MappingText.Of(RecordFormat.DynamoDbChanges)}'";
        return Arn.TryParse(source, out _) && KindOf(source) != SourceKind.Kinesis ? $"{given} is for Kinesis streams that tables stream to; the source is {source}"
            : mapping.Deaggregate ? $"{given} cannot be combined with {MappingAttributes.Deaggregate} true: DynamoDB does not aggregate changes"
            : mapping.Unpack != default ? $"{given} cannot be combined with {MappingAttributes.Unpack} '{MappingText.Of(mapping.Unpack)}': DynamoDB does not pack changes"
            : null;
    }

    private static bool IsRole(string text) =>
        Arn.TryParse(text, out Arn? arn)
        && arn is { Service: "iam", ResourceType: "role", Account: not "" }
        && Names.IsName(arn.ResourceName, 512 + 64, "_+=,.@-/");

    // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html: letters, digits and /_+=.@-
    private static bool IsSecret(string text) =>
        Arn.TryParse(text, out Arn? arn)
        && arn is { Service: "secretsmanager", Region: not "", Account: not "" } && arn.Resource.StartsWith("secret:", StringComparison.Ordinal)
        && Names.IsName(arn.Resource.AsSpan("secret:".Length), 512 + 7, "/_+=.@-");

    private static bool IsExternalId(string text) => text.Length >= ShortestExternalId && Names.IsName(text, LongestExternalId, "_+=,.@:/-");

    /// <summary>The kind of source that an ARN names; null: it is not an ARN of a source.</summary>
    private static SourceKind? KindOf(string? sourceArn) => !Arn.TryParse(sourceArn, out Arn? arn) ? null : arn.Service switch
    {
        "kinesis" => SourceKind.Kinesis,
        "dynamodb" => SourceKind.DynamoDb,
        "sns" => SourceKind.Sns,
        _ => null,
    };
}
