using FanOut.Aws.StepFunctions;
using FanOut.Engine.Mappings;

namespace FanOut.Inspection.Resources;

/// <summary>Looks at a state machine of Step Functions.</summary>
internal static class InspectStateMachine
{
    /// <summary>What is known of it; like <see cref="InspectQueue.OfAsync"/>.</summary>
    public static async Task<ResourceFacts> OfAsync(Viewer viewer, string check, StateMachineDestination machine, CancellationToken cancellationToken)
    {
        AmazonStepFunctionsClient states = viewer.Session.Client(AmazonStepFunctionsClient.Service, static (c, s) => new AmazonStepFunctionsClient(c, s));
        Seen<DescribeStateMachineResponse> seen = await Look.AtAsync(viewer.Session, async () => (DescribeStateMachineResponse?)await states.DescribeStateMachineAsync(
            new DescribeStateMachineRequest { StateMachineArn = $"{machine.Arn}" }, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        if (seen.Value is not { } found)
        {
            return new ResourceFacts(viewer.NotThere(
                check, "state machine", $"{machine.Arn}", seen, "states:DescribeStateMachine", "Make it, or give another -Destination.")) { Arn = $"{machine.Arn}" };
        }

        string what = $"The state machine {machine.Arn} is {found.Status ?? "there"}, {found.Type}.{(machine.Qualifier is null ? "" : $" Whether it has {machine.Qualifier} was not looked at.")}";
        return new ResourceFacts(found.Status == "DELETING" ? Finding.Fail(check, what, "Give another -Destination.")
            : found.Type == "EXPRESS" ? Finding.Pass(check, $"{what} Of a record that is sent twice it runs two executions: only standard ones tell by the name.")
            : Finding.Pass(check, what))
        {
            Arn = $"{machine.Arn}",
            Encryption = found.KmsKeyId is { Length: > 0 } key ? $"The state machine is encrypted with {key}. Whether that asks a permission of who starts executions is not known here."
                : "The state machine is encrypted with AWS's own key, which needs no permission.",
        };
    }
}
