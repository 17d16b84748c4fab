using System.Runtime.CompilerServices;
using FanOut.Aws.S3;
using FanOut.Credentials;

namespace FanOut.DeadLetters;

/// <summary>Lists and reads a bucket's objects.</summary>
/// <param name="session">Who reads, in the bucket's region.</param>
/// <param name="bucket">The bucket's name.</param>
internal sealed class BucketObjects(AwsSession session, string bucket)
{
    // Of an object so much is read at once: an answer may have 8 MB.
    private const int PartBytes = 4 * 1024 * 1024;

    /// <summary>Calls S3.</summary>
    public AmazonS3Client Client { get; } = session.Client(AmazonS3Client.Service, static (c, s) => new AmazonS3Client(c, s));

    /// <summary>The objects whose keys begin with a prefix, in the order of their keys.</summary>
    public async IAsyncEnumerable<S3ObjectSummary> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix };
        do
        {
            ListObjectsV2Response page = await Client.ListObjectsV2Async(request, cancellationToken).ConfigureAwait(false);
            foreach (S3ObjectSummary found in page.Contents ?? [])
            {
                yield return found;
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
    }

    /// <summary>An object's bytes, part by part, all of the same object: one that is replaced meanwhile is read anew. Null: it is gone.</summary>
    public async Task<(string ETag, byte[] Data)?> GetAsync(S3ObjectSummary found, CancellationToken cancellationToken)
    {
        string? etag = null;
        using var data = new MemoryStream((int)Math.Clamp(found.Size, 0, int.MaxValue / 2));
        try
        {
            while (true)
            {
                GetObjectResponse part = await Client.GetObjectAsync(
                    new GetObjectRequest { BucketName = bucket, Key = found.Key, Range = (data.Length, data.Length + PartBytes - 1), IfMatch = etag }, cancellationToken).ConfigureAwait(false);
                etag ??= part.ETag ?? throw new InvalidDataException($"The answer to the reading of {found.Key} has no ETag, as if it came from something else than S3.");
                data.Write(part.Data.Span);
                if (part.Data.Length < PartBytes)
                {
                    return (etag, Whole(data));
                }
            }
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchKey")
        {
            return null;
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "PreconditionFailed")
        {
            return await GetAsync(found, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "InvalidRange")
        {
            // It is empty, or ends where a part ends.
            return (etag ?? found.ETag, data.ToArray());
        }
    }

    // Without a copy, if the object has the size that the list told.
    private static byte[] Whole(MemoryStream data) => data.GetBuffer() is var buffer && buffer.Length == data.Length ? buffer : data.ToArray();
}
