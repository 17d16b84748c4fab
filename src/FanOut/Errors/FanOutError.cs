using System.Management.Automation;
using System.Net;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using FanOut.Aws;

namespace FanOut.Errors;

/// <summary>
/// The catalogue of errors, each with its id, category and wording. This file has the errors of AWS; the other parts have the module's own, by
/// subject.
/// </summary>
internal static partial class FanOutError
{
    /// <summary>The error record of an exception.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="target">What the user was working on, for exceptions that do not say it themselves.</param>
    /// <param name="identity">Who called AWS, as messages show it.</param>
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

    /// <summary>Turns any exception into one of the catalogue.</summary>
    public static FanOutException Of(Exception exception, object? target, string? identity) => exception switch
    {
        FanOutException known => known,
        AmazonServiceException service => OfService(service, target, identity),
        AmazonClientException or HttpRequestException or IOException or TimeoutException or TaskCanceledException => new FanOutException(
            "ServiceFailure", ErrorCategory.ConnectionError, target, $"AWS could not be reached: {Sentence(exception.GetBaseException().Message)}", exception)
        {
            Advice = "Check the network, the region and the endpoint (-EndpointUrl, AWS_ENDPOINT_URL); -Verbose shows each call.",
        },
        _ => new FanOutException("ServiceFailure", ErrorCategory.NotSpecified, target, OutsideText.Cut(exception.Message), exception),
    };

    /// <summary>A parameter's value cannot be used.</summary>
    /// <param name="parameter">Its name.</param>
    /// <param name="value">Its value; null: it is a secret, or there is none.</param>
    /// <param name="problem">What is wrong, as the rest of a sentence.</param>
    /// <param name="advice">What to do about it; null: the problem says it.</param>
    public static FanOutException InvalidParameter(string parameter, object? value, string problem, string? advice = null) => new(
        "InvalidParameter", ErrorCategory.InvalidArgument, value, $"-{parameter} {problem}")
    {
        Advice = advice,
        Parameters = [parameter],
    };

    /// <summary>An environment variable has a value that cannot be used.</summary>
    /// <param name="variable">The variable's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="allowed">What it takes.</param>
    public static FanOutException InvalidVariable(string variable, string value, string allowed) => new(
        "InvalidParameter", ErrorCategory.InvalidArgument, variable, $"The environment variable {variable} is '{OutsideText.Cut(value)}'; it takes {allowed}.")
    {
        Advice = $"Set it to what it takes, or remove it: Remove-Item Env:{variable}",
        IsTerminating = true,
    };

    /// <summary>A piped object has nothing that the cmdlet takes.</summary>
    /// <param name="input">The object.</param>
    /// <param name="advice">What to do about it; null: what holds for all cmdlets.</param>
    public static FanOutException InputObjectNotBound(PSObject input, string? advice) => new(
        "InputObjectNotBound", ErrorCategory.InvalidArgument, input, $"The piped object '{input}' ({input.BaseObject.GetType().Name}) has no property with the name of a parameter.")
    {
        Advice = advice ?? "Pipe objects, such as those of Get-FanOutTarget and Import-Csv, or give parameters.",
    };

    /// <summary>A change must be confirmed, and there is nobody to ask.</summary>
    /// <param name="target">What is changed.</param>
    /// <param name="action">What is done to it.</param>
    /// <param name="cause">What the host said.</param>
    public static FanOutException ConfirmationImpossible(string target, string action, Exception cause) => new(
        "ConfirmationImpossible", ErrorCategory.InvalidOperation, target, $"\"{action}\" on {target} must be confirmed, and nobody can be asked here: nothing was changed.", cause)
    {
        Advice = "Give -Confirm:$false to do it without a question.",
        IsTerminating = true,
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
                ("AccessDenied", ErrorCategory.PermissionDenied, AdviceOnDenial(error.Message)),
            ((HttpStatusCode)429, _) or (_, "Throttling" or "ThrottlingException" or "TooManyRequestsException" or "ProvisionedThroughputExceededException"
                or "RequestLimitExceeded" or "LimitExceededException" or "ThrottledException" or "RequestThrottled") =>
                ("Throttled", ErrorCategory.LimitsExceeded, "Try again in a while."),
            (HttpStatusCode.NotFound, _) or (_, "ResourceNotFoundException" or "NotFound" or "NotFoundException" or "QueueDoesNotExist"
                or "AWS.SimpleQueueService.NonExistentQueue" or "NoSuchEntity") =>
                ("ResourceNotFound", ErrorCategory.ObjectNotFound, null),
            (_, "ResourceConflictException" or "ResourceInUseException" or "PreconditionFailedException") =>
                ("ResourceBusy", ErrorCategory.ResourceBusy, "It is being changed by somebody else: try again in a while."),
            (_, "ValidationException" or "InvalidParameterValueException" or "InvalidParameter" or "InvalidParameterValue" or "InvalidArgumentException"
                or "InvalidRequestContentException" or "InvalidInput") =>
                ("InvalidParameter", ErrorCategory.InvalidArgument, null),
            _ => ("ServiceFailure", ErrorCategory.ConnectionError, null),
        };
        string who = identity is null ? "" : $", as {identity}";
        string code = string.IsNullOrEmpty(error.ErrorCode) ? $"HTTP {(int)error.StatusCode}" : OutsideText.Cut(error.ErrorCode, OutsideText.MostOfWord);
        string request = string.IsNullOrEmpty(error.RequestId) ? "" : $"; request {OutsideText.Cut(error.RequestId, OutsideText.MostOfWord)}";
        return new FanOutException(id, category, target, $"{Sentence(error.Message)} ({code}{request}{who})", error)
        {
            Advice = advice,
            RequestId = error.RequestId is null ? null : OutsideText.Cut(error.RequestId, OutsideText.MostOfWord),
            AwsErrorCode = error.ErrorCode is null ? null : OutsideText.Cut(error.ErrorCode, OutsideText.MostOfWord),

            // The keys are the same for all objects.
            IsTerminating = id == "CredentialsMissing",
        };
    }

    // AWS names the action, and mostly the resource, as a policy has them: "User: arn:… is not authorized to perform: sqs:GetQueueUrl on resource: arn:… because no …".
    private static string AdviceOnDenial(string message) => Denied().Match(message) is { Success: true } denied
        ? $"Ask for this statement: {{\"Effect\":\"Allow\",\"Action\":\"{denied.Groups["action"].Value}\",\"Resource\":\"{(denied.Groups["resource"] is { Success: true } resource ? resource.Value : "*")}\"}}, "
            + "or give other credentials with -ProfileName. All that the cmdlets need is in docs/permissions.md."
        : "Ask for that permission (docs/permissions.md has all that the cmdlets need), or give other credentials with -ProfileName.";

    [GeneratedRegex(@"not authorized to perform: (?<action>[\w-]+:\w+)(?: on resource: ""?(?<resource>arn:[^\s""]+|\*)(?<!\.))?", RegexOptions.CultureInvariant)]
    private static partial Regex Denied();

    /// <summary>What others wrote, which may be of any length, as a sentence that another one can follow.</summary>
    public static string Sentence(string text) => OutsideText.Cut(text.TrimEnd()) is [.., not ('.' or '!' or '?')] open ? open + "." : OutsideText.Cut(text.TrimEnd());
}
