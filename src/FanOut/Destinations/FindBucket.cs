using Amazon.Runtime;
using FanOut.Aws.S3;
using FanOut.Credentials;
using FanOut.Engine.Mappings;

namespace FanOut.Destinations;

/// <summary>Finds buckets.</summary>
internal static class FindBucket
{
    /// <summary>The code of the error that there is no such bucket.</summary>
    public const string NoneThere = "NoSuchBucket";

    /// <summary>The region of a bucket.</summary>
    /// <param name="session">Who asks.</param>
    /// <param name="bucket">Its name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="AmazonServiceException">There is none (<see cref="NoneThere"/>), or the caller may not ask (s3:GetBucketLocation).</exception>
    public static async Task<string> RegionAsync(AwsSession session, string bucket, CancellationToken cancellationToken)
    {
        // Of other regions' endpoints each knows its own buckets alone.
        AwsSession asked = Partition.OfRegion(session.Region) == Partition.Aws ? session.In("us-east-1") : session;
        return (await asked.Client(AmazonS3Client.Service, static (c, s) => new AmazonS3Client(c, s))
            .GetBucketLocationAsync(new GetBucketLocationRequest { BucketName = bucket }, cancellationToken).ConfigureAwait(false)).Region;
    }
}
