using System.Globalization;
using System.Text.RegularExpressions;
using FanOut.Aws.S3;

namespace FanOut.DeadLetters;

/// <summary>A file in a bucket with a batch that Lambda gave up, as its key tells of it.</summary>
/// <remarks>aws/lambda/&lt;event source mapping&gt;/&lt;shard&gt;/2026/11/25/2026-11-25T16.00.00-&lt;uuid&gt;: https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html</remarks>
/// <param name="Found">The object.</param>
/// <param name="Folder">The key up to the shard: one event source mapping's files of it.</param>
/// <param name="Moment">The second in which it was given up, in UTC, as texts of which the earlier is the smaller.</param>
internal sealed partial record GivenUpFile(S3ObjectSummary Found, string Folder, string Moment)
{
    private const string Form = "yyyy-MM-dd'T'HH.mm.ss";

    /// <summary>The shard.</summary>
    public string ShardId => Folder[(Folder.LastIndexOf('/') + 1)..];

    /// <summary>Reads a key; null: it is none of such a file.</summary>
    public static GivenUpFile? Of(S3ObjectSummary found)
    {
        Match match = Key().Match(found.Key);
        return match.Success ? new GivenUpFile(found, match.Groups["folder"].Value, match.Groups["moment"].Value) : null;
    }

    /// <summary>A time as <see cref="Moment"/> has it.</summary>
    public static string MomentOf(DateTimeOffset time) => time.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<folder>.*[^/])/\d{4}/\d{2}/\d{2}/(?<moment>\d{4}-\d{2}-\d{2}T\d{2}\.\d{2}\.\d{2})-[^/]+$")]
    private static partial Regex Key();
}
