using System.Diagnostics.CodeAnalysis;
using FanOut.LocalCloud.Faults;

namespace FanOut.LocalCloud.Policies;

/// <summary>The errors for access denied, with each service's code and AWS's sentence (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html).</summary>
internal static class AccessDenial
{
    /// <summary>The answer to a call whose signer's role does not allow it.</summary>
    /// <param name="dialect">The service whose form of errors is used, see <see cref="Wire.ErrorAnswer.DialectOf"/>.</param>
    /// <param name="principalArn">The signer.</param>
    /// <param name="request">The action and resource that are not allowed.</param>
    /// <param name="decision">Whether it is denied explicitly, or only not allowed.</param>
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

    // SNS writes its name in capitals, SQS writes the whole action in lower case.
    [SuppressMessage("Globalization", "CA1308", Justification = "As the service writes it.")]
    private static string Spelled(string dialect, string action) => dialect switch
    {
        "sns" => "SNS" + action[action.IndexOf(':', StringComparison.Ordinal)..],
        "sqs" => action.ToLowerInvariant(),
        _ => action,
    };
}
