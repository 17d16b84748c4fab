using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace FanOut.Engine.Mappings;

/// <summary>A prefix in an S3 bucket: <c>s3://bucket/prefix</c>, or <c>s3://bucket/prefix?region=eu-west-1</c>.</summary>
/// <remarks>
/// For dead letters only: S3 is not a type of target, because Firehose writes there. The prefix may hold what
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html"/> calls safe characters, and <c>=</c>, which is
/// usual in the names of table partitions.
/// </remarks>
/// <param name="Text">The text as it stands in the table.</param>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Prefix">What the objects' keys start with, without slashes around it; empty: nothing.</param>
/// <param name="BucketRegion">The region that the text names; null: the function's own.</param>
public sealed record BucketDestination(string Text, string Bucket, string Prefix, string? BucketRegion) : Destination(Text)
{
    /// <summary>What the text starts with.</summary>
    public const string Scheme = "s3://";

    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    private const int ShortestName = 3;
    private const int LongestName = 63;

    // Of the 1,024 bytes of a key: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html; the rest is the object's own name.
    private const int LongestPrefix = 512;
    private const string RegionMark = "?region=";

    /// <inheritdoc/>
    public override string? Region => BucketRegion;

    /// <summary>Whether the text starts like a bucket's, valid or not.</summary>
    public static bool Looks([NotNullWhen(true)] string? text) => text is not null && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Parses a bucket's name and prefix.</summary>
    /// <inheritdoc cref="Destination.TryParse"/>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out BucketDestination? destination,
        [NotNullWhen(false)] out string? problem)
    {
        destination = null;
        string rest = Looks(text) ? text[Scheme.Length..] : "";
        (rest, string? region) = rest.IndexOf(RegionMark, StringComparison.Ordinal) is var question and >= 0 ? (rest[..question], rest[(question + RegionMark.Length)..]) : (rest, null);
        string bucket = rest.Split('/')[0];
        string prefix = rest[bucket.Length..].Trim('/');
        problem = !Looks(text) ? $"it does not start with {Scheme}"
            : !IsBucket(bucket) ? $"the bucket's name must have {ShortestName} to {LongestName} lower-case letters, digits, dots and hyphens, and start and end with a letter or digit"
            : !IsPrefix(prefix) ? $"the prefix may have up to {LongestPrefix} letters, digits and any of /!-_.'()=, and no part of it may be empty or only dots"
            : region is not null && !(region.Length > 0 && Arn.IsWord(region)) ? "its region is not a region's name, as in eu-west-1"
            : null;
        if (problem is not null)
        {
            problem += $"; a bucket is written {Scheme}bucket/prefix, or {Scheme}bucket/prefix{RegionMark}eu-west-1 where it lies in another region than the function";
            return false;
        }

        destination = new BucketDestination(text, bucket, prefix, region);
        return true;
    }

    private static bool IsBucket(string name)
    {
        bool isName = name.Length >= ShortestName && Names.IsName(name, LongestName, ".-") && !name.AsSpan().ContainsAnyInRange('A', 'Z')
            && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1]) && !name.Contains("..", StringComparison.Ordinal);
        return isName && !IPAddress.TryParse(name, out _);
    }

    // "." and ".." would be removed from the URL's path.
    private static bool IsPrefix(string prefix) =>
        prefix.Length == 0
        || (Names.IsName(prefix, LongestPrefix, "/!-_.'()=") && !Array.Exists(prefix.Split('/'), static part => part.Trim('.').Length == 0));
}
