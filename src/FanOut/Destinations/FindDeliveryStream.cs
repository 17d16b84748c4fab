using FanOut.Aws.Firehose;
using FanOut.Credentials;
using FanOut.Errors;

namespace FanOut.Destinations;

/// <summary>Finds a Firehose delivery stream by its name.</summary>
internal static class FindDeliveryStream
{
    /// <summary>The delivery stream's ARN.</summary>
    public static async Task<FoundDestination> ByNameAsync(AwsSession session, string name, CancellationToken cancellationToken)
    {
        AmazonKinesisFirehoseClient firehose = session.Client(AmazonKinesisFirehoseClient.Service, (c, s) => new AmazonKinesisFirehoseClient(c, s));
        try
        {
            DescribeDeliveryStreamResponse response =
                await firehose.DescribeDeliveryStreamAsync(new DescribeDeliveryStreamRequest { DeliveryStreamName = name }, cancellationToken).ConfigureAwait(false);
            return new FoundDestination(response.DeliveryStreamDescription!.DeliveryStreamARN!);
        }
        catch (AmazonKinesisFirehoseException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            throw FanOutError.DestinationNotFound(
                "Firehose delivery stream", name, session.Region, session.Identity, "Give the delivery stream's ARN to register it without a look-up.", e);
        }
    }
}
