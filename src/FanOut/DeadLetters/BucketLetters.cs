using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Amazon.Runtime;
using FanOut.Aws.Protocols;
using FanOut.Aws.S3;
using FanOut.Credentials;
using FanOut.Engine.Mappings;

namespace FanOut.DeadLetters;

/// <summary>The letters in a bucket: FanOut's files of one envelope per line, and what Lambda puts there for each batch that it gives up.</summary>
/// <param name="session">Who reads, in the bucket's region.</param>
/// <param name="bucket">The bucket and the prefix.</param>
/// <param name="notBefore">Objects that were put before that are not read; null: all are.</param>
internal sealed class BucketLetters(AwsSession session, BucketDestination bucket, DateTimeOffset? notBefore) : ILetterBox
{
    // An event of Lambda has 6 MB, and somewhat more as a text in JSON; FanOut's files have 5 MB.
    private const long MostBytes = 64 * 1024 * 1024;

    private const int MostConflicts = 5;

    // aws/lambda/<event source mapping>/<shard>/2026/11/25/2026-11-25T16.00.00-<uuid>: https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
    private const string OfLambda = "aws/lambda/", OfFanOut = ".ndjson", OfOthers = ".json";

    private readonly BucketObjects _objects = new(session, bucket.Bucket);
    private readonly Dictionary<string, LetterFile> _files = [];
    private int _skipped;

    /// <inheritdoc/>
    public string Name => BucketDestination.Scheme + bucket.Bucket + (bucket.Prefix.Length == 0 ? "" : $"/{bucket.Prefix}");

    /// <inheritdoc/>
    public string Region => session.Region;

    /// <summary>The bucket and the prefix.</summary>
    public BucketDestination Bucket => bucket;

    /// <summary>The objects of the bucket.</summary>
    public BucketObjects Objects => _objects;

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => _skipped == 0 ? []
        : [$"{_skipped} of the objects in {Name} are no dead letters by their names, and were not read: those of FanOut end in {OfFanOut}, those of Lambda begin with {OfLambda}."];

    /// <summary>The objects that hold letters, in the order of their keys.</summary>
    public async IAsyncEnumerable<S3ObjectSummary> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _skipped = 0;
        bool isObject = bucket.Prefix.EndsWith(OfFanOut, StringComparison.Ordinal);
        await foreach (S3ObjectSummary found in _objects.ListAsync(bucket.Prefix.Length == 0 || isObject ? bucket.Prefix : bucket.Prefix + "/", cancellationToken).ConfigureAwait(false))
        {
            if (!HoldsLetters(found))
            {
                _skipped += found.Size > 0 ? 1 : 0;
            }
            else if (notBefore is null || found.LastModified is null || found.LastModified >= notBefore.Value.UtcDateTime)
            {
                yield return found;
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<StoredLetter>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (S3ObjectSummary found in ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await ReadAsync(found, cancellationToken).ConfigureAwait(false) is { } file)
            {
                _files[file.Key] = file;
                yield return file.Letters;
            }
        }
    }

    /// <inheritdoc/>
    public Task<long?> CountAsync(CancellationToken cancellationToken) => Task.FromResult<long?>(null);

    /// <inheritdoc/>
    public bool CountsAttempts => true;

    /// <inheritdoc/>
    public void EndRound() => _files.Clear();

    /// <inheritdoc/>
    public Task KeepHiddenAsync(TimeProvider time, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    /// <remarks>An object is replaced by what is left of it, or deleted where nothing is, only as long as it is the one that was read: so no letter is lost that others put there.</remarks>
    public async Task<IReadOnlyList<UnsettledLetter>> SettleAsync(IReadOnlyCollection<SettledLetter> letters, CancellationToken cancellationToken)
    {
        List<UnsettledLetter> left = [];
        foreach (IGrouping<string, SettledLetter> ofFile in letters.GroupBy(static l => l.Letter.ObjectKey!))
        {
            try
            {
                await SettleAsync(ofFile.Key, ofFile.DistinctBy(static l => LetterKey.Of(l.Letter)).ToDictionary(static l => LetterKey.Of(l.Letter)), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or OperationCanceledException)
            {
                left.AddRange(ofFile.Where(static l => l.Body is null).Select(l => new UnsettledLetter(l.Letter, e.Message)));
            }
        }

        return left;
    }

    private async Task SettleAsync(string key, Dictionary<string, SettledLetter> settled, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            LetterFile file = _files[key];
            StoredLetter[] left = [.. file.Letters.Select(l => After(l, settled)).OfType<StoredLetter>()];
            try
            {
                if (left.Length == 0)
                {
                    await _objects.Client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = bucket.Bucket, Key = key, IfMatch = file.ETag }, cancellationToken).ConfigureAwait(false);
                }
                else if (await ReplaceAsync(file, left, cancellationToken).ConfigureAwait(false) is { } etag)
                {
                    _files[key] = new LetterFile(key, etag, left);
                }

                return;
            }
            catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchKey")
            {
                // Somebody else has delivered all that was in it.
                return;
            }
            catch (AmazonS3Exception e) when (e.ErrorCode is "PreconditionFailed" or "ConditionalRequestConflict" && attempt < MostConflicts)
            {
                // Somebody else has removed letters from it meanwhile, or counted an attempt: only what was delivered here is taken out of what there is now.
                if (await ReadAsync(new S3ObjectSummary { Key = key, ETag = file.ETag, Size = 0 }, cancellationToken).ConfigureAwait(false) is not { } now)
                {
                    return;
                }

                _files[key] = now;
                settled = settled.Where(static s => s.Value.Body is null).ToDictionary();
            }
        }
    }

    private StoredLetter? After(StoredLetter letter, Dictionary<string, SettledLetter> settled) =>
        !settled.TryGetValue(LetterKey.Of(new ReadLetter(Name, Region).Of(letter)), out SettledLetter? change) ? letter
        : change.Body is { } body ? letter with { Body = body }
        : null;

    private async Task<string?> ReplaceAsync(LetterFile file, StoredLetter[] letters, CancellationToken cancellationToken)
    {
        if (letters.SequenceEqual(file.Letters))
        {
            return null;
        }

        using var body = new RequestBody(letters.Sum(static l => l.Body.Length + 1));
        foreach (StoredLetter letter in letters)
        {
            body.Write(Encoding.UTF8.GetBytes(letter.Body));
            body.Write("\n"u8);
        }

        var request = new PutObjectRequest { BucketName = bucket.Bucket, Key = file.Key, Body = body, ContentType = "application/x-ndjson" };
        return (await _objects.Client.PutObjectIfMatchAsync(request, file.ETag, cancellationToken).ConfigureAwait(false)).ETag;
    }

    /// <summary>The letters of an object; null: it is gone.</summary>
    public async Task<LetterFile?> ReadAsync(S3ObjectSummary found, CancellationToken cancellationToken)
    {
        DateTimeOffset? stored = found.LastModified is { } time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : null;
        if (found.Size > MostBytes)
        {
            return new LetterFile(found.Key, found.ETag, [new StoredLetter("", stored) { ObjectKey = found.Key, Line = 1, Problem = $"The object has {found.Size} bytes: no letter is so long." }]);
        }

        using FileMemory data = new(found.Size);
        if (await _objects.ReadAsync(found, data, cancellationToken).ConfigureAwait(false) is not { } etag)
        {
            return null;
        }

        if (!Utf8.IsValid(data.Written.Span))
        {
            return new LetterFile(found.Key, etag, [new StoredLetter("", stored) { ObjectKey = found.Key, Line = 1, Problem = "The object is no text." }]);
        }

        string text = Encoding.UTF8.GetString(data.Written.Span);
        if (!found.Key.EndsWith(OfFanOut, StringComparison.Ordinal))
        {
            return new LetterFile(found.Key, etag, [new StoredLetter(text, stored) { ObjectKey = found.Key, Line = 1, Problem = text.Length == 0 ? StoredLetter.Empty : null }]);
        }

        return new LetterFile(found.Key, etag,
        [
            .. text.Split('\n').Select((line, i) => new StoredLetter(line.TrimEnd('\r'), stored) { ObjectKey = found.Key, Line = i + 1 }).Where(static l => !string.IsNullOrWhiteSpace(l.Body)),
        ]);
    }

    /// <inheritdoc/>
    public Task GiveBackAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // What ends in / is a folder, as consoles make them.
    private static bool HoldsLetters(S3ObjectSummary found) => found.Key.EndsWith(OfFanOut, StringComparison.Ordinal) || found.Key.EndsWith(OfOthers, StringComparison.Ordinal)
        || (found.Key.StartsWith(OfLambda, StringComparison.Ordinal) && !found.Key.EndsWith('/')) || GivenUpFile.Of(found) is not null;
}
