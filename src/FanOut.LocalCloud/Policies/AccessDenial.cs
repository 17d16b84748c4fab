using System.Diagnostics.CodeAnalysis;
using FanOut.LocalCloud.Faults;

namespace FanOut.LocalCloud.Policies;

/// <summary>Refusals in each service's own code and in AWS's sentence (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html).</summary>
internal static class AccessDenial
{
    /// <summary>The answer to a call whose signer's role does not allow it.</summary>
    /// <param name="dialect">Whose errors the service's look like, as in <see cref="Wire.ErrorAnswer.DialectOf"/>.</param>
    /// <param name="principalArn">The signer.</param>
    /// <param name="request">What was not allowed.</param>
    /// <param name="decision">Why.</param>
    public static ServiceException Of(string dialect, string principalArn, AccessRequest request, AccessDecision decision)
    {
        ServiceException denied = FaultErrors.AccessDenied(dialect);
        return new ServiceException(denied.Code, Sentence(principalArn, Spelled(dialect, request.Action), request.Resource, decision), denied.Status) { QueryCode = denied.QueryCode };
    }

    private static string Sentence(string principalArn, string action, string resource, AccessDecision decision)
    {
        string on = resource == "*" ? "" : $" on resource: {resource}";
        string why = decision == AccessDecision.ExplicitDeny
            ? "with an explicit deny in an identity-based policy"
            : $"because no identity-based policy allows the {action} action";
        return $"User: {principalArn} is not authorized to perform: {action}{on} {why}";
    }

    // SNS shouts its name, SQS whispers the whole action.
    [SuppressMessage("Globalization", "CA1308", Justification = "As the service writes it.")]
    private static string Spelled(string dialect, string action) => dialect switch
    {
        "sns" => "SNS" + action[action.IndexOf(':', StringComparison.Ordinal)..],
        "sqs" => action.ToLowerInvariant(),
        _ => action,
    };
}
