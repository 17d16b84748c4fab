using Amazon.SecurityToken.Model;
using FanOut.Aws.StepFunctions;
using FanOut.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Destinations;

/// <summary>Finds a state machine of Step Functions by its name.</summary>
internal static class FindStateMachine
{
    /// <summary>The state machine's ARN. Step Functions knows it by nothing else, so it is made of the name, and looked for.</summary>
    public static async Task<FoundDestination> ByNameAsync(AwsSession session, string name, CancellationToken cancellationToken)
    {
        AmazonStepFunctionsClient states = session.Client(AmazonStepFunctionsClient.Service, static (c, s) => new AmazonStepFunctionsClient(c, s));
        try
        {
            string account = (await session.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellationToken).ConfigureAwait(false)).Account;
            string arn = $"arn:{Partition.OfRegion(session.Region).Id}:states:{session.Region}:{account}:stateMachine:{name}";
            DescribeStateMachineResponse response =
                await states.DescribeStateMachineAsync(new DescribeStateMachineRequest { StateMachineArn = arn }, cancellationToken).ConfigureAwait(false);
            return new FoundDestination(response.StateMachineArn!);
        }
        catch (AmazonStepFunctionsException e) when (e.ErrorCode == "StateMachineDoesNotExist")
        {
            throw FanOutError.DestinationNotFound(
                "state machine", name, session.Region, session.Identity, "Give the state machine's ARN to register it without a look-up; a version or an alias is always given by its ARN.", e);
        }
    }
}
