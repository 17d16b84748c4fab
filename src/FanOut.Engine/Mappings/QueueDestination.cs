using System.Diagnostics.CodeAnalysis;

namespace FanOut.Engine.Mappings;

/// <summary>An SQS queue, by URL or by ARN.</summary>
/// <param name="Text">The text as it stands in the table.</param>
/// <param name="Url">
/// What to send as <c>QueueUrl</c>: the URL as it was given (regional, legacy, dual-stack, of a VPC endpoint, or local), or the one built
/// from the ARN.
/// </param>
/// <param name="Name">The queue's name.</param>
/// <param name="IsFifo">Whether it is a FIFO queue: its name ends in <c>.fifo</c>.</param>
/// <param name="QueueRegion">The region that the URL's host or the ARN names, or null.</param>
public sealed record QueueDestination(string Text, string Url, string Name, bool IsFifo, string? QueueRegion) : Destination(Text)
{
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
    private const int LongestName = 80;

    /// <inheritdoc/>
    public override string? Region => QueueRegion;

    /// <summary>
    /// The account, which the URL has before the queue's name; null: the host is not of AWS, so the URL may have something else there.
    /// </summary>
    public string? Account => new Uri(Url).AbsolutePath.Split('/')[^2] is { Length: 12 } account && account.All(char.IsAsciiDigit) ? account : null;

    /// <inheritdoc/>
    public override bool IsSame(Destination? other) =>
        other is QueueDestination queue
        && queue.Name == Name
        && queue.Account == Account
        && (queue.QueueRegion is null || QueueRegion is null || queue.QueueRegion == QueueRegion);

    /// <summary>Parses a queue's URL or ARN.</summary>
    /// <inheritdoc cref="Destination.TryParse"/>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out QueueDestination? destination,
        [NotNullWhen(false)] out string? problem)
    {
        (string Url, string Name, string? Region)? parts = Arn.Looks(text) ? OfArn(text, out problem) : OfUrl(text, out problem);
        if (parts is { } queue && !Names.IsFifoName(queue.Name, LongestName, "-_"))
        {
            problem = $"the queue's name may have up to {LongestName} letters, digits, hyphens and underscores, and end in .fifo";
        }

        destination = problem is null && parts is { } found
            ? new QueueDestination(text, found.Url, found.Name, Names.IsFifo(found.Name), found.Region)
            : null;
        if (destination is null)
        {
            problem += "; sqs takes a queue's URL, https://sqs.region.amazonaws.com/account/queue, or its ARN, arn:aws:sqs:region:account:queue";
            return false;
        }

        problem = null;
        return true;
    }

    private static (string Url, string Name, string? Region)? OfArn(string text, out string? problem)
    {
        problem = null;
        if (!Arn.TryParse(text, out Arn? arn) || arn.Service != "sqs" || arn.Region.Length == 0 || arn.Account.Length == 0)
        {
            problem = "it is not the ARN of an SQS queue";
            return null;
        }

        if (!Partition.TryFind(arn.Partition, out Partition? partition))
        {
            problem = "its partition is not one whose host names are known here, so give the queue's URL";
            return null;
        }

        return ($"https://sqs.{arn.Region}.{partition.DnsSuffix}/{arn.Account}/{arn.Resource}", arn.Resource, arn.Region);
    }

    private static (string Url, string Name, string? Region)? OfUrl(string text, out string? problem)
    {
        problem = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("https" or "http") || uri.Host.Length == 0)
        {
            problem = "it is neither a URL nor an ARN";
        }
        else if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            problem = "the URL has a user, a query or a fragment";
        }
        else if (uri.AbsolutePath.Split('/') is not ["", .. { Length: > 0 } path, { Length: > 0 } name] || path.Contains(""))
        {
            problem = "the URL's path is not /account/queue";
        }
        else
        {
            return (text, name, RegionOf(uri.Host));
        }

        return null;
    }

    // queue.amazonaws.com, without a region, is SQS of us-east-1, the oldest. A host that is not of AWS names no region, whatever it looks like.
    private static string? RegionOf(string host) =>
        AwsHost.TrySplit(host, out string[] labels) && labels is ["queue"] ? "us-east-1" : AwsHost.Region(host, "sqs", "sqs-fips", "queue");
}
