using FanOut.Aws.Kinesis;
using FanOut.Credentials;
using FanOut.Errors;

namespace FanOut.Destinations;

/// <summary>Finds a Kinesis stream by its name.</summary>
internal static class FindStream
{
    private const int KiB = 1024;

    /// <summary>The stream's ARN and the size limit of its records.</summary>
    public static async Task<FoundDestination> ByNameAsync(AwsSession session, string name, CancellationToken cancellationToken)
    {
        AmazonKinesisClient kinesis = session.Client(AmazonKinesisClient.Service, (c, s) => new AmazonKinesisClient(c, s));
        try
        {
            DescribeStreamSummaryResponse response =
                await kinesis.DescribeStreamSummaryAsync(new DescribeStreamSummaryRequest { StreamName = name }, cancellationToken).ConfigureAwait(false);
            StreamDescriptionSummary stream = response.StreamDescriptionSummary!;
            return new FoundDestination(stream.StreamARN!, stream.MaxRecordSizeInKiB * KiB);
        }
        catch (AmazonKinesisException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            throw FanOutError.DestinationNotFound("Kinesis stream", name, session.Region, session.Identity, "Give the stream's ARN to register it without a look-up.", e);
        }
    }
}
