using System.Globalization;
using System.Text;
using FanOut.Aws.Protocols;
using FanOut.Aws.S3;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;

namespace FanOut.Engine.DeadLetters;

/// <summary>A prefix in an S3 bucket: an object of one envelope per line for each call.</summary>
/// <remarks>
/// <para><c>prefix/mapping/2026/11/25/16/first-last-digest.ndjson</c>: the hour in UTC, the sequence numbers of the first and the last record, and a
/// digest of all records and of who could not deliver them where. So an object that is sent again, because it may not have arrived, replaces itself,
/// and never anything else: the ids of two mappings may be equal in a path, and several functions may share a prefix.</para>
/// </remarks>
internal sealed class DeadLetterBucket(
    BucketDestination bucket, AmazonS3Client client, Mapping mapping, MessageLabels labels, DeadLetterWriter letters, TimeProvider time)
    : DeadLetterTarget(letters, new Limits(MostEnvelopes, long.MaxValue, ObjectBytes))
{
    /// <summary>A line feed ends each envelope.</summary>
    public const int LineBytes = 1;

    private const int LongestPart = 128;

    // 128 bits in hex: enough that no two objects have the same by chance.
    private const int DigestLength = 32;

    // An object is built in memory, of which the function may have as little as 128 MB.
    private const int ObjectBytes = 5_000_000;

    // An event has no more records: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html; aggregates may hold more.
    private const int MostEnvelopes = 10_000;

    public override CallOrder CallOrder => CallOrder.AsOne;

    public override int AtATime => 1;

    public override string Action => "s3:PutObject";

    protected override ReadOnlySpan<byte> Separator => "\n"u8;

    protected override async Task<Receipt> SendAsync(RequestBody room, ReadOnlyMemory<byte>[] envelopes, Undelivered[] of, CancellationToken cancellationToken)
    {
        var request = new PutObjectRequest { BucketName = bucket.Bucket, Key = KeyOf(of), Body = room, ContentType = "application/x-ndjson" };
        PutObjectResponse response = await client.PutObjectAsync(request, cancellationToken).ConfigureAwait(false);
        return response.ETag is { Length: > 0 } ? Receipt.AllTaken : throw new UntrustworthyAnswerException("PutObject answered without an ETag.");
    }

    private string KeyOf(Undelivered[] of)
    {
        string digest = Encoding.ASCII.GetString(labels.DigestOf(of).Span[..DigestLength]);
        string name = $"{Part(labels.PositionOf(of[0]))}-{Part(labels.PositionOf(of[^1]))}-{digest}.ndjson";
        string hour = time.GetUtcNow().UtcDateTime.ToString("yyyy'/'MM'/'dd'/'HH", CultureInfo.InvariantCulture);
        return (bucket.Prefix.Length == 0 ? "" : bucket.Prefix + "/") + $"{Part(mapping.Id)}/{hour}/{name}";
    }

    // Makes a part of a path that needs no encoding and is neither "." nor "..".
    private static string Part(string text)
    {
        char[] part = text.ToCharArray(0, Math.Min(text.Length, LongestPart));
        for (int i = 0; i < part.Length; i++)
        {
            part[i] = char.IsAsciiLetterOrDigit(part[i]) || part[i] is '-' or '_' or '.' ? part[i] : '_';
        }

        string safe = new(part);
        return safe.Trim('.').Length == 0 ? new string('_', Math.Max(1, safe.Length)) : safe;
    }
}
