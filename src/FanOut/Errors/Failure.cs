using System.Management.Automation;
using System.Net;
using Amazon.Runtime;
using FanOut.Aws.Lambda;

namespace FanOut.Errors;

/// <summary>The catalogue of errors: each id, category and wording once.</summary>
internal static class Failure
{
    /// <summary>The error record of an exception.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="target">What the user was working on, where the exception does not say.</param>
    /// <param name="identity">Who called AWS, for people.</param>
    public static ErrorRecord Record(Exception exception, object? target, string? identity)
    {
        FanOutException error = exception as FanOutException ?? Of(exception, target, identity);
        var record = new ErrorRecord(error, error.ErrorId, error.Category, error.Target ?? target);
        if (error.Advice is { } advice)
        {
            // PowerShell shows it on a line of its own: "Recommendation: …".
            record.ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = advice };
        }

        return record;
    }

    /// <summary>An error of AWS, of the network or of ours, as one of the catalogue.</summary>
    public static FanOutException Of(Exception exception, object? target, string? identity) => exception switch
    {
        FanOutException known => known,
        AmazonServiceException service => OfService(service, target, identity),
        AmazonClientException or HttpRequestException or IOException or TimeoutException or TaskCanceledException => new FanOutException(
            "ServiceFailure", ErrorCategory.ConnectionError, target, $"AWS could not be reached: {Sentence(exception.GetBaseException().Message)}", exception)
        {
            Advice = "Check the network, the region and the endpoint (-EndpointUrl, AWS_ENDPOINT_URL); -Verbose shows each call.",
        },
        _ => new FanOutException("ServiceFailure", ErrorCategory.NotSpecified, target, exception.Message, exception),
    };

    /// <summary>No credentials were found anywhere.</summary>
    public static FanOutException CredentialsMissing(string tried, Exception? cause) => new(
        "CredentialsMissing", ErrorCategory.AuthenticationError, null, $"No AWS credentials were found. Tried, in this order: {tried}.", cause)
    {
        Advice = "Give -ProfileName, or -AccessKey and -SecretKey, or set AWS_PROFILE.",
        IsTerminating = true,
    };

    /// <summary>The named profile is not in the shared files; another account is never tried instead.</summary>
    public static FanOutException ProfileNotFound(string profile, string files, string known) => new(
        "ProfileNotFound", ErrorCategory.AuthenticationError, profile, $"The profile '{profile}' does not exist in {files}.")
    {
        Advice = known.Length > 0 ? $"There are {known}." : "There is no profile at all: 'aws configure' or 'aws configure sso' makes one.",
        IsTerminating = true,
    };

    /// <summary>A profile is there, but no credentials come of it.</summary>
    public static FanOutException ProfileUnusable(string profile, string problem, string? advice = null, Exception? cause = null) => new(
        "CredentialsMissing", ErrorCategory.AuthenticationError, profile, $"The profile '{profile}' gives no credentials: {Sentence(problem)}", cause)
    {
        Advice = advice,
        IsTerminating = true,
    };

    /// <summary>Credentials were found, and there are no keys to be had from them.</summary>
    /// <param name="whose">What they are: <c>-Credential</c>.</param>
    /// <param name="cause">What went wrong.</param>
    public static FanOutException CredentialsUnusable(string whose, Exception cause) => new(
        "CredentialsMissing", ErrorCategory.AuthenticationError, null, $"{whose} gives no credentials: {Sentence(cause.Message)}", cause)
    {
        Advice = "Give other credentials, for example with -ProfileName.",
        IsTerminating = true,
    };

    /// <summary>What was said about credentials is incomplete, or of the wrong kind.</summary>
    public static FanOutException InvalidCredentials(string problem) => new("InvalidParameter", ErrorCategory.InvalidArgument, null, problem)
    {
        Advice = "Give -AccessKey with -SecretKey (and -SessionToken), -Credential, or -ProfileName.",
        IsTerminating = true,
    };

    /// <summary>A role may not be assumed by who calls.</summary>
    /// <param name="role">The role.</param>
    /// <param name="identity">Who calls.</param>
    /// <param name="withExternalId">Whether an external id was sent; the id itself is not shown.</param>
    /// <param name="cause">The answer of STS.</param>
    public static FanOutException RoleDenied(string role, string identity, bool withExternalId, AmazonServiceException cause) => new(
        "AccessDenied", ErrorCategory.PermissionDenied, role, $"The role {role} cannot be assumed as {identity}: {Sentence(cause.Message)}", cause)
    {
        Advice = "Allow the caller sts:AssumeRole on the role, and let the role's trust policy allow the caller; "
            + (withExternalId ? "compare the external id with its sts:ExternalId condition." : "it may ask for an external id (sts:ExternalId), and none was given."),
        RequestId = cause.RequestId,
        AwsErrorCode = cause.ErrorCode,
    };

    /// <summary>No region was found anywhere.</summary>
    public static FanOutException RegionMissing(string tried) => new(
        "RegionMissing", ErrorCategory.InvalidArgument, null, $"No AWS region was found. Tried, in this order: {tried}.")
    {
        Advice = "Give -Region, or set AWS_REGION.",
        IsTerminating = true,
    };

    /// <summary>A text that cannot be a region.</summary>
    /// <param name="where">Who says so: <c>-Region</c>, <c>AWS_REGION</c>.</param>
    /// <param name="region">The text.</param>
    public static FanOutException InvalidRegion(string where, string region) => new(
        "InvalidParameter", ErrorCategory.InvalidArgument, region, $"'{region}' ({where}) is not the name of an AWS region, such as eu-west-1.")
    {
        Advice = "Tab completion of -Region shows the regions.",
    };

    /// <summary>A text that cannot be an endpoint.</summary>
    /// <param name="where">Who says so: <c>-EndpointUrl</c>, <c>AWS_ENDPOINT_URL</c>.</param>
    /// <param name="endpoint">The text.</param>
    public static FanOutException InvalidEndpoint(string where, string endpoint) => new(
        "InvalidParameter", ErrorCategory.InvalidArgument, endpoint, $"'{endpoint}' ({where}) is not the URL of an endpoint, such as http://127.0.0.1:4566.");

    /// <summary>A parameter's value makes no sense.</summary>
    public static FanOutException InvalidParameter(string parameter, object? value, string problem) => new(
        "InvalidParameter", ErrorCategory.InvalidArgument, value, $"-{parameter} {problem}");

    /// <summary>The function is not there.</summary>
    public static FanOutException FunctionNotFound(string function, string region, string identity, AmazonServiceException? cause = null) => new(
        "FunctionNotFound", ErrorCategory.ObjectNotFound, function, $"There is no Lambda function '{function}' in {region} (looked up as {identity}).", cause)
    {
        Advice = "Give -FunctionName and -Region of the function that fans out.",
        RequestId = cause?.RequestId,
        AwsErrorCode = cause?.ErrorCode,
    };

    /// <summary>The table of mappings is not there.</summary>
    public static FanOutException TableNotFound(string table, string region, string identity, AmazonServiceException? cause = null) => new(
        "TableNotFound", ErrorCategory.ObjectNotFound, table, $"There is no DynamoDB table '{table}' in {region} (looked up as {identity}).", cause)
    {
        Advice = "Give -FunctionName or -TableName, and -Region, of a function that is deployed.",
        RequestId = cause?.RequestId,
        AwsErrorCode = cause?.ErrorCode,
    };

    /// <summary>The mapping is not there.</summary>
    public static FanOutException TargetNotFound(string id, string sourceArn, string table, string region, string identity) => new(
        "TargetNotFound", ErrorCategory.ObjectNotFound, id, $"There is no target '{id}' of {sourceArn} in the table {table} in {region} (looked up as {identity}).")
    {
        Advice = "Get-FanOutTarget lists those that are there.",
    };

    /// <summary>The mapping is there already.</summary>
    public static FanOutException TargetExists(string id, string sourceArn, string table) => new(
        "TargetExists", ErrorCategory.ResourceExists, id, $"The target '{id}' of {sourceArn} exists already in the table {table}.")
    {
        Advice = "Set-FanOutTarget changes it, -Force replaces it.",
    };

    /// <summary>A row that is no mapping.</summary>
    public static FanOutException InvalidMapping(string id, string sourceArn, string reason) => new(
        "InvalidMapping", ErrorCategory.InvalidData, id, $"The target '{id}' of {sourceArn} is not a valid mapping: {Sentence(reason)}")
    {
        Advice = "The function fails the records of this source as long as the row is active. Register-FanOutTarget -Force replaces it, Unregister-FanOutTarget deletes it.",
    };

    /// <summary>Settings of a mapping that the function would not take.</summary>
    public static FanOutException InvalidSettings(string? id, string reason) => new(
        "InvalidParameter", ErrorCategory.InvalidArgument, id, $"The target cannot be registered so: {Sentence(reason)}");

    /// <summary>A change without a new value.</summary>
    public static FanOutException NothingToChange(string id) => new(
        "InvalidParameter", ErrorCategory.InvalidArgument, id, $"No new setting was given for the target '{id}'.")
    {
        Advice = "Settings come by parameters, such as -Collapse none; those of piped objects are not taken.",
    };

    /// <summary>The destination does not have the form of its type.</summary>
    /// <param name="shown">The destination without its secrets.</param>
    /// <param name="problem">What is wrong and what is allowed.</param>
    public static FanOutException InvalidDestination(string shown, string problem) => new(
        "InvalidDestination", ErrorCategory.InvalidArgument, shown, $"The destination '{shown}' cannot be used: {Sentence(problem)}");

    /// <summary>What the destination names does not exist.</summary>
    public static FanOutException DestinationNotFound(string what, string name, string region, string identity, string advice, AmazonServiceException? cause = null) => new(
        "DestinationNotFound", ErrorCategory.ObjectNotFound, name, $"There is no {what} '{name}' in {region} (looked up as {identity}).", cause)
    {
        Advice = advice,
        RequestId = cause?.RequestId,
        AwsErrorCode = cause?.ErrorCode,
    };

    /// <summary>What the destination names exists, but has no address yet.</summary>
    public static FanOutException DestinationNotReady(string what, string name, string? status, string region) => new(
        "DestinationNotReady", ErrorCategory.ResourceUnavailable, name, $"The {what} '{name}' in {region} has no endpoint yet{(status is null ? "" : $"; it is {status}")}.")
    {
        Advice = "It is still being made: try again in a while.",
    };

    /// <summary>Records sent there would come back.</summary>
    public static FanOutException DestinationIsSource(string shown, string sourceArn) => new(
        "InvalidDestination", ErrorCategory.InvalidArgument, shown, $"The destination '{shown}' is the source {sourceArn} itself: each record would come back for ever.");

    /// <summary>The source is not there.</summary>
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

    /// <summary>Neither a name with its type nor an ARN.</summary>
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

    /// <summary>A topic is not read, it pushes.</summary>
    public static FanOutException SourceNotReadable(string sourceArn, string functionArn, string region) => new(
        "InvalidParameter", ErrorCategory.InvalidArgument, sourceArn,
        $"{sourceArn} is not a stream that Lambda could read: a topic calls the functions that are subscribed to it.")
    {
        Advice = $"Subscribe the function: aws sns subscribe --region {region} --topic-arn {sourceArn} --protocol lambda --notification-endpoint {functionArn}; and let the topic call it: "
            + $"aws lambda add-permission --region {region} --function-name {functionArn} --statement-id fanout-sns --action lambda:InvokeFunction --principal sns.amazonaws.com --source-arn {sourceArn}",
    };

    /// <summary>An event source mapping did not come into the state that was waited for.</summary>
    public static FanOutException SourceNotReady(string sourceArn, string wanted, string? state, string? reason, TimeSpan waited) => new(
        "SourceNotReady", ErrorCategory.OperationTimeout, sourceArn,
        $"The event source mapping of {sourceArn} is {state ?? "gone"} after {waited.TotalSeconds:0} s, not {wanted}{(string.IsNullOrEmpty(reason) ? "" : $" ({reason})")}.")
    {
        Advice = "The change goes on: Get-FanOutSource shows how far it is, -WaitTimeout waits longer.",
    };

    /// <summary>A change of the function did not come to its end.</summary>
    public static FanOutException FunctionNotActive(string function, string? state, string? update, TimeSpan waited) => new(
        "FunctionNotActive", ErrorCategory.OperationTimeout, function,
        $"The function {function} is still changing after {waited.TotalSeconds:0} s: state {state ?? "unknown"}, last update {update ?? "unknown"}.")
    {
        Advice = "Get-FanOutFunction shows how far it is, -WaitTimeout waits longer.",
    };

    /// <summary>A change of the function came to a bad end.</summary>
    public static FanOutException FunctionUpdateFailed(string function, string reason) => new(
        "FunctionUpdateFailed", ErrorCategory.InvalidResult, function, $"The function {function} could not be updated: {Sentence(reason)}");

    /// <summary>Variables that cannot be read cannot be kept either when one of them is set.</summary>
    public static FanOutException VariablesUnreadable(string function, EnvironmentError error, string? key, string identity) => new(
        "VariablesUnreadable", ErrorCategory.PermissionDenied, function,
        $"The environment variables of the function {function} cannot be read as {identity}, so none can be set without losing the others: "
        + $"{Sentence(error.Message ?? error.ErrorCode ?? "Lambda does not say why")}")
    {
        Advice = $"Ask for kms:Decrypt on {key ?? "the key of the function's variables"}.",
        AwsErrorCode = error.ErrorCode,
    };

    /// <summary>A role's permissions have no room in the policies that it may have.</summary>
    public static FanOutException PolicyTooLarge(string role, int size, int most) => new(
        "PolicyTooLarge", ErrorCategory.LimitsExceeded, role,
        $"The permissions of {role} have {size:N0} characters; the policies of one role may have {most:N0}.")
    {
        Advice = "Let several targets share a role of their own (-DestinationRoleArn), or divide them among several functions.",
    };

    /// <summary>A function of that name is there, and it is somebody else's.</summary>
    public static FanOutException FunctionNotFanOut(string function, string region, string? runtime) => new(
        "FunctionNotFanOut", ErrorCategory.ResourceExists, function,
        $"The function {function} in {region} ({runtime ?? "a container image"}) does not look like a fan-out function: it has neither the module's tag nor a variable {Sources.FunctionVariables.Prefix}….")
    {
        Advice = "Give another -FunctionName; -Force replaces its code.",
    };

    /// <summary>There is no package that the function could be made of.</summary>
    /// <param name="file">The file.</param>
    /// <param name="isOwn">Whether the user named it; else it should be in the module.</param>
    public static FanOutException PackageNotFound(string file, bool isOwn) => new(
        "PackageNotFound", ErrorCategory.ObjectNotFound, file, isOwn ? $"There is no package {file}." : $"The module holds no package {file}.")
    {
        Advice = isOwn ? "Give the path of a zip with the program bootstrap." : "Build it ('dotnet publish Function', README.md), choose another -Architecture or -Runtime, or give -PackagePath.",
    };

    /// <summary>A table is not ready for the next change.</summary>
    public static FanOutException TableNotActive(string table, string? status, TimeSpan waited) => new(
        "TableNotActive", ErrorCategory.OperationTimeout, table, $"The table {table} is {status ?? "gone"} after {waited.TotalSeconds:0} s, not ACTIVE.")
    {
        Advice = "Run the command again: what is done is not done twice. -WaitTimeout waits longer.",
    };

    private static FanOutException OfService(AmazonServiceException error, object? target, string? identity)
    {
        (string id, ErrorCategory category, string? advice) = (error.StatusCode, error.ErrorCode ?? "") switch
        {
            (_, "ExpiredToken" or "ExpiredTokenException" or "UnrecognizedClientException" or "InvalidClientTokenId" or "InvalidSignatureException"
                or "SignatureDoesNotMatch" or "IncompleteSignature" or "MissingAuthenticationToken" or "MissingAuthenticationTokenException" or "AuthFailure") =>
                ("CredentialsMissing", ErrorCategory.AuthenticationError, "Sign on again ('aws sso login'), or give other credentials."),
            (HttpStatusCode.Forbidden, _) or (_, "AccessDenied" or "AccessDeniedException" or "AuthorizationError" or "AuthorizationErrorException" or "UnauthorizedOperation"
                or "NotAuthorized" or "KMSAccessDeniedException") =>
                ("AccessDenied", ErrorCategory.PermissionDenied, "Ask for that permission, or give other credentials with -ProfileName."),
            ((HttpStatusCode)429, _) or (_, "Throttling" or "ThrottlingException" or "TooManyRequestsException" or "ProvisionedThroughputExceededException"
                or "RequestLimitExceeded" or "LimitExceededException" or "ThrottledException" or "RequestThrottled") =>
                ("Throttled", ErrorCategory.LimitsExceeded, "Try again in a while."),
            (HttpStatusCode.NotFound, _) or (_, "ResourceNotFoundException" or "NotFound" or "NotFoundException" or "QueueDoesNotExist"
                or "AWS.SimpleQueueService.NonExistentQueue" or "NoSuchEntity") =>
                ("ResourceNotFound", ErrorCategory.ObjectNotFound, null),
            (_, "ResourceConflictException" or "ResourceInUseException" or "PreconditionFailedException") =>
                ("ResourceBusy", ErrorCategory.ResourceBusy, "Somebody else changes it right now: try again in a while."),
            (_, "ValidationException" or "InvalidParameterValueException" or "InvalidParameter" or "InvalidParameterValue" or "InvalidArgumentException"
                or "InvalidRequestContentException" or "InvalidInput") =>
                ("InvalidParameter", ErrorCategory.InvalidArgument, null),
            _ => ("ServiceFailure", ErrorCategory.ConnectionError, null),
        };
        string who = identity is null ? "" : $", as {identity}";
        string code = string.IsNullOrEmpty(error.ErrorCode) ? $"HTTP {(int)error.StatusCode}" : error.ErrorCode;
        string request = string.IsNullOrEmpty(error.RequestId) ? "" : $"; request {error.RequestId}";
        return new FanOutException(id, category, target, $"{Sentence(error.Message)} ({code}{request}{who})", error)
        {
            Advice = advice,
            RequestId = error.RequestId,
            AwsErrorCode = error.ErrorCode,
        };
    }

    private static string Sentence(string text) => text.TrimEnd() is [.., not ('.' or '!' or '?')] open ? open + "." : text.TrimEnd();
}
