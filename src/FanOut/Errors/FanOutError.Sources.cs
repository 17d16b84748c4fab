using System.Management.Automation;
using Amazon.Runtime;

namespace FanOut.Errors;

// Sources and their connection to the function.
internal static partial class FanOutError
{
    /// <summary>The source does not exist.</summary>
    public static FanOutException SourceNotFound(string what, string name, string region, string identity, AmazonServiceException? cause = null) => new(
        "SourceNotFound", ErrorCategory.ObjectNotFound, name, $"There is no {what} '{name}' in {region} (looked up as {identity}).", cause)
    {
        RequestId = cause?.RequestId,
        AwsErrorCode = cause?.ErrorCode,
    };

    /// <summary>A table whose stream is off.</summary>
    public static FanOutException SourceWithoutStream(string table, string region) => new(
        "SourceNotFound", ErrorCategory.ObjectNotFound, table, $"The DynamoDB table '{table}' in {region} has no stream.")
    {
        Advice = $"Turn it on: aws dynamodb update-table --table-name {table} --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES",
    };

    /// <summary>Neither an ARN nor a name with its type was given.</summary>
    public static FanOutException SourceMissing() => new(
        "InvalidParameter", ErrorCategory.InvalidArgument, null, "No source was given.")
    {
        Advice = "Give -SourceArn, or -Source with -SourceType Kinesis or DynamoDB.",
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

    /// <summary>The function does not read the source.</summary>
    public static FanOutException SourceNotConnected(string sourceArn, string function, string region, string identity) => new(
        "SourceNotConnected", ErrorCategory.ObjectNotFound, sourceArn,
        $"{sourceArn} is not connected to the function {function} in {region} (looked up as {identity}): there is no event source mapping.")
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

    /// <summary>A topic cannot be connected: Lambda does not read topics, they call the function.</summary>
    public static FanOutException SourceNotReadable(string sourceArn, string functionArn, string region) => new(
        "InvalidParameter", ErrorCategory.InvalidArgument, sourceArn,
        $"{sourceArn} is not a stream that Lambda could read: a topic calls the functions that are subscribed to it.")
    {
        Advice = $"Subscribe the function: aws sns subscribe --region {region} --topic-arn {sourceArn} --protocol lambda --notification-endpoint {functionArn}; and let the topic call it: "
            + $"aws lambda add-permission --region {region} --function-name {functionArn} --statement-id fanout-sns --action lambda:InvokeFunction --principal sns.amazonaws.com --source-arn {sourceArn}",
    };

    /// <summary>An event source mapping did not reach the wanted state within the time.</summary>
    public static FanOutException SourceNotReady(string sourceArn, string wanted, string? state, string? reason, TimeSpan waited) => new(
        "SourceNotReady", ErrorCategory.OperationTimeout, sourceArn,
        $"The event source mapping of {sourceArn} is {state ?? "gone"} after {waited.TotalSeconds:0} s, not {wanted}{(string.IsNullOrEmpty(reason) ? "" : $" ({reason})")}.")
    {
        Advice = "The change goes on: Get-FanOutSource shows how far it is, -WaitTimeout waits longer.",
    };
}
