using System.Runtime.CompilerServices;
using FanOut.Aws.S3;
using FanOut.Credentials;

namespace FanOut.DeadLetters;

/// <summary>Lists and reads a bucket's objects.</summary>
/// <param name="session">Who reads, in the bucket's region.</param>
/// <param name="bucket">The bucket's name.</param>
internal sealed class BucketObjects(AwsSession session, string bucket)
{
    // Of an object so much is read at once: an answer is in memory twice, and may have 8 MB.
    private const int PartBytes = 1_000_000;

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

    /// <summary>Reads an object, part by part, all of the same one: one that is replaced meanwhile is read anew.</summary>
    /// <param name="found">The object.</param>
    /// <param name="data">Gets its bytes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The object's ETag; null: it is gone.</returns>
    public async Task<string?> ReadAsync(S3ObjectSummary found, FileMemory data, CancellationToken cancellationToken)
    {
        string? etag = null;
        var request = new GetObjectRequest { BucketName = bucket, Key = found.Key, Into = data };
        data.Clear();
        try
        {
            long part;
            do
            {
                request.Range = (data.Length, data.Length + PartBytes - 1);
                request.IfMatch = etag;
                GetObjectResponse answer = await Client.GetObjectAsync(request, cancellationToken).ConfigureAwait(false);
                etag ??= answer.ETag ?? throw new InvalidDataException($"The answer to the reading of {found.Key} has no ETag, as if it came from something else than S3.");
                part = answer.ContentLength;
            }
            while (part == PartBytes);
            return etag;
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchKey")
        {
            return null;
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "PreconditionFailed")
        {
            return await ReadAsync(found, data, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "InvalidRange")
        {
            // It is empty, or ends where a part ends.
            return etag ?? found.ETag;
        }
    }
}
