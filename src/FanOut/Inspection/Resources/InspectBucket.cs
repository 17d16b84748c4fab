using FanOut.Aws.S3;
using FanOut.Destinations;
using FanOut.Engine.Mappings;
using FanOut.Inspection.Policies;

namespace FanOut.Inspection.Resources;

/// <summary>Looks at a bucket, in which dead letters lie.</summary>
internal static class InspectBucket
{
    private sealed record BucketPlace(string Region);

    /// <summary>What is known of it; like <see cref="InspectQueue.OfAsync"/>.</summary>
    public static async Task<ResourceFacts> OfAsync(Viewer viewer, string check, BucketDestination bucket, string arn, CancellationToken cancellationToken)
    {
        Seen<BucketPlace> seen = await Look.AtAsync(viewer.Session, async () => (BucketPlace?)new BucketPlace(await FindBucket.RegionAsync(viewer.Session, bucket.Bucket, cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
        if (seen.Value is not { Region: var region })
        {
            return new ResourceFacts(viewer.NotThere(
                check, "bucket", arn, seen, "s3:GetBucketLocation", $"aws s3 mb s3://{bucket.Bucket} --region {viewer.Session.Region}")) { Arn = arn };
        }

        string expected = bucket.BucketRegion ?? viewer.Session.Region;
        Finding finding = region == expected
            ? Finding.Pass(check, $"The bucket {bucket.Bucket} is there, in {region}.")
            : Finding.Fail(check, $"The bucket {bucket.Bucket} is in {region}, and the function would send to {expected}.", $"Give s3://{bucket.Bucket}{(bucket.Prefix.Length > 0 ? $"/{bucket.Prefix}" : "")}?region={region} as -DeadLetter.");
        AmazonS3Client s3 = viewer.Session.In(region).Client(AmazonS3Client.Service, static (c, s) => new AmazonS3Client(c, s));
        Seen<GetBucketEncryptionResponse> encryption = await Look.AtAsync(viewer.Session, async () => (GetBucketEncryptionResponse?)await s3.GetBucketEncryptionAsync(
            new GetBucketEncryptionRequest { BucketName = bucket.Bucket }, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        Seen<GetBucketPolicyResponse> policy = await Look.AtAsync(viewer.Session, async () => (GetBucketPolicyResponse?)await s3.GetBucketPolicyAsync(
            new GetBucketPolicyRequest { BucketName = bucket.Bucket }, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        string? code = (policy.Error?.InnerException as AmazonS3Exception)?.ErrorCode;
        bool isSeen = policy.Value is not null || code == "NoSuchBucketPolicy";
        string? key = encryption.Value?.KMSMasterKeyID;
        return new ResourceFacts(finding)
        {
            Arn = arn,
            Key = key,
            Encryption = encryption.Value is null ? null : key is null ? "The bucket is encrypted with S3's own key, which needs no permission." : $"The bucket is encrypted with {key}.",
            Policy = policy.Value?.Policy is { Length: > 0 } document ? IamDocument.Read($"the bucket {bucket.Bucket}'s policy", document) : null,
            IsPolicySeen = isSeen,
            PolicyPermission = "s3:GetBucketPolicy",

            // Only the owner's account may look, and others are told so: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html
            IsOfOtherAccount = isSeen ? false : code == "MethodNotAllowed" ? true : null,
            IsOwnerUnknown = !isSeen,
            KeyNotSeen = encryption.Value is null ? encryption.NotSeen("Key", $"How the bucket {bucket.Bucket} is encrypted", "s3:GetEncryptionConfiguration") : null,
        };
    }
}
