using System.Management.Automation;
using Amazon.Runtime;

namespace FanOut.Errors;

// Sources and their connection to the function.
internal static partial class FanOutError
{
    /// <summary>The source does not exist.</summary>
    /// <param name="what">What it should be, such as "Kinesis stream".</param>
    /// <param name="name">Its name.</param>
    /// <param name="region">The region that was searched.</param>
    /// <param name="identity">Who looked.</param>
    /// <param name="nearest">The name that may have been meant; null: there is none.</param>
    public static FanOutException SourceNotFound(string what, string name, string region, string identity, string? nearest = null) => new(
        "SourceNotFound", ErrorCategory.ObjectNotFound, name,
        $"There is no {what} '{name}' in {region} (looked up as {identity}).{(nearest is null ? "" : $" Is '{nearest}' meant?")}")
    {
        Advice = "Check the name and -Region; -SourceArn needs no look-up, and is the way to sources of other accounts.",
    };

    /// <summary>There are sources of several kinds with the name.</summary>
    public static FanOutException SourceAmbiguous(string name, string region, IReadOnlyList<SourceType> kinds) => new(
        "SourceAmbiguous", ErrorCategory.InvalidArgument, name,
        $"-Source '{name}' is the name of several sources in {region}: {string.Join(", ", kinds.Select(Sources.FindSource.Noun))}.")
    {
        Advice = $"Say which: -SourceType {string.Join(" or ", kinds)}.",
    };

    /// <summary>A table whose stream is off.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="region">Its region.</param>
    /// <param name="carriers">The Kinesis streams that carry its changes, as far as could be seen.</param>
    public static FanOutException SourceWithoutStream(string table, string region, IReadOnlyList<string> carriers) => new(
        "SourceNotFound", ErrorCategory.ObjectNotFound, table,
        $"The DynamoDB table '{table}' in {region} has no stream{(carriers.Count == 0 ? "" : $" of its own; its changes go to the Kinesis stream {string.Join(" and ", carriers)}")}.")
    {
        Advice = (carriers.Count == 0 ? "" : $"Let that be the source: -SourceArn {carriers[0]}, with -RecordFormat dynamodb-changes where a target is registered (Register-FanOutTarget … -Source {table} -SourceType DynamoDB "
            + "-RecordFormat dynamodb-changes finds stream and keys by itself). Or turn the table's own stream on: ")
            + $"{(carriers.Count == 0 ? "Turn it on: " : "")}aws dynamodb update-table --table-name {table} --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES",
    };

    /// <summary>A table whose changes no Kinesis stream carries, where such a stream is wanted.</summary>
    public static FanOutException SourceWithoutCarrier(string table, string region) => new(
        "SourceNotFound", ErrorCategory.ObjectNotFound, table, $"The DynamoDB table '{table}' in {region} streams its changes to no Kinesis stream, which -RecordFormat dynamodb-changes asks for.")
    {
        Advice = "Leave out -RecordFormat for the table's own stream, or let it stream to Kinesis: "
            + $"aws dynamodb enable-kinesis-streaming-destination --table-name {table} --stream-arn ARN --enable-kinesis-streaming-configuration ApproximateCreationDateTimePrecision=MICROSECOND",
    };

    /// <summary>A table whose changes several Kinesis streams carry.</summary>
    public static FanOutException CarrierAmbiguous(string table, string region, IReadOnlyList<string> carriers) => new(
        "SourceAmbiguous", ErrorCategory.InvalidArgument, table, $"The DynamoDB table '{table}' in {region} streams its changes to several Kinesis streams: {string.Join(", ", carriers)}.")
    {
        Advice = "Say which, with -SourceArn; and -HashKey where the items' keys have two parts.",
    };

    /// <summary>Neither an ARN nor a name was given.</summary>
    public static FanOutException SourceMissing() => new(
        "InvalidParameter", ErrorCategory.InvalidArgument, null, "No source was given: -Source is missing, the name of a stream, table or topic.")
    {
        Advice = "Give -Source, or -SourceArn with its ARN.",
    };

    /// <summary>The function reads the source already.</summary>
    public static FanOutException SourceAlreadyConnected(string sourceArn, string function, string? uuid, string? state, AmazonServiceException? cause = null) => new(
        "SourceAlreadyConnected", ErrorCategory.ResourceExists, sourceArn,
        $"{sourceArn} is connected to the function {function} already: event source mapping {uuid ?? "(unknown)"}, state {state ?? "unknown"}.", cause)
    {
        Advice = state == "Deleting"
            ? "It is being disconnected: try again when it is gone."
            : "Connect-FanOutSource -Force changes its settings, Resume-FanOutSource enables it, Get-FanOutSource shows it.",
        RequestId = cause?.RequestId,
        AwsErrorCode = cause?.ErrorCode,
    };

    /// <summary>Several aliases of the function read the source.</summary>
    /// <param name="sourceArn">The source.</param>
    /// <param name="function">The function that is to read it.</param>
    /// <param name="readers">What reads it, and by which event source mapping.</param>
    public static FanOutException SourceReadTwice(string sourceArn, string function, IReadOnlyList<(string Function, string? Uuid)> readers) => new(
        "SourceAlreadyConnected", ErrorCategory.ResourceExists, sourceArn,
        $"{sourceArn} is read {readers.Count} times: {string.Join(" and ", readers.Select(static r => $"by {r.Function} (event source mapping {r.Uuid})"))}. Its records are sent as often, and no second one can be moved to {function}.")
    {
        Advice = "Keep one: Disconnect-FanOutSource -Uuid disconnects the others.",
    };

    /// <summary>The function does not read the source.</summary>
    public static FanOutException SourceNotConnected(string sourceArn, string function, string region, string identity, string what, string? nearest) => new(
        "SourceNotConnected", ErrorCategory.ObjectNotFound, sourceArn,
        $"{sourceArn} is not connected to the function {function} in {region} (looked up as {identity}): there is no {what}.{(nearest is null ? "" : $" Is '{nearest}' meant?")}")
    {
        Advice = "Connect-FanOutSource connects it, Get-FanOutSource lists those that are.",
    };

    /// <summary>Lambda reads streams of its own region only.</summary>
    public static FanOutException SourceInOtherRegion(string sourceArn, string sourceRegion, string function, string region) => new(
        "InvalidParameter", ErrorCategory.InvalidArgument, sourceArn,
        $"The source {sourceArn} is in {sourceRegion}, the function {function} in {region}: Lambda reads streams of the function's own region only.")
    {
        Advice = $"Give -Region {sourceRegion} and a function there.",
    };

    /// <summary>The source is connected with other settings than those that were given.</summary>
    /// <param name="sourceArn">The source.</param>
    /// <param name="function">The function.</param>
    /// <param name="connection">What connects them.</param>
    /// <param name="state">Its state.</param>
    /// <param name="differences">What is different, as "X is 1, not 2".</param>
    /// <param name="isLasting">Whether something of it cannot be changed.</param>
    public static FanOutException SourceDiffers(
        string sourceArn, string function, string connection, string? state, IReadOnlyList<string> differences, bool isLasting = false) => new(
        "SourceAlreadyConnected", ErrorCategory.ResourceExists, sourceArn,
        $"{sourceArn} is connected to the function {function} already ({connection}, state {state ?? "unknown"}), and not as it was given: {string.Join("; ", differences)}.")
    {
        Advice = isLasting
            ? "Where reading begins, and by which consumer, is decided when a source is connected: Disconnect-FanOutSource first, or leave it out. -Force changes the rest."
            : "Connect-FanOutSource -Force changes it, Get-FanOutSource shows it.",
    };

    /// <summary>A FIFO topic delivers to queues only: https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html</summary>
    public static FanOutException TopicIsFifo(string topicArn) => new(
        "InvalidParameter", ErrorCategory.InvalidArgument, topicArn, $"{topicArn} is a FIFO topic: SNS delivers its messages to queues only, not to functions.")
    {
        Advice = "Connect a standard topic, or publish to a Kinesis stream instead: it keeps the order of a partition key.",
    };

    /// <summary>SNS does not deliver from the topic's region to functions of the function's region.</summary>
    public static FanOutException TopicInOtherRegion(string topicArn, string topicRegion, string function, string region) => new(
        "InvalidParameter", ErrorCategory.InvalidArgument, topicArn,
        $"The topic {topicArn} is in {topicRegion}, the function {function} in {region}: SNS does not deliver from other regions to one that had to be enabled first.")
    {
        Advice = $"Give -Region {topicRegion} and a function there.",
    };

    /// <summary>The topic does not exist.</summary>
    public static FanOutException TopicNotFound(string topicArn, string identity, AmazonServiceException cause) => new(
        "SourceNotFound", ErrorCategory.ObjectNotFound, topicArn, $"There is no SNS topic {topicArn} (asked for as {identity}).", cause)
    {
        Advice = "Check the ARN: region, account and name. With -Source, the name alone, the error names the nearest topic.",
        RequestId = cause.RequestId,
        AwsErrorCode = cause.ErrorCode,
    };

    /// <summary>The caller may not subscribe the function to the topic. If the topic belongs to another account, that account has to allow it.</summary>
    public static FanOutException SubscriptionDenied(string topicArn, string functionArn, string identity, AmazonServiceException cause)
    {
        string[] topic = topicArn.Split(':'), function = functionArn.Split(':');
        return new FanOutException(
            "AccessDenied", ErrorCategory.PermissionDenied, topicArn, $"The function {functionArn} could not be subscribed to the topic {topicArn} as {identity}: {Sentence(cause.Message)}", cause)
        {
            Advice = topic[4] == function[4]
                ? "You need sns:Subscribe on the topic."
                : $"The topic belongs to the account {topic[4]}. Somebody there has to run: aws sns add-permission --region {topic[3]} --topic-arn {topicArn} --label fanout-{function[4]} "
                    + $"--aws-account-id {function[4]} --action-name Subscribe ListSubscriptionsByTopic; and you need sns:Subscribe on the topic.",
            RequestId = cause.RequestId,
            AwsErrorCode = cause.ErrorCode,
        };
    }

    /// <summary>The function's account has to confirm the subscription.</summary>
    public static FanOutException SubscriptionPending(string topicArn, string functionArn, string identity) => new(
        "AccessDenied", ErrorCategory.PermissionDenied, topicArn,
        $"The subscription of the function {functionArn} to the topic {topicArn}, made as {identity}, waits for a confirmation by the function's account.")
    {
        Advice = "Connect the topic as somebody of the function's account: then no confirmation is needed.",
    };

    /// <summary>An event source mapping did not reach the wanted state within the time.</summary>
    public static FanOutException SourceNotReady(string sourceArn, string wanted, string? state, string? reason, TimeSpan waited) => new(
        "SourceNotReady", ErrorCategory.OperationTimeout, sourceArn,
        $"The event source mapping of {sourceArn} is {state ?? "gone"} after {waited.TotalSeconds:0} s, not {wanted}{(string.IsNullOrEmpty(reason) ? "" : $" ({reason})")}.")
    {
        Advice = "The change goes on: Get-FanOutSource shows how far it is, -WaitTimeout waits longer.",
    };

    /// <summary>A source whose records nobody can read again.</summary>
    public static FanOutException SourceNotReadable(string sourceArn) => new(
        "SourceNotReadable", ErrorCategory.InvalidArgument, sourceArn, $"{sourceArn} is a topic, which keeps no records: they cannot be read again.")
    {
        Advice = "What did not reach a function is in the dead-letter queue of its subscription, or at the function's own destination for failed events, where there is one.",
    };
}
