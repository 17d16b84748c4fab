namespace FanOut.Engine.Events;

/// <summary>What a record's source is called in FanOut: in the table of mappings, in logs and in metrics.</summary>
public static class SourceArn
{
    /// <summary>
    /// The ARN of the stream itself. An event source mapping with enhanced fan-out hands over the consumer's ARN,
    /// <c>…:stream/orders/consumer/fanout:1634000000</c>; the table knows the stream, <c>…:stream/orders</c>.
    /// </summary>
    /// <param name="sourceArn">A source's ARN, with or without a consumer; any other text comes back as it is.</param>
    public static string WithoutConsumer(string sourceArn)
    {
        ArgumentNullException.ThrowIfNull(sourceArn);

        // A stream's name has no slash, so "/consumer/" cannot be part of it.
        int consumer = sourceArn.IndexOf("/consumer/", StringComparison.Ordinal);
        bool isStream = consumer > 0 && sourceArn.AsSpan(0, consumer).Contains(":stream/", StringComparison.Ordinal);
        return isStream ? sourceArn[..consumer] : sourceArn;
    }

    /// <summary>Whether an ARN is one of the service that a kind of source comes from.</summary>
    /// <param name="kind">The kind of source.</param>
    /// <param name="arn">Any text.</param>
    public static bool IsOf(SourceKind kind, string arn)
    {
        ArgumentNullException.ThrowIfNull(arn);
        string service = kind switch { SourceKind.Kinesis => "kinesis", SourceKind.DynamoDb => "dynamodb", _ => "sns" };
        return arn.Split(':') is ["arn", { Length: > 0 }, var named, _, _, { Length: > 0 }, ..] && named == service;
    }
}
