using Amazon.Runtime;
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

        string what = $"The state machine {machine.Arn} is {found.Status ?? "there"}, {found.Type}.";
        Finding? absent = await QualifierAsync(viewer, check, states, machine, cancellationToken).ConfigureAwait(false);
        return new ResourceFacts(found.Status == "DELETING" ? Finding.Fail(check, what, "Give another -Destination.")
            : absent is not null ? absent with { Detail = $"{what} {absent.Detail}" }
            : found.Type == "EXPRESS" ? Finding.Pass(check, $"{what} Of a record that is sent twice it runs two executions: only standard ones tell by the name.")
            : Finding.Pass(check, what))
        {
            Arn = $"{machine.Arn}",
            Encryption = found.KmsKeyId is { Length: > 0 } key ? $"The state machine is encrypted with {key}. Whether that asks a permission of who starts executions is not known here."
                : "The state machine is encrypted with AWS's own key, which needs no permission.",
        };
    }

    // A state machine's version is described as itself, an alias has a call of its own.
    private static async Task<Finding?> QualifierAsync(Viewer viewer, string check, AmazonStepFunctionsClient states, StateMachineDestination machine, CancellationToken cancellationToken)
    {
        if (machine.Qualifier is not { } qualifier)
        {
            return null;
        }

        bool isVersion = qualifier.All(char.IsAsciiDigit);
        string noun = isVersion ? "version" : "alias";
        Seen<AmazonWebServiceResponse> seen = await Look.AtAsync(viewer.Session, async () => isVersion
            ? await states.DescribeStateMachineAsync(new DescribeStateMachineRequest { StateMachineArn = machine.Text }, cancellationToken).ConfigureAwait(false)
            : (AmazonWebServiceResponse?)await states.DescribeStateMachineAliasAsync(
                new DescribeStateMachineAliasRequest { StateMachineAliasArn = machine.Text }, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return seen.Value is not null ? null
            : seen.IsMissing ? Finding.Fail(check, $"It has no {noun} {qualifier}: no execution can be started by it.", $"aws stepfunctions list-state-machine-{(isVersion ? "versions" : "aliases")} --state-machine-arn {machine.Arn} --region {viewer.Session.Region}")
            : seen.NotSeen(check, $"Whether it has the {noun} {qualifier}", isVersion ? "states:DescribeStateMachine" : "states:DescribeStateMachineAlias");
    }
}
