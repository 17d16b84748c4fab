using FanOut.Aws.EventBridge;
using FanOut.Credentials;
using FanOut.Errors;

namespace FanOut.Destinations;

/// <summary>Finds an event bus of EventBridge by its name.</summary>
internal static class FindEventBus
{
    /// <summary>The event bus's ARN.</summary>
    public static async Task<FoundDestination> ByNameAsync(AwsSession session, string name, CancellationToken cancellationToken)
    {
        AmazonEventBridgeClient events = session.Client(AmazonEventBridgeClient.Service, static (c, s) => new AmazonEventBridgeClient(c, s));
        try
        {
            DescribeEventBusResponse response = await events.DescribeEventBusAsync(new DescribeEventBusRequest { Name = name }, cancellationToken).ConfigureAwait(false);
            return new FoundDestination(response.Arn!);
        }
        catch (AmazonEventBridgeException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            throw FanOutError.DestinationNotFound(
                "EventBridge event bus", name, session.Region, session.Identity, "Give the event bus's ARN to register it without a look-up; each account and region has the event bus default.", e);
        }
    }
}
