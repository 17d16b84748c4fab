using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Engine.Batching;
using FanOut.Engine.Faults;

namespace FanOut.Engine.Credentials;

/// <summary>A role cannot be assumed, so nothing can be sent to the targets that need it.</summary>
public sealed class AssumeRoleException : Exception
{
    /// <summary>Says which role, who asked, why not, and what to do.</summary>
    /// <param name="role">The role's ARN.</param>
    /// <param name="withExternalId">Whether an external id was sent; the id itself is not shown.</param>
    /// <param name="cause">The error of the call.</param>
    public AssumeRoleException(string role, bool withExternalId, Exception cause)
        : base(Describe(role, withExternalId, cause), cause)
    {
        Role = role;
        Caller = CallerOf(cause);
        var error = cause as AmazonServiceException;
        Code = error?.ErrorCode;
        RequestId = error?.RequestId;
        Retryable = error is null || Passes(error);
    }

    /// <summary>The role's ARN.</summary>
    public string Role { get; }

    /// <summary>The ARN of the caller, if STS named it.</summary>
    public string? Caller { get; }

    /// <summary>The error's code, such as <c>AccessDenied</c>; null: STS did not answer.</summary>
    public string? Code { get; }

    /// <summary>Id of the request, to look up in CloudTrail.</summary>
    public string? RequestId { get; }

    /// <summary>Whether it may succeed without anybody changing something: throttling, a server's error, no answer.</summary>
    public bool Retryable { get; }

    private static string Describe(string role, bool withExternalId, Exception cause)
    {
        if (cause is not AmazonServiceException error)
        {
            return $"Role {role} cannot be assumed: STS gave no answer. {OutsideText.Cut(cause.Message)} "
                + "In a VPC the function needs a route to STS: a NAT gateway or an interface endpoint.";
        }

        string caller = CallerOf(cause) ?? "the function's role";
        string advice = error.ErrorCode switch
        {
            "AccessDenied" or "AccessDeniedException" =>
                $"Allow {caller} sts:AssumeRole on the role, and let the role's trust policy allow {caller}; "
                + (withExternalId
                    ? "compare the mapping's externalId with the sts:ExternalId condition there."
                    : "if that asks for sts:ExternalId, set externalId on the mapping."),
            "RegionDisabledException" => "Activate STS for this region in the account settings of IAM.",
            "ValidationError" => "Check the mapping's role and externalId.",
            "ExpiredToken" or "ExpiredTokenException" or "InvalidClientTokenId" => "The function's own credentials are not accepted.",
            _ => "It is tried again with the next batch.",
        };
        return $"Role {role} cannot be assumed. {OutsideText.Cut(error.ErrorCode ?? "", OutsideText.MostOfWord)}: {OutsideText.Cut(error.Message)} "
            + $"(request {OutsideText.Cut(error.RequestId ?? "", OutsideText.MostOfWord)}) {advice}";
    }

    // "User: arn:aws:sts::123456789012:assumed-role/fanout/fanout is not authorized to perform: sts:AssumeRole on resource: …"
    private static string? CallerOf(Exception cause)
    {
        const string Before = "User: ";
        const string After = " is not authorized";
        int start = cause.Message.IndexOf(Before, StringComparison.Ordinal) is var at && at < 0 ? -1 : at + Before.Length;
        int end = start < 0 ? -1 : cause.Message.IndexOf(After, start, StringComparison.Ordinal);
        return end < 0 ? null : OutsideText.Cut(cause.Message[start..end], OutsideText.MostOfWord * 2);
    }

    private static bool Passes(AmazonServiceException error) => error.StatusCode == 0
        || ErrorClass.Of(Service.Sts, (int)error.StatusCode, error.ErrorCode ?? "", error.Message) is FailureClass.Refused or FailureClass.Ambiguous or FailureClass.Unknown;
}
