using FanOut.Aws.Lambda;
using FanOut.Deployment;
using FanOut.Engine.Mappings;
using FanOut.Inspection.Policies;

namespace FanOut.Inspection.Resources;

/// <summary>Looks at a Lambda function that records are sent to.</summary>
internal static class InspectInvoked
{
    /// <summary>What is known of it; like <see cref="InspectQueue.OfAsync"/>.</summary>
    public static async Task<ResourceFacts> OfAsync(Viewer viewer, string check, string arn, FunctionDestination function, CancellationToken cancellationToken)
    {
        Seen<FunctionConfiguration> seen = await Look.AtAsync(viewer.Session, async () => (FunctionConfiguration?)await viewer.Session.Lambda().GetFunctionConfigurationAsync(
            new GetFunctionConfigurationRequest { FunctionName = function.FunctionName, Qualifier = function.Qualifier }, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        if (seen.Value is not { } configuration)
        {
            return new ResourceFacts(viewer.NotThere(check, "function", arn, seen, "lambda:GetFunctionConfiguration", "Publish that function, or give another -Destination.")) { Arn = arn };
        }

        string what = $"The function {arn} is {configuration.State ?? "there"}{(configuration.StateReason is { Length: > 0 } reason ? $" ({reason.TrimEnd('.')})" : "")}.";
        string look = $"aws lambda get-function-configuration --function-name {arn} --region {viewer.Session.Region}";
        if (viewer.IsOwner(configuration.FunctionArn))
        {
            return new ResourceFacts(Describe(check, configuration, what, look)) { Arn = arn };
        }

        // Who is of the function's own account needs nothing of its policy.
        Seen<GetFunctionPolicyResponse> policy = await Look.AtAsync(viewer.Session, async () => (GetFunctionPolicyResponse?)await viewer.Session.Lambda().GetPolicyAsync(
            new GetFunctionPolicyRequest { FunctionName = function.FunctionName, Qualifier = function.Qualifier }, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return new ResourceFacts(Describe(check, configuration, what, look))
        {
            Arn = arn,
            Policy = policy.Value?.Policy is { Length: > 0 } document ? IamDocument.Read($"the function {function.Name}'s policy", document) : null,
            IsPolicySeen = policy.Value is not null || policy.IsMissing,
        };
    }

    // An inactive function wakes when it is invoked: https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
    private static Finding Describe(string check, FunctionConfiguration configuration, string what, string look) => configuration switch
    {
        { State: "Failed" or "Pending" } => Finding.Fail(check, what, look),
        { LastUpdateStatus: "Failed" } => Finding.Warn(check, $"{what} Its last change failed: {configuration.LastUpdateStatusReason ?? configuration.LastUpdateStatusReasonCode}", look),
        _ => Finding.Pass(check, what),
    };
}
