using System.Management.Automation;
using Amazon.Runtime;
using FanOut.Credentials;

namespace FanOut.Errors;

// Credentials, regions and endpoints.
internal static partial class FanOutError
{
    /// <summary>No credentials were found anywhere.</summary>
    public static FanOutException CredentialsMissing(string tried, Exception? cause) => new(
        "CredentialsMissing", ErrorCategory.AuthenticationError, null, $"No AWS credentials were found. Tried, in this order: {tried}.", cause)
    {
        Advice = "Give -ProfileName, or -AccessKey and -SecretKey, or set AWS_PROFILE.",
        IsTerminating = true,
    };

    /// <summary>The named profile is not in the shared files. No other profile is tried instead: it might belong to another account.</summary>
    public static FanOutException ProfileNotFound(string profile, string files, IReadOnlyList<string> known) => new(
        "ProfileNotFound", ErrorCategory.AuthenticationError, profile, $"The profile '{profile}' does not exist in {files}.")
    {
        Advice = known.Count > 0
            ? $"{(Nearest.Near(profile, known) is { } nearest ? $"The nearest is '{nearest}'. " : "")}There are {string.Join(", ", known.Select(static k => $"'{k}'"))}."
            : "There is no profile at all: 'aws configure' or 'aws configure sso' makes one.",
        IsTerminating = true,
    };

    /// <summary>The id of <see cref="CredentialFileInvalid"/> and <see cref="CredentialFileUnreadable"/>.</summary>
    public const string CredentialFileId = "CredentialFileInvalid";

    /// <summary>A line of a shared config or credentials file cannot be understood. What the line says is not shown: it may be a secret.</summary>
    /// <param name="file">The file.</param>
    /// <param name="line">The line, counted from 1.</param>
    /// <param name="problem">What is wrong with it, after "Line 1 of the file".</param>
    public static FanOutException CredentialFileInvalid(string file, int line, string problem) => new(
        "CredentialFileInvalid", ErrorCategory.AuthenticationError, file, $"Line {line} of {file} {Sentence(problem)}")
    {
        Advice = $"Mend the line, and run the command again. {WithoutFile}",
        IsTerminating = true,
    };

    /// <summary>A shared config or credentials file cannot be read at all.</summary>
    public static FanOutException CredentialFileUnreadable(string file, Exception cause) => new(
        "CredentialFileInvalid", ErrorCategory.AuthenticationError, file, $"{file} cannot be read: {Sentence(cause.Message)}", cause)
    {
        Advice = $"Look at its permissions, or name another with AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE. {WithoutFile}",
        IsTerminating = true,
    };

    private const string WithoutFile = "With -AccessKey, -SecretKey, -Region and -EndpointUrl, or their variables, no file is read.";

    /// <summary>A profile exists, but gives no credentials.</summary>
    public static FanOutException ProfileUnusable(string profile, string problem, string? advice = null, Exception? cause = null) => new(
        "CredentialsMissing", ErrorCategory.AuthenticationError, profile, $"The profile '{profile}' gives no credentials: {Sentence(problem)}", cause)
    {
        Advice = advice,
        IsTerminating = true,
    };

    /// <summary>Credentials were found, but no keys could be got from them.</summary>
    /// <param name="whose">Where they come from: <c>-Credential</c>.</param>
    /// <param name="cause">What went wrong.</param>
    public static FanOutException CredentialsUnusable(string whose, Exception cause) => new(
        "CredentialsMissing", ErrorCategory.AuthenticationError, null, $"{whose} gives no credentials: {Sentence(cause.Message)}", cause)
    {
        Advice = "Give other credentials, for example with -ProfileName.",
        IsTerminating = true,
    };

    /// <summary>The parameters or variables with credentials are incomplete, or of the wrong kind.</summary>
    public static FanOutException InvalidCredentials(string problem) => new("InvalidParameter", ErrorCategory.InvalidArgument, null, problem)
    {
        Advice = "Give -AccessKey with -SecretKey (and -SessionToken), -Credential, or -ProfileName.",
        IsTerminating = true,
    };

    /// <summary>The caller may not assume a role.</summary>
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

    // These have no inner exception: AWSSDK looks for one that may pass, and would send the call again.

    /// <summary>An endpoint was set, and AWS's own ones are chosen among too.</summary>
    /// <param name="origin">Where the endpoint was set.</param>
    /// <param name="variant">What chooses.</param>
    public static FanOutException EndpointContradicted(string origin, string variant) => new(
        "InvalidParameter", ErrorCategory.InvalidArgument, origin, $"An endpoint comes from {origin}, and {variant} is true, which chooses among AWS's own endpoints.")
    {
        Advice = "Unset one of them: an emulator has no such endpoints.",
        IsTerminating = true,
    };

    /// <summary>An endpoint has not answered a call.</summary>
    /// <param name="name">The call and the endpoint.</param>
    /// <param name="waited">How long it was waited for.</param>
    public static FanOutException NoAnswer(EndpointName name, TimeSpan waited) => new(
        "NoAnswer", ErrorCategory.OperationTimeout, name.Endpoint,
        $"{name} has not answered the call {name.Call} within {waited.TotalSeconds:0} s. Whether the call has had an effect is not known.")
    {
        Advice = $"Check {Where(name)}, the network and proxies. -TimeoutSec waits longer, -Verbose shows each call.",
        IsTerminating = true,
    };

    /// <summary>No connection to an endpoint.</summary>
    /// <param name="name">The call and the endpoint.</param>
    /// <param name="reason">Why not.</param>
    /// <param name="innerException">What the connection said; null: nothing.</param>
    public static FanOutException EndpointUnreachable(EndpointName name, string reason, Exception? innerException = null) => new(
        "EndpointUnreachable", ErrorCategory.ConnectionError, name.Endpoint, $"{name} could not be reached for the call {name.Call}: {Sentence(reason)}", innerException)
    {
        Advice = $"Check {Where(name)}, the network and proxies.",
        IsTerminating = true,
    };

    /// <summary>An answer is longer than any of AWS.</summary>
    /// <param name="name">The call and the endpoint.</param>
    /// <param name="mostBytes">How many bytes were read of it.</param>
    public static FanOutException AnswerTooLarge(EndpointName name, long mostBytes) => new(
        "ServiceFailure", ErrorCategory.InvalidResult, name.Endpoint,
        $"{name} answers the call {name.Call} with more than {mostBytes:N0} bytes, as no service of AWS does. Whether the call has had an effect is not known.")
    {
        Advice = $"Check {Where(name)}: it may belong to something else than AWS.",
    };

    private static string Where(EndpointName name) => name.Origin is { } origin ? $"the endpoint, which comes from {origin}" : "the region";

    /// <summary>No region was found anywhere.</summary>
    public static FanOutException RegionMissing(string tried) => new(
        "RegionMissing", ErrorCategory.InvalidArgument, null, $"No AWS region was found. Tried, in this order: {tried}.")
    {
        Advice = "Give -Region, or set AWS_REGION.",
        IsTerminating = true,
    };

    /// <summary>A text that cannot be a region.</summary>
    /// <param name="where">Where the text comes from: <c>-Region</c>, <c>AWS_REGION</c>.</param>
    /// <param name="region">The text.</param>
    public static FanOutException InvalidRegion(string where, string region) => new(
        "InvalidParameter", ErrorCategory.InvalidArgument, region, $"'{region}' ({where}) is not the name of an AWS region, such as eu-west-1.")
    {
        Advice = "Tab completion of -Region shows the regions.",
    };

    /// <summary>A text that cannot be an endpoint.</summary>
    /// <param name="where">Where the text comes from: <c>-EndpointUrl</c>, <c>AWS_ENDPOINT_URL</c>.</param>
    /// <param name="endpoint">The text.</param>
    public static FanOutException InvalidEndpoint(string where, string endpoint) => new(
        "InvalidParameter", ErrorCategory.InvalidArgument, endpoint, $"'{endpoint}' ({where}) is not the URL of an endpoint, such as http://127.0.0.1:4566.");
}
